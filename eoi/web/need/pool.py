"""The keep-warm pool: what was deferred or declined for its place, the gap that it would fill, and asking again."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import now
from eoi.queries import pool as queries
from eoi.queries import rounds
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, RadiosField, choice
from eoi.web.forms import Form
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, find_case, told
from eoi.workflow import renewing


class RenewForm(Form):
    round = RadiosField("Which round?", [Needed("Choose the round")])


@bp.get("/pool")
@requires(Permission.CHECK)
def pool() -> str:
    gaps = queries.gaps(actor())
    rows = [(row, gaps.get((row.district_code, row.need, row.phase, row.path), 0)) for row in queries.kept(actor())]
    rows.sort(key=lambda pair: -pair[1])
    return render_template("need/pool.html", rows=rows)


@bp.route("/pool/<ref>", methods=["GET", "POST"])
@requires(Permission.ASK)
def renew(ref: str) -> str | Response:
    """Invite the school of this case to offer again in an open round."""
    submission = find_case(ref, Permission.ASK)
    form, wrong = RenewForm(), {}
    taking = {round_.slug: round_ for round_ in rounds.open_at(now())}
    form.round.choices = [choice(slug, round_.name) for slug, round_ in taking.items()]
    if form.validate_on_submit():
        chosen = taking[form.round.data]
        wrong = attempt(lambda: renewing.invite(submission, chosen, by=actor()))
        if not wrong:
            flash(f"{submission.school.name} is invited to renew it.", "success")
            return redirect(url_for(".pool"))
    return render_template("need/renew.html", submission=submission, form=form, errors=told(form, wrong))
