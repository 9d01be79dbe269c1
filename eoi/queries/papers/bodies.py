"""The body of each kind of letter, from the decision or the question that it tells."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from eoi.extensions import bank_holidays, db, now
from eoi.models import Clarification, Letter, NeedLine, Round, Submission
from eoi.models.review import Asking
from eoi.queries import drafts, review
from eoi.queries.papers.after import AFTER, day_of, decision_of
from eoi.queries.papers.parts import lines, term
from eoi.rules import clocks, workdays
from eoi.rules.declarations import CONFIRMED_WITHIN, declarers
from eoi.rules.errors import Refused
from eoi.rules.papers import (
    Acknowledgement,
    Approval,
    Body,
    Clarify,
    ConditionLine,
    Context,
    Decline,
    Deferral,
    Ineligibility,
    LetterKind,
    NextStep,
    NotShortlisted,
    Query,
    Return,
    Shortfall,
)
from eoi.rules.questions import form
from eoi.rules.stages import Stage
from eoi.rules.statutory import Route
from eoi.rules.talking import CALL_WITHIN, REPLY_WITHIN
from eoi.rules.words import LONDON, Openness, Path, long_date

MEETING_WITHIN, FEASIBILITY_WITHIN = 15, 60  # working days
A_MONTH = timedelta(days=30)  # from the end of the feasibility study to a consultation
Answers = Mapping[str, Any]


def body(letter: Letter, kind: LetterKind, answers: Answers) -> Body:
    """What is particular to this letter. Raises Refused where the record that it tells is missing."""
    return BODIES[kind](letter, answers)


def _approval(letter: Letter, _: Answers) -> Approval:
    decision, submission = decision_of(letter), letter.submission
    conditions = tuple(ConditionLine(c.text, c.evidence, c.owner, c.due_on) for c in decision.conditions)
    return Approval(
        strengths=lines(decision.strengths),
        next_steps=_next_steps(letter, submission),
        needed=lines(decision.needed) or ("Your reply that you wish to proceed",),
        needed_by=decision.needed_by or _in_days(letter, REPLY_WITHIN),
        conditions=conditions,
        lapses_on=max((c.due_on for c in conditions), default=None),
    )


def _next_steps(letter: Letter, submission: Submission) -> tuple[NextStep, ...]:
    """The road to an opening, with days where the council sets them and terms where it plans."""
    route, partner = submission.changing_route, submission.partner.name if submission.partner else "the special school"
    asks = {
        Route.PROPOSAL: "The council, with your school",
        Route.SIGNIFICANT_CHANGE: "Your trust, with our support",
        Route.SPECIAL_PROPOSAL: f"The council, with {partner}",
        Route.SPECIAL_CHANGE: f"The trust of {partner}, with our support",
    }
    feasible = _in_days(letter, FEASIBILITY_WITHIN)
    agreed = submission.opening and f"before opening in {submission.opening:%B %Y}"
    licence = submission.path is Path.SATELLITE
    return (
        NextStep(
            "First meeting at your school", "Your named contact", f"by {long_date(_in_days(letter, MEETING_WITHIN))}"
        ),
        NextStep("Feasibility study of the rooms", "Our estates team, with you", f"by {long_date(feasible)}"),
        NextStep("Consultation", asks.get(route, "The council"), f"planned for {term(feasible + A_MONTH)}"),
        NextStep(
            "Licence or lease for the rooms" if licence else "Agreement signed, if the change is agreed",
            f"Your school and {partner}" if licence else "The council and your school",
            agreed or "before opening",
        ),
    )


def _decline(letter: Letter, _: Answers) -> Decline:
    decision, submission = decision_of(letter), letter.submission
    context, next_round = _round_around(submission)
    titles = {c.key: c.title for c in submission.round.criteria}
    return Decline(
        strengths=lines(decision.strengths),
        shortfalls=tuple(Shortfall(titles.get(r.criterion, r.criterion), r.text) for r in decision.reasons),
        helps=lines(decision.would_help),
        feedback_by=_in_days(letter, CALL_WITHIN),
        context=context,
        next_round=next_round,
    )


def _deferral(letter: Letter, _: Answers) -> Deferral:
    decision = decision_of(letter)
    return Deferral(
        reasons=lines(decision.reason),
        review_on=decision.review_on or _in_days(letter, CALL_WITHIN),
        council_actions=(
            "Keep your expression of interest, with its reference and everything that came with it",
            "Follow what we are waiting for, and take it up again as soon as we can",
        ),
        school_actions=lines(decision.needed),
    )


def _ineligible(letter: Letter, _: Answers) -> Ineligibility:
    decision, submission = decision_of(letter), letter.submission
    next_round = _round_around(submission)[1]
    strand = submission.round.facts().strand(submission.path, submission.need, submission.phase)
    return Ineligibility(
        shortfalls=(Shortfall("Whether it can be considered in this round", decision.reason),),
        helps=lines(decision.would_help),
        policy_note=strand.note if strand and strand.openness is not Openness.OPEN else "",
        next_round=next_round,
    )


def _not_shortlisted(letter: Letter, _: Answers) -> NotShortlisted:
    decision = decision_of(letter)
    context, next_round = _round_around(letter.submission)
    return NotShortlisted(
        strengths=lines(decision.strengths),
        shortfalls=(Shortfall("The published criteria", decision.reason),),
        helps=lines(decision.would_help) or ("Talk to us before another round about the places that we look for",),
        feedback_by=_in_days(letter, CALL_WITHIN),
        context=context,
        next_round=next_round,
    )


def _return(letter: Letter, _: Answers) -> Return:
    asked = _asked(letter, Asking.INFORMATION)
    return Return(_queries(letter, asked), asked.due_on)


def _clarify(letter: Letter, _: Answers) -> Clarify:
    asked = _asked(letter, Asking.CLARIFICATION)
    return Clarify(_queries(letter, asked), asked.due_on)


def _queries(letter: Letter, asked: Clarification) -> tuple[Query, ...]:
    released = form(letter.submission.round.form)
    found = [released.question(key) for key in asked.keys]
    return tuple(Query(section.title, question.label, asked.text) for section, question in found)


def _asked(letter: Letter, kind: Asking) -> Clarification:
    """The question that the letter was drafted with: the last one asked by then."""
    asked = [c for c in review.clarifications(letter.submission) if c.kind is kind and c.asked_at <= letter.drafted_at]
    if not asked:
        raise Refused("Nothing was asked of the school, so there is no such letter to write.")
    return asked[-1]


def _acknowledgement(letter: Letter, answers: Answers) -> Acknowledgement:
    submission = letter.submission
    received = submission.submitted_at or now()
    closes = (submission.round.closes_at or received).astimezone(LONDON).date()
    there = {d.role for d in drafts.declarations(submission)}
    wanted = declarers(submission.school.facts(), submission.path, answers.get("partner_talks") == "agreed")
    outstanding = tuple(
        f"The confirmation of the {w.role[:1].lower()}{w.role[1:]}" for w in wanted if w.role not in there
    )
    return Acknowledgement(
        received_at=received,
        submitted_by=submission.lead.name if submission.lead else submission.school.name,
        checked_by=clocks.due_on(Stage.CHECK, closes, bank_holidays()),
        decision_by=clocks.letter_due(closes, 0, bank_holidays()),
        outstanding=outstanding,
        outstanding_by=workdays.add(closes, CONFIRMED_WITHIN, bank_holidays()) if outstanding else None,
    )


BODIES: dict[LetterKind, Callable[[Letter, Answers], Body]] = {
    LetterKind.APPROVED: _approval,
    LetterKind.CONDITIONS: _approval,
    LetterKind.DECLINED: _decline,
    LetterKind.DEFERRED: _deferral,
    LetterKind.INELIGIBLE: _ineligible,
    LetterKind.NOT_SHORTLISTED: _not_shortlisted,
    LetterKind.RETURNED: _return,
    LetterKind.ACKNOWLEDGEMENT: _acknowledgement,
    LetterKind.CLARIFICATION: _clarify,
    **AFTER,
}


def _round_around(submission: Submission) -> tuple[Context | None, str]:
    """What the letter says of the round as a whole, and when the next one opens: "in September 2027".

    Places sought and EOIs received are of the same path, need and phase; each only from 5 on, figures published only.
    """
    lines_of = (
        NeedLine.need == submission.need, NeedLine.phase == submission.phase, NeedLine.path == submission.path
    )  # fmt: skip
    newest = select(func.max(NeedLine.year)).where(*lines_of).scalar_subquery()
    published = select(func.sum(NeedLine.places)).where(
        *lines_of, NeedLine.year == newest, NeedLine.illustrative.is_(False)
    )
    same = (
        Submission.round_id == submission.round_id,
        Submission.path == submission.path,
        Submission.need == submission.need,
        Submission.phase == submission.phase,
        Submission.reference.is_not(None),
    )
    sought, received, opens = db.session.execute(
        select(
            published.scalar_subquery(),
            select(func.count()).select_from(Submission).where(*same).scalar_subquery(),
            select(func.min(Round.opens_at)).where(Round.opens_at > now()).scalar_subquery(),
        )
    ).one()
    shown = [int(number) if number and number >= Context.SMALLEST else None for number in (sought, received)]
    return Context(*shown) if any(shown) else None, f"in {opens.astimezone(LONDON):%B %Y}" if opens else ""


def _in_days(letter: Letter, count: int) -> date:
    return workdays.add(day_of(letter), count, bank_holidays())
