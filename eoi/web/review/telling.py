"""The record of a case in words: answers, questions asked, records of moves, scores, and what happened when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eoi.models import AuditEntry, Clarification, Record, Score, Snapshot, Submission
from eoi.models.review import Asking
from eoi.queries import review
from eoi.queries.cases import Scorer
from eoi.rules.permissions import Permission
from eoi.rules.questions import form
from eoi.rules.questions.types import Question
from eoi.rules.records import RECORDS
from eoi.rules.scoring import ANCHORS, CriterionResult, Result, result
from eoi.rules.showing import reaches_somebody, shown
from eoi.rules.stages import STAGES, Stage
from eoi.rules.timeline import seen_as
from eoi.rules.transitions import BY_ACTION, Transition, moves_from
from eoi.rules.words import date_and_time, listed
from eoi.web.access import actor, allowed

#: What happened beside the moves of the table.
HAPPENED = {
    "start": "Draft started", "ask_exception": "Case for an exception sent",
    "answer_exception": "Case for an exception answered", "give_officer": "Case officer changed",
    "assign_scorers": "Scorers assigned", "declare_conflict": "Conflict of interest declaration made",
    "sign": "Confirmed by link", "send_back": "Sent back to the school by link", "ask_to_sign": "Asked to confirm",
    "remind_to_sign": "Reminded to confirm", "void_signature": "Confirmation void: the offer changed",
    "lock_scores": "Scores locked", "reopen_scores": "Scores reopened by the chair",
    "ask_opinion": "Expert asked for an opinion", "remind_opinion": "Expert reminded",
    "revoke_opinion": "Request for an opinion called off", "give_opinion": "Opinion given by link",
    "extend": "More time given to the school", "draft_letter": "Letter drafted",
    "write_letter": "Letter changed", "issue_letter": "Letter issued", "meet_condition": "Condition met",
    "message": "Message sent", "comment": "Comment made", "hold": "Put on hold", "resume": "Taken up again",
    "flag": "Flagged", "clear_flag": "Flag taken down", "wish_proceed": "The school wishes to proceed",
    "wish_call": "Feedback call asked for", "wish_review": "Review of process asked for",
    "settle_wish": "Request of the school dealt with",
    "extend_condition": "More time given for a condition", "log_for_school": "Logged by an officer",
    "confirm_logged": "Confirmed by the school", "remove_infected": "File removed: it had a virus",
    "open_letter": "Letter opened by the school", "hand_over_letter": "Letter handed over to be issued",
    "overrule_guard": "A finding of the guard overruled", "tell_letter": "Letter told to the school",
    "withdraw_letter": "Letter withdrawn", "correct_letter": "Letter to be corrected",
    "condition_not_met": "Condition not met", "add_evidence": "Evidence sent by the school",
}  # fmt: skip
#: Where a move's words stand, the first that is there.
TOLD = ("reason", "text", "reply", "grounds", "findings", "summary", "minute", "feasibility", "number")


@dataclass(frozen=True, slots=True)
class Told:
    """A record of a move as a page shows it."""

    title: str
    when: str
    by: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that the school changed when it was asked."""

    label: str
    before: str
    after: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the school, and its answer where it has come."""

    question: Clarification
    title: str
    about: list[str]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: each scorer's score and comment, in the order of `Scores.scorers`, and the result."""

    key: str
    title: str
    weight: int
    marks: list[Score | None]
    result: CriterionResult | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores that the person may see."""

    scorers: list[tuple[int, str]]  # id and name, of those whose scores count
    lines: list[Line]
    result: Result | None
    aside: list[str]  # who locked scores and has a conflict since: kept, and not counted


def moves(submission: Submission) -> tuple[Transition, ...]:
    return moves_from(submission.stage)


def sections_of(sent: Snapshot | None) -> list[Any]:
    """The frozen sections, those without a question left out."""
    return [section for section in (sent.content["sections"] if sent else []) if section["questions"]]


def without_contacts(sections: list[Any]) -> list[Any]:
    """The sections for a person who judges the case and has nobody of the school to reach."""
    return [{**s, "questions": [q for q in s["questions"] if not reaches_somebody(q["key"])]} for s in sections]


def answer_of(sent: Snapshot | None, key: str) -> str:
    """One frozen answer as it was shown, "" where it was not sent."""
    found = (q["shown"] for s in sections_of(sent) for q in s["questions"] if q["key"] == key)
    return str(next(found, ""))


def values_of(sent: Snapshot | None) -> dict[str, Any]:
    """The frozen answers by question key."""
    return {q["key"]: q["value"] for s in sections_of(sent) for q in s["questions"]}


def changes(submission: Submission, asked: Sequence[Clarification]) -> dict[str, Change]:
    """The answers that the school changed since it sent them, by question key; the latest holds."""
    known = _questions(submission)
    found: dict[str, Change] = {}
    for one in asked:
        for key in _changed(one):
            first = found[key].before if key in found else shown(known[key], one.before.get(key))
            when = date_and_time(one.answered_at) if one.answered_at else ""
            found[key] = Change(known[key].label, first, shown(known[key], one.after.get(key)), when)
    return found


def _changed(one: Clarification) -> list[str]:
    return [key for key in one.keys if one.answered_at and one.before.get(key) != one.after.get(key)]


def _questions(submission: Submission) -> dict[str, Question]:
    return {q.key: q for s in form(submission.round.form).sections for q in s.questions}


def asked(submission: Submission, questions: Sequence[Clarification]) -> list[Asked]:
    """Every question to the school, the newest first."""
    known = _questions(submission)
    titles = {Asking.INFORMATION: "Returned for information", Asking.CLARIFICATION: "Clarification asked"}
    return [
        Asked(
            one,
            titles[one.kind],
            [known[key].label for key in one.keys if key in known],
            [
                Change(known[key].label, shown(known[key], one.before.get(key)), shown(known[key], one.after.get(key)))
                for key in _changed(one)
                if key in known
            ],
        )
        for one in reversed(questions)
    ]


def record(one: Record) -> Told:
    """A record of a move. A question that it no longer knows is left out."""
    section = RECORDS[one.kind]
    rows = [(q.label, shown(q, one.answers.get(q.key))) for q in section.questions]
    step = BY_ACTION.get(one.action)
    title = step.done if step else section.title
    return Told(title, date_and_time(one.made_at), one.made_by_role, [(key, text) for key, text in rows if text])


def scores(submission: Submission, scorers: Sequence[Scorer], given: Sequence[Score]) -> Scores | None:
    """The locked scores that count, for those who may see them: a scorer only once their own are locked.

    `queries/review.sees_scores` says the same of a case whose scorers are not at hand.
    """
    own = next((s.assignment for s in scorers if s.assignment.user_id == actor().id), None)
    if (own and own.locked_at is None) or not (own or allowed(Permission.SEE_SCORES)):
        return None
    counted = [s.assignment for s in scorers if s.assignment.locked_at and not s.conflicted]
    marks = {(score.user_id, score.criterion): score for score in given}
    by_criterion = {
        c.key: [mark.value for a in counted if (mark := marks.get((a.user_id, c.key))) and mark.value is not None]
        for c in submission.round.criteria
    }
    total = result(submission.round.criteria, by_criterion, review.agreed(submission))
    rows = {row.criterion.key: row for row in total.criteria} if total else {}
    lines = [
        Line(c.key, c.title, c.weight, [marks.get((a.user_id, c.key)) for a in counted], rows.get(c.key))
        for c in submission.round.criteria
    ]
    aside = [s.assignment.user.name for s in scorers if s.assignment.locked_at and s.conflicted]
    return Scores([(a.user_id, a.user.name) for a in counted], lines, total, aside)


def mark_in_words(mark: Score | None) -> str:
    """What a scorer gave, in words; "" while nothing is given."""
    if mark is None or (mark.value is None and not mark.abstained):
        return ""
    return "Abstained" if mark.value is None else f"{mark.value}. {dict(ANCHORS)[mark.value]}"


def happened(entry: AuditEntry) -> dict[str, Any]:
    """An entry of the timeline. Who declared a conflict, and what, is not told here."""
    step = BY_ACTION.get(entry.action)
    title = step.done if step else HAPPENED.get(entry.action, entry.action.replace("_", " ").capitalize())
    if step and entry.to_stage and step.target is None:
        title = f"{title} to {STAGES[Stage(entry.to_stage)].label.lower()}"
    name = entry.detail.actor_name if entry.detail else ""
    private = entry.action == "declare_conflict"
    return {
        "title": title,
        "action": entry.action,
        "seen": seen_as(entry.action, entry.from_stage, entry.to_stage),
        "when": date_and_time(entry.at),
        "by": entry.actor_role if private or not name or entry.actor_kind != "user" else f"{name}, {entry.actor_role}",
        "text": "" if private or not entry.detail else _words(entry.action, entry.detail.content),
    }


def _words(action: str, content: Any) -> str:
    if not isinstance(content, Mapping):
        return ""
    if action == "give_officer":
        return str(content.get("officer") or "Nobody")
    if action == "assign_scorers":
        return listed(list(content.get("scorers") or [])) or "Nobody"
    return str(next((content[key] for key in TOLD if content.get(key)), ""))
