"""Schools that answers name by URN: whether the register knows them, and what they are called."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import School
from eoi.rules.questions.types import Kind, Question

UNKNOWN = "Choose a school from the register: no school has that URN"
NOT_SPECIAL = "Choose a special school: that one is a mainstream school"


def named(questions: Iterable[Question], held: Mapping[str, Any]) -> dict[str, list[int]]:
    """Question key -> URNs, of the questions that are answered by schools."""
    found = {q.key: held[q.key] for q in questions if q.kind in (Kind.SCHOOL, Kind.SCHOOLS) and held.get(q.key)}
    return {key: value if isinstance(value, list) else [value] for key, value in found.items()}


def names(questions: Iterable[Question], held: Mapping[str, Any]) -> dict[int, str]:
    """URN -> name of every school that these answers name."""
    return names_of({urn for urns in named(questions, held).values() for urn in urns})


def names_of(urns: set[int]) -> dict[int, str]:
    """URN -> name of those that the register knows. No query for none."""
    rows = db.session.execute(select(School.urn, School.name).where(School.urn.in_(urns))) if urns else ()
    return {row.urn: row.name for row in rows}


def refused(questions: Iterable[Question], held: Mapping[str, Any]) -> dict[str, str]:
    """Question key -> message, where a URN is not in the register, or the partner is no special school."""
    asked = named(questions, held)
    urns = {urn for named_by in asked.values() for urn in named_by}
    if not urns:
        return {}
    known = {school.urn: school for school in db.session.scalars(select(School).where(School.urn.in_(urns)))}
    messages = {key: UNKNOWN for key, wanted in asked.items() if not known.keys() >= set(wanted)}
    partner = known.get(asked.get("partner_school", [0])[0])
    if partner and not partner.facts().is_special:
        messages["partner_school"] = NOT_SPECIAL
    return messages
