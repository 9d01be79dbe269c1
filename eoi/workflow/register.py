"""The only writer of the register of schools: takes an extract, or the sample that ships with the service.

All or nothing: the file is read and checked first, then every change is written in the caller's transaction.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update

from eoi.extensions import db, today
from eoi.models.school import School, SchoolTerm
from eoi.outbound.extract import Extract, Progress
from eoi.rules.errors import BadFile
from eoi.rules.lookup import UNTELLING, index_words
from eoi.rules.permissions import SYSTEM, Actor
from eoi.rules.register import NAMES, OPEN_STATUSES, Layout, Report, Row, Value, Wrong, differences, layout, parse
from eoi.rules.sheets import Rejected, dated
from eoi.workflow import audit

SAMPLE = Path(__file__).parents[1] / "data" / "gias_kent.csv"
SAMPLE_AS_AT = date(2019, 1, 17)  # the school census day of its pupil numbers
SAMPLE_SOURCE = "sample of the DfE register of schools, 2017 to 2019"
BATCH = 500
FIND_URN = re.compile(r"\s*([1-9][0-9]{4,6})\s*")

schools = cast(Table, School.__table__)
terms = cast(Table, SchoolTerm.__table__)
Thing = TypeVar("Thing")


def load_sample(la_code: str, *, by: Actor = SYSTEM) -> Report:
    """Load the sample that ships with the service. The caller commits."""
    return import_extract(SAMPLE, la_code, as_at=SAMPLE_AS_AT, source=SAMPLE_SOURCE, by=by)


def import_extract(
    path: Path,
    la_code: str,
    *,
    by: Actor,
    as_at: date | None = None,
    source: str = "DfE register of schools (GIAS)",
    progress: Progress | None = None,
) -> Report:
    """Bring the register to what the extract says of this council's schools. The caller commits.

    Schools that the extract lacks or calls closed are closed here: kept where anything refers to them, such as an
    expression of interest, removed otherwise. A line that cannot be read changes nothing and is reported. `as_at` is
    the extract's day, by default the one in the file's name. Raises BadFile, before anything is written.
    """
    extract = Extract(path)
    report = Report()
    rows = _read(extract, layout(extract.header), la_code, report, progress)
    if not rows:
        raise BadFile(f"The file holds no school of the council, LA code {la_code}, that can be read.")
    _write(rows, report, as_at or _day_of(path) or today(), source, la_code)
    audit.record("register", "imported", by=by, detail={"file": path.name, "summary": report.summary()})
    db.session.expire_all()
    return report


def index_schools(urns: Iterable[int]) -> None:
    """Write anew the words that these schools are found by. The caller commits."""
    db.session.flush()
    for batch in _batches(urns):
        rows = db.session.execute(select(schools).where(schools.c.urn.in_(batch))).mappings()
        found = {row["urn"]: _words({**row}) for row in rows}
        db.session.execute(delete(terms).where(terms.c.urn.in_(batch)))
        for urn, words in found.items():
            db.session.execute(update(schools).where(schools.c.urn == urn).values(search=_search(words)))
        _index(found)


def _day_of(path: Path) -> date | None:
    """The day in a name such as edubasealldata20260331.csv."""
    digits = re.search(r"(20\d{6})", path.name)
    try:
        return dated(digits[1], "%Y%m%d") if digits else None
    except ValueError:
        return None


def _read(extract: Extract, of: Layout, la_code: str, report: Report, progress: Progress | None) -> dict[int, Row]:
    """The council's lines by URN. Lines that cannot be read go to the report."""
    rows: dict[int, Row] = {}
    first_seen: dict[int, int] = {}
    for number, cells in extract.lines(progress):
        report.read += 1
        if len(cells) != of.width:
            report.rejected.append(Rejected(number, f"has {len(cells)} values, the header has {of.width}"))
            report.absence_known = False
        elif of.of_council(cells, la_code):
            report.council += 1
            try:
                row = parse(cells, of)
            except Wrong as wrong:
                _reject(report, number, cells[of.urn], str(wrong), rows)
            else:
                _keep(report, number, row, rows, first_seen)
    return rows


def _reject(report: Report, number: int, urn_typed: str, reason: str, rows: dict[int, Row]) -> None:
    """Leave the line out. Its school, where its URN can be read, is not taken to be gone."""
    report.rejected.append(Rejected(number, reason))
    urn = FIND_URN.fullmatch(urn_typed)
    if urn:
        rows.setdefault(int(urn[1]), ())
    else:
        report.absence_known = False


def _keep(report: Report, number: int, row: Row, rows: dict[int, Row], first_seen: dict[int, int]) -> None:
    urn = cast(int, row[0])
    if urn in first_seen:
        report.rejected.append(Rejected(number, f"URN {urn} stands on line {first_seen[urn]} already"))
    else:
        first_seen[urn] = number
        rows[urn] = row


def _write(rows: dict[int, Row], report: Report, as_at: date, source: str, la_code: str) -> None:
    provenance = {"as_at": as_at, "source": source}
    for batch in _batches(row for row in rows.values() if row):
        _upsert([dict(zip(NAMES, row, strict=True)) for row in batch], provenance, report)
    if report.absence_known:
        open_here = schools.c.la_code == la_code, schools.c.status.in_(OPEN_STATUSES)
        standing = db.session.execute(select(schools.c.urn, schools.c.name).where(*open_here)).all()
        _close([(urn, name) for urn, name in standing if urn not in rows], report)


def _upsert(batch: list[dict[str, Value]], provenance: dict[str, Any], report: Report) -> None:
    urns = [values["urn"] for values in batch]
    found = db.session.execute(select(schools).where(schools.c.urn.in_(urns))).mappings()
    standing = {row["urn"]: row for row in found}
    new, changed, closing = [], [], []
    for values in batch:
        stands, ends = standing.get(values["urn"]), values["status"] not in OPEN_STATUSES
        pair = cast(tuple[int, str], (values["urn"], values["name"]))
        if stands is None:
            if not ends:
                new.append(values)
                report.added.append(pair)
        elif changes := differences({**stands}, values):
            changed.append(values)
            report.changed.append((*pair, changes))
            if ends and stands["status"] in OPEN_STATUSES:
                closing.append(pair)
        else:
            report.unchanged += 1
    _insert(new, provenance)
    _update(changed)
    if standing:
        db.session.execute(update(schools).where(schools.c.urn.in_(standing)).values(**provenance))
    _close(closing, report)


def _insert(new: list[dict[str, Value]], provenance: dict[str, Any]) -> None:
    if new:
        found = {cast(int, values["urn"]): _words(values) for values in new}
        db.session.execute(
            insert(schools), [{**v, **provenance, "search": _search(found[cast(int, v["urn"])])} for v in new]
        )
        _index(found)


def _update(changed: list[dict[str, Value]]) -> None:
    if changed:
        found = {cast(int, values["urn"]): _words(values) for values in changed}
        sets: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*NAMES[1:], "search")}
        statement = update(schools).where(schools.c.urn == bindparam("new_urn")).values(sets)
        lines = [{**values, "search": _search(found[cast(int, values["urn"])])} for values in changed]
        db.session.connection().execute(statement, [{f"new_{k}": v for k, v in line.items()} for line in lines])
        db.session.execute(delete(terms).where(terms.c.urn.in_(found)))
        _index(found)


def _words(values: dict[str, Value]) -> frozenset[str]:
    others = ("town", "locality", "district_name", "postcode", "urn", "la_code", "establishment_number")
    return index_words(str(values["name"]), *(str(values[name]) for name in others))


def _search(words: frozenset[str]) -> str:
    return f" {' '.join(sorted(words))} "


def _index(found: dict[int, frozenset[str]]) -> None:
    lines = [{"term": word[:60], "urn": urn} for urn, words in found.items() for word in words - UNTELLING]
    if lines:
        db.session.execute(insert(terms), lines)


def _close(gone: list[tuple[int, str]], report: Report) -> None:
    """Close these schools: keep those that something refers to, remove the others."""
    for batch in _batches(gone):
        urns = [urn for urn, _ in batch]
        kept = _referred_to(urns)
        report.closed.extend(pair for pair in batch if pair[0] in kept)
        report.removed.extend(pair for pair in batch if pair[0] not in kept)
        unused = [urn for urn in urns if urn not in kept]
        db.session.execute(update(schools).where(schools.c.urn.in_(kept)).values(status="Closed"))
        db.session.execute(delete(terms).where(terms.c.urn.in_(unused)))
        db.session.execute(delete(schools).where(schools.c.urn.in_(unused)))


def _referred_to(urns: list[int]) -> set[int]:
    """Which of these schools a row of any other table refers to."""
    kept: set[int] = set()
    for table in School.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is schools.c.urn and table is not terms:
                kept.update(db.session.scalars(select(key.parent).where(key.parent.in_(urns))))
    return kept


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while batch := list(islice(remaining, BATCH)):
        yield batch
