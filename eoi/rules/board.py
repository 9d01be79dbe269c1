"""The need board: places sought beside those offered, decided and open, and the gap that is left.

Places that are only offered, or before the panel, never close a gap. An approval to proceed counts for the council's
own planning; for the public only what is formally decided does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from eoi.rules.stages import BEFORE_DECISION, Stage
from eoi.rules.words import count_of, listed

S = Stage


class By(StrEnum):
    """What the rows of the board are."""

    DISTRICT = "district"
    NEED = "need"
    PHASE = "phase"
    YEAR = "year"


BY_LABELS = {By.DISTRICT: "District", By.NEED: "Need", By.PHASE: "Phase", By.YEAR: "School year"}


class Column(StrEnum):
    """How far the places of an expression of interest are."""

    OFFERED = "offered"
    PANEL = "panel"
    APPROVED = "approved"
    OPENING = "opening"
    OPEN = "open"


COLUMN_LABELS = {
    Column.OFFERED: "Offered",
    Column.PANEL: "At panel",
    Column.APPROVED: "Approved to proceed",
    Column.OPENING: "Opening",
    Column.OPEN: "Open",
}
STAGES_OF: dict[Column, tuple[Stage, ...]] = {
    Column.OFFERED: tuple(s for s in BEFORE_DECISION if s not in (S.PANEL, S.WITH_HEAD)),
    Column.PANEL: (S.PANEL, S.WITH_HEAD, S.PROCESS_REVIEW),
    Column.APPROVED: (S.APPROVED, S.CONDITIONS, S.PRE_STATUTORY, S.CONSULTATION, S.DFE),
    Column.OPENING: (S.AGREEMENT,),
    Column.OPEN: (S.OPEN,),
}
#: What is formally decided, so that everybody may know of it.
PUBLIC = (Column.OPENING, Column.OPEN)
MEANING = (
    "Offered places are in expressions of interest before the panel. Approved to proceed is not the decision to open. "
    "Opening means formally decided. The gap is what is sought less approved, opening and open."
)
PUBLIC_MEANING = "Opening means formally decided. The gap is what is sought less opening and open."


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board. `key` is a code or a year as text; `existing` is None where it has no meaning."""

    key: str
    title: str
    sought: int = 0
    existing: int | None = None
    offered: int = 0
    panel: int = 0
    approved: int = 0
    opening: int = 0
    open: int = 0

    @property
    def gap(self) -> int:
        """Places still missing; below 0 where more are coming than are sought. The public's board has no `approved`."""
        return self.sought - self.approved - self.opening - self.open

    def at(self, column: Column) -> int:
        value: int = getattr(self, column.value)
        return value


def total(lines: Iterable[Line], title: str = "All") -> Line:
    """The sum of the rows."""
    rows = list(lines)
    known = [row.existing for row in rows if row.existing is not None]
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("sought", *(c.value for c in Column))}
    return Line("", title, existing=sum(known) if known else None, **sums)


def sentence(lines: Iterable[Line], public: bool = False) -> str:
    """What the board says, in words: the totals, and where most places are missing."""
    rows = list(lines)
    whole = total(rows)
    if not any((whole.sought, whole.offered, whole.panel, whole.approved, whole.opening, whole.open)):
        return "No places are sought or offered here."
    if public:
        said = f"{count_of(whole.sought, 'place')} sought. {whole.opening:,} opening, {whole.open:,} open."
    else:
        said = (
            f"{count_of(whole.sought, 'place')} sought. {whole.offered:,} offered, {whole.panel:,} at panel, "
            f"{whole.approved:,} approved to proceed, {whole.opening:,} opening, {whole.open:,} open."
        )
    missing = sorted((row for row in rows if row.gap > 0), key=lambda row: (-row.gap, row.title))
    if whole.gap > 0:
        said += f" The gap is {count_of(whole.gap, 'place')}."
    elif whole.gap < 0:
        said += f" {count_of(-whole.gap, 'place')} more than sought."
    if missing and len(rows) > 1:
        said += " Most are missing in " + listed([f"{row.title} ({row.gap:,})" for row in missing[:3]]) + "."
    return said
