"""Each kind of damage to the record is found and named, and a whole record has none."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, select, text, update

from eoi.extensions import db as database
from eoi.extensions import today
from eoi.models import AuditDetail, AuditEntry, AuditHead, Letter, SectionAnswers, Snapshot, Submission, User
from eoi.outbound import files
from eoi.rules.chain import FIRST, digest, link
from eoi.rules.stages import Stage
from eoi.workflow import anchoring, redacting
from eoi.workflow.verifying import FIELDS, Verification

UNLOCK = {
    "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
    "postgresql": ["DROP TRIGGER audit_entry_insert_only ON audit_entry"],
}
NAME = "whole"


class Record:
    """A case with a letter, its files, and the means to damage them past every lock."""

    def __init__(self, app, engine, submission_id: int):
        self.app, self.engine, self.id = app, engine, submission_id
        self.case = f"submission:{submission_id}"
        self.store = files.open_store(app.config["FILES_URL"])

    def faults(self) -> list[str]:
        anchors = list(anchoring.stored(anchoring.folder()))
        return list(Verification(self.store, anchors).faults())

    def run(self, *statements) -> None:
        for statement in [*map(text, UNLOCK[database.engine.dialect.name]), *statements]:
            database.session.execute(statement)
        database.session.commit()

    def entry(self, seq: int):
        return (AuditEntry.case == self.case) & (AuditEntry.seq == seq)

    def remove(self, seq: int) -> None:
        gone = select(AuditEntry.id).where(self.entry(seq)).scalar_subquery()
        self.run(delete(AuditDetail).where(AuditDetail.entry_id == gone), delete(AuditEntry).where(self.entry(seq)))

    @property
    def last(self) -> int:
        return database.session.get_one(AuditHead, self.case).seq

    @property
    def letter(self) -> Letter:
        return database.session.scalars(select(Letter).where(Letter.submission_id == self.id)).first()

    def file(self, key: str):
        return self.store._path(key)

    def again(self) -> None:
        database.session.remove()
        database.engine.dispose()
        self.engine.reset(NAME)


@pytest.fixture
def record(cases, app, engine):
    submission = cases.at(Stage.PRE_STATUTORY)
    found = Record(app, engine, submission.id)
    database.session.remove()
    database.engine.dispose()
    engine.keep(NAME)
    return found


def change_entry(r: Record) -> None:
    r.run(update(AuditEntry).where(r.entry(2)).values(actor_role="Nobody"))


def change_detail(r: Record) -> None:
    of = select(AuditEntry.id).where(r.entry(2)).scalar_subquery()
    r.run(update(AuditDetail).where(AuditDetail.entry_id == of).values(content={"section": "another"}))


def change_snapshot(r: Record) -> None:
    r.run(update(Snapshot).where(Snapshot.submission_id == r.id).values(content={"sections": []}))


def change_snapshot_and_digest(r: Record) -> None:
    forged = {"sections": []}
    r.run(update(Snapshot).where(Snapshot.submission_id == r.id).values(content=forged, sha256=digest(forged)))


def change_letter(r: Record) -> None:
    other = r.store.put(b"another letter")
    r.run(update(Letter).where(Letter.submission_id == r.id).values(key=other))


def change_head(r: Record) -> None:
    r.run(update(AuditHead).where(AuditHead.case == r.case).values(hash="0" * 64))


def change_fact(**to) -> Callable[[Record], None]:
    return lambda r: r.run(update(Submission).where(Submission.id == r.id).values(**to))


def change_answers(r: Record) -> None:
    rows = select(SectionAnswers).where(SectionAnswers.submission_id == r.id)
    held = next(row for row in database.session.scalars(rows) if "places" in row.answers)
    held.answers = {**held.answers, "places": held.answers["places"] + 1}
    database.session.commit()


def lose_everything(r: Record) -> None:
    ours = select(AuditEntry.id).where(AuditEntry.case == r.case)
    r.run(
        delete(AuditDetail).where(AuditDetail.entry_id.in_(ours)),
        delete(AuditEntry).where(AuditEntry.case == r.case),
    )


DAMAGES: dict[str, tuple[Callable[[Record], None], list[str]]] = {
    "entry": (change_entry, ["{case}: entry 2 was changed after it was written"]),
    "detail": (change_detail, ["{case}: the detail of entry 2 was changed after it was written"]),
    "gap": (lambda r: r.remove(2), ["{case}: entry 2 is missing"]),
    "last": (lambda r: r.remove(r.last), ["{case}: entry {last} is missing", "{case}: it is at pre_statutory, and *"]),
    "head": (change_head, ["{case}: the head of its chain is not its last entry"]),
    "chain": (
        lose_everything,
        ["{case}: its entries are gone, and only the head of its chain is left", "{case}: it has no audit record"],
    ),
    "stage": (change_fact(stage=Stage.OPEN, due_on=None), ["{case}: it is at open, and its audit record ends at *"]),
    "places": (change_fact(places=999), ["{case}: its places is not what its answers say"]),
    "answers": (change_answers, ["{case}: its places is not what its answers say"]),
    "score": (change_fact(score=100.0), ["{case}: its score is not what the locked scores make"]),
    "due": (change_fact(due_on=anchoring.date(2031, 1, 1)), ["{case}: its due_on is not what its stage *"]),
    "snapshot": (change_snapshot, ["{case}: snapshot * (*) was changed after it was frozen"]),
    "forged": (change_snapshot_and_digest, ["{case}: snapshot * (*) is not one that the audit record names"]),
    "letter": (change_letter, ["{case}: letter * is not the one that the audit record names"]),
    "bytes": (lambda r: r.file(r.letter.key).write_bytes(b"x"), ["letter *: its file * is not what was stored"]),
    "file": (lambda r: r.file(r.letter.key).unlink(), ["letter *: its file * is missing"]),
}


def test_record_that_is_whole_has_no_fault_and_each_damage_is_found(record):
    verification = Verification(record.store)
    assert list(verification.faults()) == []
    assert {"chains", "entries", "cases", "snapshots", "letters", "files"} <= verification.checked.keys()
    kept = record.file(record.letter.key).read_bytes()
    unlike = {}
    for name, (damage, expected) in DAMAGES.items():
        last = record.last
        damage(record)
        found = record.faults()
        wanted = [line.format(case=record.case, last=last) for line in expected]
        if len(found) < len(wanted) or not all(any(fits(line, wish) for line in found) for wish in wanted):
            unlike[name] = found
        record.again()
        record.file(record.letter.key).write_bytes(kept)
    assert unlike == {}


def test_words_that_were_erased_leave_the_chain_whole(record):
    of = select(AuditEntry.id).where(record.entry(2)).scalar_subquery()
    record.run(delete(AuditDetail).where(AuditDetail.entry_id == of))
    verification = Verification(record.store)
    assert list(verification.faults()) == []
    assert verification.checked["erased details"] == 1


def test_words_that_were_redacted_leave_the_record_whole(record):
    olu = database.session.scalars(select(User).where(User.email.startswith("olu"))).one().actor(today())
    submission = database.session.get_one(Submission, record.id)
    for key in ("places", "need_case"):
        redacting.redact_answer(submission, key, "It told of a pupil", by=olu)
    database.session.commit()
    assert submission.places is None
    assert record.faults() == []


def test_chain_that_was_rewritten_whole_is_found_by_an_anchor_only(record):
    anchoring.write(anchoring.folder())
    rewrite(record)
    assert list(Verification(record.store).faults()) == []
    [anchor] = anchoring.stored(anchoring.folder())
    says = f"{record.case}: entry {record.last} is not the one in {anchor.file.name}: *"
    assert [fits(line, says) for line in record.faults()] == [True]


def test_case_that_went_without_a_word_is_found_by_an_anchor(record):
    anchoring.write(anchoring.folder())
    other = select(AuditEntry.id).where(AuditEntry.case.startswith("user:") | (AuditEntry.case == "register"))
    record.run(insert(AuditHead).values(case="round:77", seq=1, hash=FIRST))
    assert record.faults() == ["round:77: its entries are gone, and only the head of its chain is left"]
    assert database.session.scalars(other).all() == []


def rewrite(record: Record) -> None:
    """Change an early entry and chain everything after it anew, head and all, as somebody with the database could."""
    rows = select(AuditEntry).where(AuditEntry.case == record.case).order_by(AuditEntry.seq)
    previous, statements = FIRST, []
    for entry in database.session.scalars(rows):
        fields = {name: getattr(entry, name) for name in FIELDS}
        fields["actor_role"] = "Somebody else" if entry.seq == 2 else fields["actor_role"]
        hash_ = link(previous, **fields)
        values = {"actor_role": fields["actor_role"], "previous": previous, "hash": hash_}
        statements.append(update(AuditEntry).where(AuditEntry.id == entry.id).values(values))
        previous = hash_
    record.run(*statements, update(AuditHead).where(AuditHead.case == record.case).values(hash=previous))


def fits(line: str, pattern: str) -> bool:
    """Whether the line is the pattern, in which * stands for anything."""
    first, *others = pattern.split("*")
    rest = line.removeprefix(first) if line.startswith(first) else None
    for part in others:
        if rest is None or part not in rest:
            return False
        rest = rest[rest.index(part) + len(part) :] if part else ""
    return rest == ""
