"""Whether the record is whole: every chain, frozen text, file and stored fact, taken again from its source.

Reads only, in a stream, and sees the database as it was at one moment. Each fault is one line that names the case,
never what somebody wrote.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from eoi.outbound import files
from eoi.queries import ledger
from eoi.rules.chain import FIRST, digest, link
from eoi.workflow import anchoring, proving
from eoi.workflow.anchoring import Anchor
from eoi.workflow.proving import Trail

Step = Callable[[], None]
FIELDS = (
    "case", "seq", "at", "action", "actor_kind", "actor_id", "actor_role", "from_stage", "to_stage", "detail_digest",
)  # fmt: skip
CASES_AT_ONCE = 200
SUBMISSION = "submission:"


@dataclass
class Verification:
    """One walk over everything. `faults` finds them one by one; `checked` counts what was looked at so far."""

    store: files.Store | None  # none: without the files
    anchors: Sequence[Anchor] = ()  # all made before the walk begins
    checked: Counter[str] = field(default_factory=Counter)

    def size(self) -> int:
        """How many steps the walk takes: entries and files."""
        return ledger.entry_count() + (ledger.file_count() if self.store else 0)

    def faults(self, step: Step = lambda: None) -> Iterator[str]:
        """Walk over everything and yield each fault as one line. `step` is told of each entry and each file."""
        with ledger.one_moment():
            yield from self._chain_faults(step)
            yield from anchoring.faults(self.anchors, self.checked)
            if self.store:
                yield from self._file_faults(self.store, step)

    def _chain_faults(self, step: Step) -> Iterator[str]:
        trails: list[Trail] = []
        for case, entries in groupby(ledger.entries(), attrgetter("case")):
            self.checked["chains"] += 1
            trail = Trail(case)
            yield from self._along(trail, entries, step)
            if case.startswith(SUBMISSION):
                trails.append(trail)
            if len(trails) == CASES_AT_ONCE:
                yield from proving.faults(trails, self.checked)
                trails.clear()
        yield from proving.faults(trails, self.checked)
        for case in ledger.heads_without_entries():
            yield f"{case}: its entries are gone, and only the head of its chain is left"
        for number in ledger.cases_without_chain():
            yield f"{SUBMISSION}{number}: it has no audit record"

    def _along(self, trail: Trail, entries: Iterator[Row[Any]], step: Step) -> Iterator[str]:
        """Follow one chain from its first entry to its head, and note on the trail what the case is checked against."""
        case, seq, previous = trail.case, 0, FIRST
        for entry in entries:
            step()
            self.checked["entries"] += 1
            if entry.seq != seq + 1:
                yield f"{case}: {_missing(seq + 1, entry.seq - 1)}"
            elif entry.previous != previous:
                yield f"{case}: entry {entry.seq} does not follow the entry before it"
            if entry.hash != link(entry.previous, **{name: getattr(entry, name) for name in FIELDS}):
                yield f"{case}: entry {entry.seq} was changed after it was written"
            if entry.entry_id is None:
                self.checked["erased details"] += 1
            elif digest(entry.content) != entry.detail_digest:
                yield f"{case}: the detail of entry {entry.seq} was changed after it was written"
            trail.note(entry)
            seq, previous = entry.seq, entry.hash
        yield from _at_head(case, seq, previous, entry.head_seq, entry.head_hash)

    def _file_faults(self, store: files.Store, step: Step) -> Iterator[str]:
        for kept in ledger.files():
            step()
            self.checked["files"] += 1
            try:
                store.get(kept.key)
            except FileNotFoundError:
                yield f"{kept.what} {kept.name}: its file {kept.key[:12]}… is missing"
            except files.Damaged:
                yield f"{kept.what} {kept.name}: its file {kept.key[:12]}… is not what was stored"


def _at_head(case: str, seq: int, hash_: str, head_seq: int | None, head_hash: str | None) -> Iterator[str]:
    if head_seq is None:
        yield f"{case}: the head of its chain is missing"
    elif head_seq > seq:
        yield f"{case}: {_missing(seq + 1, head_seq)}"
    elif (head_seq, head_hash) != (seq, hash_):
        yield f"{case}: the head of its chain is not its last entry"


def _missing(first: int, last: int) -> str:
    return f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
