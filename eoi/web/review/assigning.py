"""Who works on a case: its officer and its scorers."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.models import Submission, User
from eoi.queries import cases, review
from eoi.rules.permissions import ROLE_LABELS, Permission, Role
from eoi.rules.words import listed
from eoi.web.access import actor, requires
from eoi.web.fields import CheckboxesField, SelectField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import assigning

VOICES = (Role.SCORER, Role.ESTATES, Role.FINANCE)


class AssignForm(SeenForm):
    officer = SelectField("Case officer", message="Choose an officer from the list")
    scorers = CheckboxesField(
        "Scorers", message="Choose from the people listed",
        description="Each says first whether they have a conflict of interest. Those who locked their scores stay.",
    )  # fmt: skip


@bp.route("/submissions/<ref>/assign", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def assign(ref: str) -> str | Response:
    submission = find_case(ref, Permission.ASSIGN)
    officers, panel = cases.people()
    present = cases.scorers(submission)
    ids = [scorer.assignment.user_id for scorer in present]
    form = AssignForm(version=submission.version, officer=submission.owner_id or "", scorers=ids)
    form.officer.choices = [choice("", "Nobody yet"), *(choice(str(user.id), user.name) for user in officers)]
    form.scorers.choices = [choice(str(user.id), user.name, _roles(user)) for user in panel]
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        wrong = attempt(lambda: _assign(submission, form, officers, panel, set(ids)))
        if not wrong:
            flash(f"{submission.reference}: people assigned.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/assign.html",
        submission=submission,
        form=form,
        errors=told(form, wrong),
        wanted=review.judges_of(submission).scorers,
    )


def _assign(
    submission: Submission, form: AssignForm, officers: list[User], panel: list[User], present: set[int]
) -> None:
    """Two verbs in one transaction; the second follows the version that the first has written."""
    officer = next((user for user in officers if str(user.id) == form.officer.data), None)
    wanted = [user for user in panel if str(user.id) in form.scorers.data]
    seen = form.version.data
    if (officer.id if officer else None) != submission.owner_id:
        assigning.give_officer(submission, officer, seen=seen, by=actor())
        seen = submission.version
    if {user.id for user in wanted} != present or seen != submission.version:
        assigning.assign_scorers(submission, wanted, seen=seen, by=actor())


def _roles(user: User) -> str:
    return listed([ROLE_LABELS[role] for role in VOICES if role in user.roles])
