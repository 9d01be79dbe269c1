"""The dashboard: what needs this person today, where every case stands, what is due and what changed."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.queries import access_requests
from eoi.queries import dashboard as queries
from eoi.queries.lists import CaseRow
from eoi.queries.tasks import BY_KEY, tasks_of
from eoi.rules.permissions import Permission
from eoi.rules.stages import STAGES, Stage
from eoi.rules.transitions import BY_ACTION
from eoi.web.access import actor, allowed, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import clock_of, moment
from eoi.workflow import reading

SHOWN, DUE_SHOWN, CHANGES_SHOWN = 12, 10, 8
S = Stage
#: The road of a case in few words: the groups of the board.
BOARD: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("Coming in", (S.SUBMITTED, S.CHECK, S.RETURNED, S.INELIGIBLE_PROPOSED, S.DECLINE_PROPOSED)),
    ("Looking closely", (S.DETAIL, S.ASSESSMENT, S.CLARIFICATION, S.VISIT)),
    ("Deciding", (S.PANEL, S.WITH_HEAD, S.PROCESS_REVIEW)),
    ("Approved", (S.APPROVED, S.CONDITIONS, S.PRE_STATUTORY, S.CONSULTATION, S.DFE, S.AGREEMENT, S.OPEN)),
    ("Waiting or ended", (S.DEFERRED, S.DECLINED, S.INELIGIBLE, S.WITHDRAWN, S.LAPSED, S.NOT_ESTABLISHED)),
)


@bp.get("")
@requires(Permission.REVIEW)
def dashboard() -> str:
    person, at = actor(), moment()
    pressing, counts = queries.waiting(person, at, SHOWN)
    stages = queries.stage_counts(person)
    drafts = queries.draft_counts()
    due, since = queries.due_between(person, at.today, at.soon, DUE_SHOWN), current_user.read_until
    return render_template(
        "review/dashboard.html",
        cards=_cards(counts, sum(row.asked for row in drafts)),
        pressing=[(row, _step(row), step_href(row), clock_of(row, row.closures)) for row in pressing],
        waiting=sum(counts.values()),
        board=[(title, [(stage, stages.get(stage, 0)) for stage in group]) for title, group in BOARD],
        total=sum(stages.values()),
        due_soon=[(row, clock_of(row, row.closures)) for row in due],
        changes=[(change, _done(change.entry.action)) for change in queries.latest(person, CHANGES_SHOWN, since)],
        since=since,
        until=at.now.isoformat(),
        drafts=drafts,
    )


@bp.post("/read")
@requires(Permission.REVIEW)
def mark_read() -> Response:
    """The person has read what changed, up to the moment that the page showed."""
    reading.read_up_to(current_user, moment_of(request.form.get("until", "")), by=actor())
    db.session.commit()
    flash("Marked as read. What changes from now on appears as new.", "success")
    return redirect(url_for(".dashboard"))


def moment_of(typed: str) -> datetime | None:
    """A moment as the page wrote it; None for junk."""
    try:
        found = datetime.fromisoformat(typed[:40])
    except ValueError:
        return None
    return found if found.tzinfo else None


def _step(row: CaseRow) -> str:
    """What the person does with this case: on the way to opening, the stage says it better than the task."""
    return STAGES[row.stage].next_step if row.task == "deliver" else BY_KEY[row.task].step


def _cards(counts: dict[str, int], asked: int) -> list[dict[str, Any]]:
    """A card for each of the person's tasks that has work, the late ones in red; `asked` are cases for exceptions."""
    tones = {"late": "red"}
    asking = asked if allowed(Permission.CHECK) else 0
    access = access_requests.count() if allowed(Permission.INVITE_SCHOOLS) else 0
    first = [
        {"label": "Requests for access", "number": access, "href": url_for("access_requests.index")},
        {"label": "Cases for an exception", "number": asking, "href": url_for(".drafts")},
    ]
    return [card for card in first if card["number"]] + [
        {"label": task.title, "number": counts[task.key], "href": task_href(task.key), "tone": tones.get(task.key)}
        for task in tasks_of(actor())
        if counts.get(task.key)
    ]


def task_href(key: str) -> str:
    """Where a person does this kind of work."""
    pages = {
        "proposals": "review.proposals",
        "score": "panel.cases",
        "letters": "letters.waiting",
        "assign": "review.share_out",
        "decide": "review.decide_round",
    }
    return url_for(pages[key]) if key in pages else url_for("review.submissions", task=key)


def step_href(row: CaseRow) -> str:
    """The page of the next step itself, where it has one: one click from the dashboard."""
    ref = row.reference
    moves = {"start": "start_check", "panel": "recommend"}
    pages = {"decide": "review.decision", "assign": "review.assign", "score": "panel.score", "visit": "review.visit"}
    if row.task in moves:
        return url_for("review.move", ref=ref, action=moves[row.task])
    if row.task in pages:
        return url_for(pages[row.task], ref=ref)
    return task_href(row.task) if row.task in ("proposals", "letters") else url_for("review.show", ref=ref)


def _done(action: str) -> str:
    return BY_ACTION[action].done if action in BY_ACTION else action.replace("_", " ").capitalize()
