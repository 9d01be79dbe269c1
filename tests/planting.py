"""A marker planted in every free text of a case and of a person, and looked for afterwards, everywhere.

Columns are taken from the tables themselves: one that is added later is planted and searched too.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pymupdf
from sqlalchemy import JSON, Table, select, update

from eoi.cli.seed.road import Road
from eoi.extensions import db, today
from eoi.models import (
    Access,
    Attachment,
    AuditDetail,
    AuditEntry,
    Comment,
    Document,
    Flag,
    FoiMark,
    Letter,
    Message,
    Pause,
    Redaction,
    SchoolRequest,
    SectionAnswers,
    SignIn,
    Snapshot,
    Submission,
    User,
)
from eoi.models.base import Base
from eoi.models.link import Purpose
from eoi.models.sign_in import How, token_hash
from eoi.outbound.files import Disk
from eoi.queries import personal, retention
from eoi.rules.foi import Exemption
from eoi.rules.permissions import SYSTEM
from eoi.rules.stages import Stage
from eoi.rules.talking import Audience, Wish
from eoi.rules.words import Path as Offer
from eoi.rules.words import Step
from eoi.workflow import delegations, foi, keeping, links, notices, submitting
from eoi.workflow import retention as schedule
from tests.cases import Cases
from tests.clock import START

#: What other rows, files or code are found by: words in them would break the case, not hide in it.
NOT_WORDS = {
    "key", "pdf_key", "sha256", "public_id", "number", "criterion", "kind", "digest", "action", "step", "question",
    "content_type", "scanned", "item",
}  # fmt: skip


def plant_case(submission_id: int, marker: str, store: Disk) -> int:
    """Put the marker in every text, JSON and file of this case; how many cells."""
    cells = 0
    for table, mine in retention.owned(submission_id):
        cells += sum(_plant(table, row, marker) for row in db.session.execute(select(table).where(mine)).all())
    chain = select(AuditEntry.id).where(AuditEntry.case == f"submission:{submission_id}")
    details = update(AuditDetail).where(AuditDetail.entry_id.in_(chain))
    cells += db.session.execute(details.values(actor_name=marker, content={"words": marker})).rowcount
    for model, column, content in (
        (Document, "key", _zipped(marker)), (Attachment, "key", _zipped(f"{marker} beside")),
        (Letter, "key", _pdf(marker)), (Snapshot, "pdf_key", marker.encode()),
    ):  # fmt: skip
        key = store.put(content)
        done = update(model).where(model.submission_id == submission_id).values({column: key})
        cells += db.session.execute(done).rowcount
    db.session.commit()
    db.session.expire_all()
    return cells


def _plant(table: Table, row: Any, marker: str) -> int:
    values: dict[str, Any] = {}
    fixed = {column.name for constraint in table.constraints for column in getattr(constraint, "columns", ())}
    fixed |= {column.name for column in table.columns if column.unique}
    for column in personal.texts(table):
        old = row._mapping[column]
        if column.name in fixed | NOT_WORDS or old is None:
            continue
        if isinstance(column.type, JSON):
            values[column.name] = [*old, marker] if isinstance(old, list) else {**old, "planted": marker}
        else:
            values[column.name] = f"{marker} {old}"[: column.type.length or None]
    if values:
        this = [column == row._mapping[column] for column in table.primary_key.columns]
        db.session.execute(update(table).where(*this).values(values))
    return len(values)


def add_rows(submission_id: int, cases: Cases, marker: str) -> None:
    """One row of each kind that a case of the examples has not: a request, a hold, a delegation, a link, a mail."""
    case, people = db.session.get_one(Submission, submission_id), cases.people
    officer, admin, harriet = (people.actor(name) for name in ("olu", "ada", "harriet"))
    request = foi.log(
        received_on=case.created_at.date(), requester="Somebody", asked="Everything", cases=[case], by=officer
    )
    mark = FoiMark(request_id=request.id, submission_id=case.id, item="x", withheld=True, exemption=Exemption.PERSONAL,
                   reason=marker, decided_at=case.created_at)  # fmt: skip
    held = schedule.hold(case, reason=marker, review_on=date.max, by=admin)
    db.session.add_all([mark, Access(at=case.created_at, submission_id=case.id, what=f"/x/{marker}")])
    schedule.lift(held, by=admin)
    delegations.delegate(people.dev, starts_on=today(), ends_on=None, submission_id=case.id, reason=marker, by=harriet)
    links.make(Purpose.SIGN, email=f"{marker}@x.example", name=marker, submission_id=case.id, payload={"x": marker})
    notices.mail("submitted", f"{marker}@x.example", f"planted {marker}", submission_id=case.id, name=marker)
    say_things(case, marker)
    db.session.add(
        Redaction(submission_id=case.id, place="x", digest="0" * 64, reason=marker, redacted_at=case.created_at)
    )
    db.session.commit()


def say_things(case: Submission, marker: str) -> None:
    """Whatever can be said about a case, in the words of nobody in particular."""
    moment = case.created_at
    said = Message(submission_id=case.id, number=1, from_school=True, text=marker, sent_at=moment)
    comments = [
        Comment(submission_id=case.id, number=number, audience=audience, text=marker, made_at=moment)
        for number, audience in enumerate((Audience.CASE_TEAM, Audience.PANEL), 1)
    ]
    db.session.add_all([said, *comments])
    db.session.flush()
    common = {"content_type": "application/pdf", "size": 1, "key": "0" * 64, "scanned": "clean", "added_at": moment}
    db.session.add_all([
        Attachment(submission_id=case.id, message_id=said.id, name=marker, **common),
        Attachment(submission_id=case.id, comment_id=comments[0].id, name=marker, **common),
        Flag(submission_id=case.id, reason=marker, raised_at=moment),
        Pause(submission_id=case.id, reason=marker, began_at=moment, ended_at=moment, ended_why=marker),
        SchoolRequest(submission_id=case.id, wish=Wish.CALL, text=marker, asked_at=moment, done_note=marker),
    ])  # fmt: skip


def marked_case(cases: Cases, marker: str, store: Disk) -> tuple[Submission, int]:
    """A case that opened, planted through and through; and how many cells hold the marker."""
    cases.clock.travel(START)
    submission = cases.at(Stage.OPEN, path=Offer.SATELLITE)
    add_rows(submission.id, cases, marker)
    return submission, plant_case(submission.id, marker, store)


class Named(Road):
    """A road on which the school names its head as the contact."""

    def fill(self, steps: tuple[Step, ...]) -> None:
        super().fill(steps)
        contacts = select(SectionAnswers).where(
            SectionAnswers.submission_id == self.submission.id, SectionAnswers.key == "contacts"
        )
        section, lead = db.session.scalars(contacts).one(), self.cast.school
        section.answers = {**section.answers, "lead_name": lead.name, "lead_email": lead.email}


def marked_person(cases: Cases, marker: str, store: Disk) -> tuple[User, Submission]:
    """Alice under a name that holds the marker, who led a case to the panel by the real verbs; and that case."""
    alice = cases.people.alice
    alice.name, alice.email, alice.job_title = f"{marker} Person", f"{marker.lower()}@example.org", f"Head {marker}"
    db.session.flush()
    cases.clock.travel(START)
    road = cases.road()
    named = Named(road.submission, road.cast, road.random, road.wait, road.partner)
    submission = named.to(Stage.PANEL)
    for snapshot in db.session.scalars(select(Snapshot).where(Snapshot.submission_id == submission.id)):
        submitting.keep_print(snapshot, store.put(_pdf(f"{alice.name} {snapshot.id}")), by=SYSTEM)
    _around(alice, cases)
    return alice, submission


def _around(alice: User, cases: Cases) -> None:
    """What else there is of a person: links, a kept form, mail on its way, a session, a delegation."""
    links.make(Purpose.RESET, email=alice.email, name=alice.name, user=alice)
    keeping.keep("/apply/x", [("said", f"{alice.name} says")], alice.id)
    notices.mail("reset", alice.email, f"planted {alice.id}", name=alice.name)
    notices.mail("added", "olu@example.org", f"named {alice.id}", name="Olu", inviter=alice.name, granted="")
    moment = alice.created_at
    db.session.add(SignIn(user_id=alice.id, token_hash=token_hash(alice.email), how=How.PASSWORD, began_at=moment,
                          used_at=moment, device=alice.name, address=alice.name))  # fmt: skip
    first, harriet = moment.date(), cases.people.actor("harriet")
    delegations.delegate(cases.people.dev, starts_on=first, ends_on=first + timedelta(days=900), submission_id=None,
                         reason=f"{alice.name} is away", by=harriet)  # fmt: skip
    db.session.commit()


def found(marker: str, folder: Path) -> list[str]:
    """Every place that still holds the marker, in whatever case: tables, the database's own files, stored files."""
    wanted = marker.lower()
    places = [f"table {name}" for name, text in _rows() if wanted in text.lower()]
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if wanted.encode() in file.read_bytes().lower() or wanted in _text_of(file).lower():
            places.append(f"file {file.name}")
    return sorted(set(places))


def _rows() -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            yield table.name, repr(tuple(row))
    db.session.rollback()


def _text_of(file: Path) -> str:
    """The words inside a PDF or an archive, where the bytes hide them."""
    content = file.read_bytes()
    if content.startswith(b"%PDF") and b"%%EOF" in content:
        with pymupdf.open(stream=content) as document:
            return " ".join(page.get_text() for page in document)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return ""


def _zipped(marker: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{marker}</w:t>" * 50)
    return packed.getvalue()


def _pdf(marker: str) -> bytes:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), f"Dear {marker}")
        return document.tobytes(deflate=True)
