"""The only writer of scenarios: made, changed, ticked, tied to the panel pack of a round."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now
from eoi.models import Scenario, ScenarioCase
from eoi.rules.errors import Invalid, MovedOn, NotAllowed
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.what_if import refusal
from eoi.workflow import audit

MOVED = "Somebody else changed this scenario while you had it open."


def make(facts: Mapping[str, Any], *, by: Actor) -> Scenario:
    """A new scenario: name, note and budgets. The caller commits. Raises Invalid, NotAllowed."""
    _check(facts, None, by)
    made = Scenario(**facts, made_at=now(), made_by_id=by.id, changed_at=now())
    db.session.add(made)
    _flush()
    audit.record("need", "scenario made", by=by, detail={"scenario": made.id, "name": made.name})
    return made


def change(one: Scenario, facts: Mapping[str, Any], *, seen: int, by: Actor) -> None:
    """Change what it is called, its budgets, or the round whose panel pack it belongs to; the pack's earlier one goes.

    The caller commits. Raises Invalid, NotAllowed, MovedOn.
    """
    _check(facts, one.id, by)
    if one.version != seen:
        raise MovedOn(MOVED, theirs={"Name": one.name, "Note": one.note})
    if facts.get("round_id"):
        others = update(Scenario).where(Scenario.round_id == facts["round_id"], Scenario.id != one.id)
        db.session.execute(others.values(round_id=None, version=Scenario.version + 1))
    for name, value in facts.items():
        setattr(one, name, value)
    one.changed_at = now()
    _flush()
    audit.record("need", "scenario changed", by=by, detail={"scenario": one.id, "round": one.round_id})


def tick(one: Scenario, shown: Collection[int], ticked: Collection[int], *, seen: int, by: Actor) -> None:
    """Choose among the cases that were shown; those that were not stay as they are. The caller commits.

    Raises NotAllowed, MovedOn.
    """
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    if one.version != seen:
        raise MovedOn(MOVED)
    held = {case.submission_id for case in one.cases}
    wanted = (held - set(shown)) | (set(ticked) & set(shown))
    one.cases = [case for case in one.cases if case.submission_id in wanted]
    one.cases += [ScenarioCase(submission_id=number) for number in sorted(wanted - held)]
    one.changed_at = now()
    flag_modified(one, "changed_at")  # the version moves also where the clock has not
    _flush()
    audit.record("need", "scenario ticked", by=by, detail={"scenario": one.id, "cases": len(wanted)})


def _check(facts: Mapping[str, Any], own: int | None, by: Actor) -> None:
    if not may(by, Permission.EDIT_NEED):
        raise NotAllowed
    wrong = refusal(facts["name"], facts["capital_budget"], facts["revenue_budget"])
    same = select(Scenario.id).where(Scenario.name == facts["name"], Scenario.id != (own or 0))
    if "name" not in wrong and db.session.scalar(same) is not None:
        wrong["name"] = "There is a scenario with this name. Choose another"
    if wrong:
        raise Invalid(wrong)


def _flush() -> None:
    try:
        db.session.flush()
    except (StaleDataError, IntegrityError):
        raise MovedOn(MOVED) from None
