"""The officers' two-page summary, from the record as it stands, at any stage."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app

from eoi.extensions import bank_holidays, now, today
from eoi.models import Record, Submission
from eoi.queries import drafts, need, review, submissions
from eoi.queries.papers import parts
from eoi.queries.papers.assessment import ahead, criteria, gates, history, recommendation, visit
from eoi.queries.papers.snapshots import live_answers
from eoi.rules import clocks, workdays
from eoi.rules.facts import SchoolFacts
from eoi.rules.papers import (
    ClarificationLine,
    ConditionLine,
    DocumentLine,
    MoneyLines,
    NeedFigure,
    PartnerLine,
    RiskLine,
    RoomLine,
    StaffLine,
    SummaryPaper,
)
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.showing import shown
from eoi.rules.stages import STAGES, Court, Stage
from eoi.rules.words import LONDON, Openness, Step

PACES = {clocks.Light.GREEN: "On time", clocks.Light.AMBER: "Due soon", clocks.Light.RED: "Overdue"}
Answers = Mapping[str, Any]


def summary(submission: Submission, actor: Actor, with_answers: bool = False) -> SummaryPaper:
    """What an officer prints of the case now. Scores and advice only from the panel on, for those who may see them.

    No scorer, panel member or colleague is named: roles stand in the history, conflicts are counted.
    """
    answers, records = drafts.answers(submission), review.records(submission)
    reached = review.visited_stages(submission)
    steps = steps_sent(submission, reached)
    conflicts = review.conflicts(submission)
    return SummaryPaper(
        council=current_app.config["COUNCIL_NAME"],
        round_name=submission.round.name,
        reference=submission.name,
        stage=STAGES[submission.stage].label,
        school=_school(submission, answers),
        offer=parts.offer(submission, answers),
        in_100_words=answers.get("summary_100") or "No summary yet.",
        generated_by=actor.role_label,
        generated_at=now(),
        snapshot_on=today(),
        strand_note=_strand_note(submission),
        partner=_partner(submission, answers),
        linked=parts.linked(answers),
        need=_need(submission),
        officer_note=_said(records, "check", "officer_note"),
        gates=gates(submission, records),
        documents=_documents(submission, steps),
        visit=visit(records),
        clarifications=_open_questions(submission),
        conditions=_conditions(submission),
        conflicts=len(conflicts),
        conflicts_handling=" ".join(sorted({f"{c.handling.rstrip('.')}." for c in conflicts if c.handling})),
        history=history(submission),
        next_actions=ahead(submission),
        answers=live_answers(submission, answers, steps, contacts=_contacts(submission, actor)) if with_answers else (),
        demonstration=current_app.config["DEMONSTRATION"],
        **_clock(submission),
        **_means(submission, answers),
        **_advice(submission, records, reached, actor),
    )


def _contacts(submission: Submission, actor: Actor) -> bool:
    return may(actor, Permission.SEE_CONTACTS, submissions.case_facts(submission))


def _advice(
    submission: Submission, records: Mapping[str, Record], reached: Sequence[Stage], actor: Actor
) -> dict[str, Any]:
    """Scores and recommendation, for those who may see them, once the case has been with the panel."""
    if Stage.PANEL not in reached or not _reads_advice(submission, actor):
        return {}
    scores = review.result_of(submission)
    advice = {"recommendation": recommendation(submission, records, scores)}
    return advice | (criteria(submission, scores) if scores else {})


def _reads_advice(submission: Submission, actor: Actor) -> bool:
    allowed = may(actor, Permission.SEE_SCORES, submissions.case_facts(submission))
    return allowed and review.sees_scores(submission, actor)


def steps_sent(submission: Submission, reached: Sequence[Stage]) -> tuple[Step, ...]:
    """The steps of the form that the school has sent: an unfinished detail stays its own."""
    detailed = submission.round.detail_with_eoi or Stage.ASSESSMENT in reached
    return (Step.EOI, Step.DETAIL) if detailed else (Step.EOI,)


def _said(records: Mapping[str, Record], record: str, key: str) -> str:
    return records[record].answers.get(key) or "" if record in records else ""


def _school(submission: Submission, answers: Answers) -> SchoolFacts:
    """The register's row, with the school's own figures where it said that the register is out of date."""
    own = {k: v for k, v in (answers.get("register_own") or {}).items() if k in ("capacity", "roll") and v is not None}
    facts = submission.school.facts()
    return facts if answers.get("register_correct") is not False else replace(facts, **own)


def _strand_note(submission: Submission) -> str:
    strand = submission.round.facts().strand(submission.path, submission.need, submission.phase)
    return strand.note if strand and strand.openness is Openness.BY_EXCEPTION else ""


def _partner(submission: Submission, answers: Answers) -> PartnerLine | None:
    if submission.partner is None:
        return None
    talks = _shown(submission, "partner_talks", answers)
    if agreed := _shown(submission, "partner_agreed_on", answers):
        talks = f"{talks}, {agreed}"
    return PartnerLine(submission.partner.name, talks, submission.partner.facts().is_academy)


def _shown(submission: Submission, key: str, answers: Answers) -> str:
    _, question = form(submission.round.form).question(key)
    return shown(question, answers.get(key))


def _need(submission: Submission) -> NeedFigure | None:
    line = need.line_for(submission.district_code, submission.need, submission.phase, submission.path)
    return NeedFigure(line.district_name, line.places, line.source, line.as_at, line.illustrative) if line else None


def _clock(submission: Submission) -> dict[str, Any]:
    """Working days in the stage against its target. The council's clock stands still while the school answers."""
    court, since = STAGES[submission.stage].court, submission.stage_since.astimezone(LONDON).date()
    closed: Container[date] = bank_holidays()
    if court is Court.SCHOOL:
        closed = workdays.Closed(closed, submission.round.closed_spans)
    hold = clocks.OnHold(submission.on_hold_since, submission.hold_days)
    clock = clocks.clock(submission.stage, since, submission.due_on, today(), closed, hold)
    pace = "Clock stopped" if court is Court.SCHOOL else PACES.get(clock.light, "")
    return {"days_in_stage": clock.days, "days_target": clock.target, "pace": pace}


def _means(submission: Submission, answers: Answers) -> dict[str, Any]:
    """Rooms, money, staff and risks, as far as they were asked."""
    running, posts = answers.get("running") or {}, {"new": "New post", "existing": "Existing post"}
    money = MoneyLines(
        _shown(submission, "capital_band", answers),
        answers.get("capital_basis") or "",
        answers.get("startup_revenue"),
        running.get("staff_cost"),
        running.get("income"),
    )
    return {
        "rooms": tuple(RoomLine(r["name"], r["use"], r["area"]) for r in answers.get("rooms") or ()),
        "money": money if money.capital_band else None,
        "staff": tuple(StaffLine(r["role"], r["fte"], posts.get(r["post"], "")) for r in answers.get("staffing") or ()),
        "risks": tuple(RiskLine(r["risk"], r["response"]) for r in answers.get("risks") or ()),
    }


def _documents(submission: Submission, steps: Sequence[Step]) -> tuple[DocumentLine, ...]:
    """What came, with its day, and what is required of the steps sent and did not come."""
    files, facts = drafts.documents(submission), submission.facts()
    asked = [
        q for s in form(submission.round.form).sections if s.step in steps and s.applies(facts) for q in s.questions
    ]
    missing = [
        q for q in asked
        if q.kind is Kind.FILE and q.required and q.applies(facts) and q.key not in {f.question for f in files}
    ]  # fmt: skip
    names = {f.id: f"{f.name} ({f.scanned_words})" if f.is_held else f.name for f in files}
    came = tuple(DocumentLine(names[f.id], f.added_at.astimezone(LONDON).date()) for f in files)
    return came + tuple(DocumentLine(q.label, None) for q in missing)


def _open_questions(submission: Submission) -> tuple[ClarificationLine, ...]:
    asked = [c for c in review.clarifications(submission) if c.is_open]
    return tuple(ClarificationLine(c.text, c.asked_at.astimezone(LONDON).date(), c.due_on) for c in asked)


def _conditions(submission: Submission) -> tuple[ConditionLine, ...]:
    found = review.conditions(submission)
    return tuple(ConditionLine(c.text, c.evidence, c.owner, c.due_on, c.met_on) for c in found)
