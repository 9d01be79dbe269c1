"""Many letters of a round at once: chosen, issued in the background with progress, told together at a moment."""

from datetime import datetime, time

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Release
from eoi.queries import letters, rounds
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import LONDON, count_of
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import DateField
from eoi.web.letters.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, told
from eoi.workflow import releasing

NINE = time(9)  # an embargo ends when schools are at work


class ReleaseForm(SeenForm):
    goes_out_on = DateField("Day on which the schools are told", noun="the day on which the schools are told",
                            description="All at 9am. Empty: each school as soon as its letter is issued")  # fmt: skip


@bp.route("/letters/release/<slug>", methods=["GET", "POST"])
@requires(Permission.ISSUE_LETTER)
@recently_confirmed
def release(slug: str) -> str | Response:
    """Choose from the letters that are handed over, and issue them in one act."""
    round = rounds.by_slug(slug)
    if round is None:
        raise NotFound
    found = letters.ready(actor(), round.id)
    form, errors = ReleaseForm(version=0), {}
    ticked = set(request.form.getlist("letter"))
    if form.validate_on_submit():
        chosen = [(letter, _drawn(letter.public_id)) for letter in found if letter.public_id in ticked]
        day = form.goes_out_on.data
        moment = datetime.combine(day, NINE, LONDON) if day else None
        errors = attempt(lambda: releasing.release(round, chosen, moment, by=actor()))
        if not errors:
            flash(f"{count_of(len(chosen), 'letter')} on the way. This page shows how far they are.", "success")
            return redirect(url_for(".progress", release_id=letters.last_release(round.id)))
    return render_template("letters/release.html", round=round, found=found, form=form, ticked=ticked,
                           errors=told(form, errors))  # fmt: skip


@bp.get("/letters/releases/<int:release_id>")
@requires(Permission.ISSUE_LETTER, Permission.DRAFT_LETTER)
def progress(release_id: int) -> str:
    """How far it is: issued, waiting, stopped and why."""
    made = _find(release_id)
    found = letters.of_release(actor(), made.id)
    return render_template("letters/progress.html", release=made, found=found)  # fmt: skip


@bp.post("/letters/releases/<int:release_id>")
@requires(Permission.ISSUE_LETTER)
@recently_confirmed
def release_again(release_id: int) -> Response:
    """Issue what was mended and handed over again."""
    made = _find(release_id)
    count = releasing.again(made, by=actor())
    db.session.commit()
    flash(f"{count_of(count, 'letter')} on the way again.", "success")
    return redirect(url_for(".progress", release_id=release_id))


def _find(release_id: int) -> Release:
    made = db.session.get(Release, release_id) if release_id < 2**31 else None
    if made is None:
        raise NotFound
    return made


def _drawn(name: str) -> int:
    typed = request.form.get(f"version-{name}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
