"""What the record says, as the guard compares it: the days, numbers and sums that a letter rests on."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from eoi.rules.papers import LetterPaper
from eoi.rules.wording.filling import fill
from eoi.rules.wording.shapes import Text, plain
from eoi.rules.words import LONDON

TYPED = {"paragraph", "closing", "template"}


def days(part: Any) -> Iterator[date]:
    """Every day that the paper, or a part of it, holds."""
    if isinstance(part, datetime):
        yield part.astimezone(LONDON).date()
    elif isinstance(part, date):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from days(one)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if field.name not in TYPED:
                yield from days(getattr(part, field.name))


def facts_text(paper: LetterPaper) -> str:
    """The words of the letter without what officers typed."""
    filled = fill(paper).shapes
    own = [shape for shape in filled if isinstance(shape, Text) and shape.own]
    return "\n".join(plain(shape) for shape in filled if shape not in own)


def own_texts(paper: LetterPaper) -> dict[str, str]:
    """The paragraphs that are an officer's own."""
    return {place: text for place, text in (("paragraph", paper.paragraph), ("closing", paper.closing)) if text}


def record_texts(paper: LetterPaper) -> dict[str, str]:
    """What people typed into the record and the letter prints: named by its place."""
    body = paper.body
    found = {
        name: "\n\n".join(getattr(body, name, ()) or ())
        for name in ("strengths", "needed", "helps", "reasons", "school_actions", "findings")
    }
    found["reasons"] = "\n\n".join(
        [found["reasons"], *(line.reason for line in getattr(body, "shortfalls", ()))]
    ).strip()
    found["conditions"] = "\n\n".join(f"{c.text}\n\n{c.evidence}\n\n{c.owner}" for c in getattr(body, "conditions", ()))
    return {name: text for name, text in found.items() if text}


def school_names(paper: LetterPaper) -> tuple[str, ...]:
    """The schools that this letter may name."""
    return tuple(name for name in (paper.addressee.school, paper.partner, *paper.linked) if name)
