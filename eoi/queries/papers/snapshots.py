"""The school's own copy, from the frozen snapshot alone, and answers as papers print them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app

from eoi.models import Snapshot, Submission
from eoi.models.submission import Channel
from eoi.queries import drafts, named_schools
from eoi.rules.answers import heads, shown, shown_rows, visible
from eoi.rules.facts import SchoolFacts
from eoi.rules.papers import AnswerSection, Declaration, EoiPaper, ShownAnswer, ShownTable
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.showing import reaches_somebody
from eoi.rules.words import LONDON, Need, Path, Phase, Step


def eoi(snapshot: Snapshot) -> EoiPaper:
    """The school's copy of what it sent: labels, answers and register row as they were frozen."""
    content, submission = snapshot.content, snapshot.submission
    offered, details = content["offer"], content["details"]
    return EoiPaper(
        council=current_app.config["COUNCIL_NAME"],
        round_name=details["round"],
        reference=submission.name,
        school=_school(content["register"]),
        path=Path(offered["path"]["key"]),
        need=Need(offered["need"]["key"]),
        phase=Phase(offered["phase"]["key"]),
        submitted_at=datetime.fromisoformat(details["submitted_at"]),
        submitted_by=details["submitted_by"],
        sections=tuple(_frozen_section(section) for section in content["sections"]),
        sha256=snapshot.sha256,
        declarations=_declarations(submission, content["wording"]),
        documents=_documents(content["sections"]),
        logged_by_officer=submission.channel is not Channel.FORM,
        demonstration=current_app.config["DEMONSTRATION"],
    )


def _school(row: Mapping[str, Any]) -> SchoolFacts:
    return SchoolFacts(**{**row, "as_at": date.fromisoformat(row["as_at"]) if row["as_at"] else None})


def _frozen_section(section: Mapping[str, Any]) -> AnswerSection:
    return AnswerSection(section["title"], tuple(_frozen_answer(q) for q in section["questions"]))


def _frozen_answer(question: Mapping[str, Any]) -> ShownAnswer:
    table = None
    if question.get("rows"):
        table = ShownTable(tuple(question["heads"]), tuple(tuple(row) for row in question["rows"]))
    return ShownAnswer(question["label"], question["shown"], table, question["dictionary"])


def _documents(sections: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(d["name"] for section in sections for q in section["questions"] for d in q.get("documents", ()))


def _declarations(submission: Submission, wording: Mapping[str, str]) -> tuple[Declaration, ...]:
    return tuple(
        Declaration(
            wording.get(d.role, ""),
            d.name,
            d.role[:1].lower() + d.role[1:],
            d.declared_at.astimezone(LONDON).date(),
            d.minute_date,
        )
        for d in drafts.declarations(submission)
    )


def live_answers(
    submission: Submission, answers: Mapping[str, Any], steps: Sequence[Step], *, contacts: bool
) -> tuple[AnswerSection, ...]:
    """The answers as they stand, clarified ones included, for officers; `contacts`: with how to reach people."""
    facts = submission.facts()
    files = {d.question: d.name for d in drafts.documents(submission)}
    sections = [s for step in steps for s in form(submission.round.form).step(step, facts)]
    asked = [(section, visible(section, answers, facts)) for section in sections]
    if not contacts:
        asked = [(s, tuple(q for q in questions if not reaches_somebody(q.key))) for s, questions in asked]
    names = named_schools.names((q for _, questions in asked for q in questions), answers)
    return tuple(_live_section(section, questions, answers, names, files) for section, questions in asked)


def _live_section(
    section: Section,
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    names: Mapping[int, str],
    files: Mapping[str, str],
) -> AnswerSection:
    return AnswerSection(section.title, tuple(_live_answer(q, answers.get(q.key), names, files) for q in questions))


def _live_answer(question: Question, value: Any, names: Mapping[int, str], files: Mapping[str, str]) -> ShownAnswer:
    if question.kind is Kind.FILE:
        return ShownAnswer(question.label, files.get(question.key, ""), None, question.dictionary)
    rows = shown_rows(question, value, names) if value is not None else ()
    table = ShownTable(heads(question), rows) if rows else None
    return ShownAnswer(question.label, shown(question, value, names), table, question.dictionary)
