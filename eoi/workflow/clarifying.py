"""The council asks, the school answers the named questions only, before and after are kept.

An incomplete expression of interest is returned for information; during assessment a clarification is asked, in at
most two rounds. The clock stops while the school has it.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from eoi.extensions import db, now, today
from eoi.models import Submission
from eoi.models.review import Asking, Clarification
from eoi.queries import drafts, review
from eoi.rules import answers, clocks, workdays
from eoi.rules.errors import Invalid, Refused, WrongStage
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions import form
from eoi.rules.stages import Stage
from eoi.workflow import audit, letters, notices
from eoi.workflow.facts import refresh_facts, refresh_search
from eoi.workflow.stages import closed_days, compare, move, require, touch

ACTIONS = {Asking.INFORMATION: "return", Asking.CLARIFICATION: "clarify"}
CLOSING = {Asking.INFORMATION: "close_return", Asking.CLARIFICATION: "close_clarification"}
STAGE_OF = {Asking.INFORMATION: Stage.RETURNED, Asking.CLARIFICATION: Stage.CLARIFICATION}
NOTICES = {Asking.INFORMATION: LetterKind.RETURNED, Asking.CLARIFICATION: LetterKind.CLARIFICATION}
MOST_ROUNDS = 2


def ask(
    submission: Submission,
    kind: Asking,
    text: str,
    keys: Collection[str],
    *,
    due_on: date | None = None,
    seen: int,
    by: Actor,
) -> Clarification:
    """Ask the school about these questions of its form. The caller commits.

    `due_on` is another day than the stage's target, where the officer gives one. The question goes out
    with its letter, which a job prints. Raises Invalid, Refused after two rounds of clarification, WrongStage,
    NotAllowed, MovedOn.
    """
    _can_be_asked(submission, text, keys, due_on)
    earlier = [c for c in review.clarifications(submission) if c.kind is kind]
    if kind is Asking.CLARIFICATION and len(earlier) >= MOST_ROUNDS:
        raise Refused("Clarification has been asked twice, which is the most.")
    move(submission, ACTIONS[kind], by=by, seen=seen, due=due_on,
         detail={"text": text, "questions": sorted(keys)})  # fmt: skip
    held = drafts.answers(submission)
    question = Clarification(
        submission_id=submission.id, kind=kind, text=text.strip(), keys=sorted(keys),
        before={key: held.get(key) for key in keys}, due_on=submission.due_on or _due(submission),
        asked_at=now(), asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    refresh_search(submission)
    letters.issue_notice(submission, NOTICES[kind], by=by)
    _tell_school(submission, question)
    return question


def _can_be_asked(submission: Submission, text: str, keys: Collection[str], due_on: date | None) -> None:
    """Raise Invalid with what is missing or wrong of the question."""
    known = {q.key for s in form(submission.round.form).sections for q in s.questions}
    errors = {}
    if not text.strip():
        errors["text"] = "Enter what you ask"
    if not keys or not set(keys) <= known:
        errors["keys"] = "Choose at least one question for the school to answer"
    if due_on and due_on <= today():
        errors["due_on"] = "Enter a date in the future, or leave it empty"
    if errors:
        raise Invalid(errors)


def extend(question: Clarification, due_on: date | None, reason: str, *, seen: int, by: Actor) -> None:
    """Give the school more time, once. The caller commits. Raises Invalid, Refused, WrongStage, NotAllowed, MovedOn."""
    submission = question.submission
    require(by, Permission.ASK, submission)
    compare(submission, seen)
    if not question.is_open or submission.stage is not STAGE_OF[question.kind]:
        raise WrongStage("The school is not asked any more.")
    if question.extended:
        raise Refused("This has been extended once, which is the most.")
    errors = {}
    if due_on is None or due_on <= question.due_on:
        errors["due_on"] = "Enter a date later than the present one"
    if not reason.strip():
        errors["reason"] = "Enter why more time is given"
    if due_on is None or errors:
        raise Invalid(errors)
    touch(submission)
    detail = {"from": question.due_on.isoformat(), "to": due_on.isoformat(), "reason": reason}
    question.due_on, question.extended = due_on, True
    submission.due_on = due_on
    audit.record(submission.case, "extend", by=by, detail=detail)


def answer(submission: Submission, reply: str, *, seen: int, by: Actor) -> Clarification:
    """Send the answers that the school has saved to the questions asked. The caller commits."""
    question = drafts.asked(submission)
    if question is None or submission.stage is not STAGE_OF[question.kind]:
        raise WrongStage("Nothing is asked of you now.")
    held = drafts.answers(submission)
    after = {key: held.get(key) for key in question.keys}
    if not reply.strip() and after == question.before:
        raise Invalid({"reply": "Enter a reply, or change at least one of the answers"})
    if problems := _telling(submission, question.keys):
        raise Invalid({"reply": f"{problems}. Go back to the answer and do that first"})
    action = "answer_return" if question.kind is Asking.INFORMATION else "answer_clarification"
    move(submission, action, by=by, seen=seen, detail={"after": after, "reply": reply})
    question.after, question.reply, question.answered_at = after, reply.strip(), now()
    refresh_search(submission)
    return question


def _telling(submission: Submission, keys: list[str]) -> str:
    """What to do where an answer that is asked for seems to tell of a pupil, and nobody has said why it does not."""
    work = drafts.work(submission)
    sections = form(submission.round.form).sections
    seen = {key: s for s in sections for key in answers.flagged(s, work.answers(s), work.facts) if key in keys}
    return "" if all(key in work.explained(section) for key, section in seen.items()) else answers.UNEXPLAINED


def close(question: Clarification, why: str, *, seen: int, by: Actor) -> None:
    """Close the question without an answer: the case goes back to where it was, and our clock goes on.

    The answers that it had reopened say again what the council knows; what the school had typed and not sent is kept
    with the question. The caller commits. Raises Invalid, WrongStage, NotAllowed, MovedOn.
    """
    submission = question.submission
    if not question.is_open or submission.stage is not STAGE_OF[question.kind]:
        raise WrongStage("The school is not asked any more.")
    if not why.strip():
        raise Invalid({"reason": "Enter why you close it"})
    move(submission, CLOSING[question.kind], by=by, seen=seen, detail={"reason": why.strip()})
    question.closed_at, question.closed_why = now(), why.strip()
    question.after = _taken_back(submission, question)
    db.session.flush()
    refresh_facts(submission, drafts.answers(submission))
    notices.tell_school("question_closed", submission, f"question closed {question.id}", reason=why.strip())


def _taken_back(submission: Submission, question: Clarification) -> dict[str, Any]:
    """Put the answers back as they were asked about; what stood there instead, by key."""
    unsent: dict[str, Any] = {}
    for row in drafts.section_rows(submission).values():
        changed = {key: row.answers[key] for key in question.keys if key in row.answers} | {
            key: text for key, text in row.unfinished.items() if key in question.keys
        }
        changed = {key: value for key, value in changed.items() if value != question.before.get(key)}
        if changed:
            unsent |= changed
            kept = {key: question.before[key] for key in changed if question.before.get(key) is not None}
            row.answers = {key: value for key, value in row.answers.items() if key not in changed} | kept
            row.unfinished = {key: value for key, value in row.unfinished.items() if key not in changed}
    return unsent


def _due(submission: Submission) -> date:
    due = clocks.due_on(submission.stage, today(), closed_days(submission, submission.stage))
    return due or workdays.add(today(), 10, closed_days(submission, submission.stage))


def _tell_school(submission: Submission, question: Clarification) -> None:
    template = "returned" if question.kind is Asking.INFORMATION else "clarification_asked"
    key = f"{template} {question.id}"
    notices.tell_school(template, submission, key, due_on=question.due_on, text=question.text)
