"""The work of somebody who is away, given to others: their cases to one officer, their scoring by load."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models import Assignment, Submission, User
from eoi.queries import assigning as queries
from eoi.queries import cases, review
from eoi.rules.assigning import Lacking, shared_out
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import RadiosField, SelectField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, drawn, told
from eoi.workflow import assigning

BY_LOAD, TAKEN_OFF = "load", "off"


class HandOverForm(SeenForm):
    officer = SelectField("Who takes the cases over", message="Choose an officer from the list")
    scoring = RadiosField(
        "Who scores instead", message="Choose who scores instead",
        choices=[
            choice(BY_LOAD, "Those with least to score", "Nobody in conflict, and nobody whom a known fact may tie"),
            choice(TAKEN_OFF, "Nobody for now", "The cases then appear among those without enough scorers"),
        ],
    )  # fmt: skip


@bp.get("/hand-over")
@requires(Permission.ASSIGN)
def hand_over() -> str:
    """Everybody who owns cases or scores, with how much they have in hand."""
    officers, panel = cases.people()
    owned, work = queries.owned(), queries.load()
    everybody = {user.id: user for user in (*officers, *panel)}
    rows = [(user, owned.get(user.id, 0), work.get(user.id, 0)) for user in everybody.values()]
    return render_template("review/hand_over.html", rows=sorted(rows, key=lambda row: row[0].name))


@bp.route("/hand-over/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def hand_over_from(user_id: int) -> str | Response:
    officers, panel = cases.people()
    person = next((user for user in (*officers, *panel) if user.id == user_id), None)
    if person is None:
        raise NotFound
    owned, scored = queries.open_work(person, actor())
    form, wrong = HandOverForm(version=0, scoring=BY_LOAD), {}
    form.officer.choices = [
        choice("", "Choose an officer"), *(choice(str(u.id), u.name) for u in officers if u is not person),
    ]  # fmt: skip
    if form.validate_on_submit():
        wrong = attempt(lambda: _hand_over(person, owned, scored, form, officers, panel))
        if not wrong:
            flash(f"The work of {person.name} is handed over.", "success")
            return redirect(url_for(".hand_over"))
    return render_template(
        "review/hand_over_from.html", person=person, owned=owned, scored=scored, form=form, errors=told(form, wrong)
    )


def _hand_over(
    person: User,
    owned: Sequence[Submission],
    scored: Sequence[Assignment],
    form: Any,
    officers: list[User],
    panel: list[User],
) -> None:  # fmt: skip
    """The work as the page showed it: what came since stays with the person, what changed since is refused."""
    officer = next((user for user in officers if str(user.id) == form.officer.data), None)
    others = _instead(person, scored, panel) if form.scoring.data == BY_LOAD else {}
    shares = [
        assigning.Share(a.submission, drawn(a.submission.reference), others.get(a.submission_id, ()))
        for a in scored if _was_shown(a.submission)
    ]  # fmt: skip
    mine = [(case, drawn(case.reference)) for case in owned if _was_shown(case)]
    assigning.hand_over(person, mine, officer, shares, by=actor())


def _instead(person: User, scored: Sequence[Assignment], panel: list[User]) -> dict[int, list[User]]:
    """Case -> who scores it in this person's place."""
    by_id = {user.id: user for user in panel}
    rows = [queries.of_case(a.submission) for a in scored]
    tied = queries.known(rows, panel)
    lacking = [
        Lacking(a.submission_id, 1, a.submission.due_on, frozenset(
            {person.id} | {s.user_id for s in review.assignments(a.submission)}
            | {c.user_id for c in review.conflicts(a.submission)}
            | {who for case, who in tied if case == a.submission_id}
        ))
        for a in scored
    ]  # fmt: skip
    given = shared_out(lacking, queries.load())
    return {case: [by_id[who] for who in chosen if who in by_id] for case, chosen in given.items()}


def _was_shown(case: Submission) -> bool:
    return case.reference in request.form.get("shown", "").split()
