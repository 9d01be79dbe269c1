"""Days, months and years in a text, in the ways that people write them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = tuple(month.lower() for month in calendar.month_name[1:])
_MONTH = "|".join([*MONTHS, *(m[:3] for m in MONTHS), "sept"])
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_FORMS = (
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+({_MONTH})\b\.?,?(?:\s+(\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b({_MONTH})\.?\s+{_DAY}(?:,?\s+(\d{{4}}))?\b(?!\d)", re.IGNORECASE),
    re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})\b"),
    re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"),
    re.compile(rf"\b({_MONTH})\.?\s+(\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?:in|by|until|since|before|after|from|of)\s+({'|'.join(m.title() for m in MONTHS)})\b"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A date as far as it was said: 0 for what was left out. `impossible`: no such day."""

    day: int
    month: int
    year: int
    words: str
    start: int
    end: int

    def is_of(self, known: date) -> bool:
        """Whether this day is the one that was said, as far as it was."""
        return self.day in (0, known.day) and self.month in (0, known.month) and self.year in (0, known.year)


def dates(text: str) -> Iterator[Said]:
    """Every date, each once: a form that says more wins over one that says less."""
    taken: list[range] = []
    for number, form in enumerate(_FORMS):
        for found in form.finditer(text):
            if any(found.start() in span or span.start in range(*found.span()) for span in taken):
                continue
            taken.append(range(*found.span()))
            day, month, year = _parts(number, found)
            yield Said(day, month, year, found[0].strip(" .,"), found.start(), found.end())


def _parts(form: int, found: re.Match[str]) -> tuple[int, int, int]:
    if form == 0:
        return int(found[1]), _month(found[2]), int(found[3] or 0)
    if form == 1:
        return int(found[2]), _month(found[1]), int(found[3] or 0)
    if form == 2:
        year = int(found[3])
        return int(found[1]), int(found[2]), year + 2000 if year < 100 else year
    if form == 3:
        return int(found[3]), int(found[2]), int(found[1])
    return 0, _month(found[1]), int(found[2]) if form == 4 else 0


def _month(name: str) -> int:
    return next(at for at, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))
