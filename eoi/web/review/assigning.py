"""Who works on a case: its officer and its scorers, chosen by hand or by the work that each has."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models import Submission, User
from eoi.queries import assigning as queries
from eoi.queries import cases, review
from eoi.rules.assigning import Lacking, shared_out
from eoi.rules.permissions import ROLE_LABELS, Permission, Role
from eoi.rules.words import count_of, listed
from eoi.web.access import actor, requires
from eoi.web.fields import CheckboxesField, SelectField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import UNKNOWN, SeenForm, attempt, case_facts, drawn, find_case, told
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
    """By hand; with `by=load` in the address, those with least to score are ticked to begin with."""
    submission = find_case(ref, Permission.ASSIGN)
    officers, panel = cases.people()
    present = {scorer.assignment.user_id for scorer in cases.scorers(submission)}
    wanted, work = review.judges_of(submission).scorers, queries.load()
    tied = queries.known([queries.of_case(submission)], panel)
    barred = case_facts().conflicted
    by_load = request.args.get("by") == "load"
    ticked = present | (_proposed(submission, wanted, work, tied, present) if by_load else set())
    form = AssignForm(version=submission.version, officer=submission.owner_id or "", scorers=ticked)
    form.officer.choices = [
        choice("", "Nobody yet"), *(choice(str(user.id), user.name) for user in officers if user.id not in barred),
    ]  # fmt: skip
    form.scorers.choices = [
        choice(str(user.id), user.name, _about(user, work, tied.get((submission.id, user.id), ())))
        for user in panel
        if user.id not in barred or user.id in present
    ]
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        wrong = attempt(lambda: _assign(submission, form, officers, panel, present))
        if not wrong:
            flash(f"{submission.reference}: people assigned.", "success")
            return redirect(url_for(".show", ref=ref))
    return render_template(
        "review/assign.html", submission=submission, form=form, errors=told(form, wrong), wanted=wanted,
        by_load=len(present - barred) < wanted,
    )  # fmt: skip


def _proposed(
    submission: Submission, wanted: int, work: dict[int, int], tied: queries.Tied, present: set[int]
) -> set[int]:
    """Who would be added by load: nobody in conflict, nobody with a known tie."""
    barred = present | case_facts().conflicted | {who for _, who in tied}
    needed = max(wanted - len(present - case_facts().conflicted), 0)
    case = Lacking(submission.id, needed, submission.due_on, frozenset(barred))
    return set(shared_out([case], work)[submission.id])


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


def _about(user: User, work: dict[int, int], ties: tuple[str, ...]) -> str:
    """Roles, what the person has to score, and what is known that may be a conflict."""
    said = listed([ROLE_LABELS[role] for role in VOICES if role in user.roles])
    if user.id in work:
        said += f", {work[user.id]} to score"
    return said + (f". May be in conflict: {listed(list(ties))}" if ties else "")


@bp.route("/assigning", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def share_out() -> str | Response:
    """Every case without enough scorers, and who would get it by load; the ticked ones are given, all or none."""
    _, panel = cases.people()
    people, form, wrong = {user.id: user for user in panel}, SeenForm(version=0), {}
    plans = queries.lacking(actor(), people)
    if form.validate_on_submit():
        wrong = attempt(lambda: _given(plans))
        if not wrong:
            flash(f"{count_of(len(request.form.getlist('case')), 'case')} given to scorers.", "success")
            return redirect(url_for(".share_out"))
    return render_template("review/share_out.html", plans=plans, form=form, errors=wrong)


def _given(plans: list[queries.Plan]) -> int:
    """The ticked cases as the page showed them: whoever was shown, at the version that was shown."""
    ticked = set(request.form.getlist("case"))
    chosen = [plan for plan in plans if plan.case.reference in ticked and plan.proposed]
    found = review.by_id([plan.case.id for plan in chosen])
    shares = [
        assigning.Share(found[plan.case.id], _seen(plan), plan.proposed) for plan in chosen
    ]  # fmt: skip
    return assigning.share_out(shares, by=actor())


def _seen(plan: queries.Plan) -> int:
    """The version that was drawn; one that no case has, where others would get the case by now."""
    shown = request.form.get(f"people-{plan.case.reference}", "")
    alike = shown == " ".join(str(user.id) for user in plan.proposed)
    return drawn(plan.case.reference) if alike else UNKNOWN
