"""The declaration of a conflict of interest, which comes before the case opens to a scorer."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Submission, User
from eoi.queries import assigning as queries
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission, may
from eoi.web.access import actor, find_submission, requires
from eoi.web.fields import Needed, OnlyIf, RadiosField, choice
from eoi.web.panel.blueprint import bp
from eoi.web.review.opening import NotDeclared, SeenForm, attempt, told
from eoi.workflow import assigning

CHOOSE = "Choose yes if you have a conflict of interest, or no"


class DeclareForm(SeenForm):
    conflicted = RadiosField(
        "Do you have a conflict of interest with this case?", [Needed(CHOOSE)], message=CHOOSE,
        choices=[choice("no", "No"), choice("yes", "Yes", reveals="handling")],
    )  # fmt: skip
    handling = RadiosField(
        "How it is handled", [OnlyIf("conflicted", "yes", "Choose how it is handled")],
        message="Choose how it is handled", choices=[choice(key, words) for key, words in HANDLINGS],
    )  # fmt: skip


@bp.route("/<ref>/conflict", methods=["GET", "POST"])
@requires(Permission.READ_CASE)
def conflict(ref: str) -> str | Response:
    """Yes takes the case away from the person, at once; no opens it."""
    submission = find_submission(ref)
    if submission.is_draft:  # an officer may be logging it; nobody judges it yet
        raise NotFound
    declared = review.conflict_of(submission, actor().id)
    form, wrong = DeclareForm(version=submission.version), {}
    if form.validate_on_submit():
        yes = form.conflicted.data == "yes"
        handling = dict(HANDLINGS)[form.handling.data] if yes else ""
        wrong = attempt(lambda: assigning.declare_conflict(submission, yes, handling, by=actor()))
        if not wrong:
            return _leave(ref, yes)
    return render_template(
        "panel/conflict.html",
        submission=submission,
        declared=declared,
        form=form,
        errors=told(form, wrong),
        known=_known(submission),
    )


def _known(submission: Submission) -> tuple[str, ...]:
    """What the service knows that may tie this person to the school. They say themselves whether it is a conflict."""
    me = db.session.get_one(User, actor().id)
    return queries.known([queries.of_case(submission)], [me]).get((submission.id, me.id), ())


def _leave(ref: str, conflicted: bool) -> Response:
    scores = may(actor(), Permission.SCORE)
    if conflicted:
        flash(f"You declared a conflict on {ref}. It is closed to you now, and your officer can see that.", "success")
        return redirect(url_for("panel.cases") if scores else url_for("review.dashboard"))
    flash("You declared no conflict of interest.", "success")
    return redirect(url_for("panel.score", ref=ref) if scores else url_for("review.show", ref=ref))


@bp.app_errorhandler(NotDeclared)
def not_declared(error: NotDeclared) -> Response:
    """The declaration comes first, whichever page of the case was asked for."""
    db.session.rollback()
    return redirect(url_for("panel.conflict", ref=error.ref))
