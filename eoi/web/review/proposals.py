"""What officers propose at the check, on one page: the Head of SEN confirms the ticked ones, all or none."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.queries import cases
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import Permission
from eoi.rules.stages import Stage
from eoi.rules.words import count_of
from eoi.web.access import actor, requires
from eoi.web.fields import Needed, TextField
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, clock_of, drawn, told
from eoi.workflow import deciding


class ConfirmForm(SeenForm):
    equality = TextField(
        "What you considered for people with protected characteristics",
        [Needed("Enter what you considered for people with protected characteristics")],
        words=200,
        description="Equality Act 2010, section 149. It stands on the record of each case that you confirm.",
    )
    strengths = TextField(
        "What was strong (optional)", words=150, description="The schools read it in their letters, in these words."
    )


@bp.route("/proposals", methods=["GET", "POST"])
@requires(Permission.CONFIRM_SIFT)
def proposals() -> str | Response:
    form, found = ConfirmForm(version=0), cases.proposals(visible_to(actor()))
    ticked = set(request.form.getlist("case"))
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        chosen = [(case, drawn(case.reference)) for case, _ in found if case.reference in ticked]
        if len(chosen) < len(ticked):
            wrong = {"cases": "Some of what you ticked has moved on. Look at the list and tick again"}
        else:
            equality, strengths = form.equality.data, form.strengths.data
            yours = {"What you considered": equality, "What was strong": strengths}
            wrong = attempt(lambda: deciding.confirm_sift(chosen, equality, strengths=strengths, by=actor()), yours)
        if not wrong:
            flash(f"{count_of(len(chosen), 'proposal')} confirmed. The letters are drafted.", "success")
            return redirect(url_for(".proposals"))
    return render_template(
        "review/proposals.html", groups=_groups(found), form=form, ticked=ticked, errors=told(form, wrong)
    )


def _groups(found: Any) -> list[tuple[str, list[Any]]]:
    """The proposals by what is proposed, each with its clock."""
    titles = {
        Stage.INELIGIBLE_PROPOSED: "Proposed as ineligible", Stage.DECLINE_PROPOSED: "Proposed not to be shortlisted",
    }  # fmt: skip
    told = [(case, record, clock_of(case, case.round.closures)) for case, record in found]
    groups = [(title, [one for one in told if one[0].stage is stage]) for stage, title in titles.items()]
    return [(title, rows) for title, rows in groups if rows]
