"""Which questions a school may answer now: all of the step it is at, or only those that the council asked about."""

from collections.abc import Collection

from eoi.rules.facts import Facts
from eoi.rules.questions.types import Form, Section
from eoi.rules.stages import Stage
from eoi.rules.words import Step

ASKED = frozenset({Stage.RETURNED, Stage.CLARIFICATION})


def steps_to_submit(detail_with_eoi: bool) -> tuple[Step, ...]:
    """The steps that are sent with the expression of interest itself."""
    return (Step.EOI, Step.DETAIL) if detail_with_eoi else (Step.EOI,)


def steps_open(stage: Stage, detail_with_eoi: bool) -> tuple[Step, ...]:
    """The steps whose sections a school fills in at this stage."""
    if stage is Stage.DRAFT:
        return steps_to_submit(detail_with_eoi)
    return (Step.DETAIL,) if stage is Stage.DETAIL else ()


def sections_of(form: Form, facts: Facts, steps: Collection[Step]) -> tuple[Section, ...]:
    """The sections of these steps that apply, in the order of the form."""
    return tuple(s for s in form.sections if s.step in steps and s.applies(facts))


def open_questions(form: Form, facts: Facts, stage: Stage, asked: Collection[str] = ()) -> dict[str, frozenset[str]]:
    """Section key -> keys of the questions that may be answered now. `asked` are those of an open clarification."""
    if stage in ASKED:
        found = {s.key: frozenset(q.key for q in s.questions if q.key in asked) for s in form.sections}
        return {key: keys for key, keys in found.items() if keys}
    sections = sections_of(form, facts, steps_open(stage, facts.detail_with_eoi))
    return {s.key: frozenset(q.key for q in s.questions) for s in sections}
