"""Check your answers: every answer with its Change link, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import today
from eoi.queries import drafts
from eoi.queries.drafts import Work
from eoi.rules import answers
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.stages import Stage
from eoi.web.access import find_submission, requires
from eoi.web.apply.blueprint import bp, is_shut, sections_now

PLACES = {Kind.DATE: "-day", Kind.MONTH: "-month", Kind.SCHOOLS: "-0"}


@dataclass(frozen=True, slots=True)
class Card:
    """A section on the page: rows of (label, answer, address), what stops it, what is only pointed out."""

    section: Section
    address: str
    rows: list[tuple[str, str, str]]
    wrong: dict[str, str]
    warnings: dict[str, str]
    started: bool


@bp.get("/<public_id>/check")
@requires(Permission.READ_OWN, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def check(public_id: str) -> str | Response:
    submission = find_submission(public_id)
    sections = sections_now(submission)
    if not sections or not submission.may_be_filled:
        return redirect(url_for(".show", public_id=public_id))
    work = drafts.work(submission)
    names = work.schools_named()
    cards = [_card(public_id, work, section, names) for section in sections]
    return render_template(
        "apply/check.html", submission=submission, cards=cards, missing=sum(len(card.wrong) for card in cards),
        detail=submission.stage is Stage.DETAIL, closed=is_shut(submission),
    )  # fmt: skip


def _card(public_id: str, work: Work, section: Section, names: dict[int, str]) -> Card:
    address = url_for(".section", public_id=public_id, key=section.key, back="check")
    held, refused = work.answers(section), work.unfinished(section)
    rows = [
        (q.label, _shown(work, q, held.get(q.key), q.key in refused, names), f"{address}#{place(q)}")
        for q in answers.visible(section, held, work.facts)
    ]
    warnings = answers.warnings(section, held, work.facts, others=work.everything)
    return Card(section, address, rows, work.wrong(section, today()), warnings, section.key in work.rows)


def place(question: Question) -> str:
    """The id of the first box of a question on its page."""
    if question.kind is Kind.GRID:
        return f"{question.key}-{question.parts[0].key}{PLACES.get(question.parts[0].kind, '')}"
    if question.kind is Kind.ROWS:
        return f"{question.key}-0-{question.parts[0].key}"
    return question.key + PLACES.get(question.kind, "")


def _shown(work: Work, question: Question, value: Any, refused: bool, names: dict[int, str]) -> str:
    if question.kind is Kind.FILE:
        files = [
            f"{file.name} (held, not yet scanned)" if file.is_held else file.name for file in work.files_of(question)
        ]
        return "\n".join(files)
    text = answers.shown(question, value, names)
    return "\n".join(filter(None, (text, "What you typed last could not be kept as an answer" if refused else "")))
