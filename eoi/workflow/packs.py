"""Panel packs: asked for by a member, made by a job, kept for a month."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Pack, PanelMeeting
from eoi.queries import panel as queries
from eoi.rules.errors import NotAllowed, Refused
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit, notices, outgoing

JOB = "panel_pack"
KEPT = timedelta(days=30)


def ask(meeting: PanelMeeting, *, by: Actor) -> Pack:
    """Ask for the papers of this meeting as one PDF, made for this person. The caller commits.

    One that is being made already is that one. Raises NotAllowed, Refused before the person has said of each case
    whether they have a conflict of interest, or where no case is theirs to read.
    """
    if not may(by, Permission.READ_CASE):
        raise NotAllowed
    items = queries.items(meeting, by)
    said = queries.declared([item.submission_id for item in items], [by.id or 0])
    if any((item.submission_id, by.id) not in said for item in items):
        raise Refused("Say first, for the whole agenda, whether you have a conflict of interest.")
    if not items:
        raise Refused("No case on this agenda is yours to read.")
    waiting = [pack for pack in queries.packs(meeting, by) if pack.ready_at is None]
    if waiting:
        return waiting[0]
    pack = Pack(meeting_id=meeting.id, reader_id=by.id, asked_at=now(), of=len(items))
    db.session.add(pack)
    db.session.flush()
    outgoing.promise(JOB, f"{JOB} {pack.id}", {"pack_id": pack.id})
    audit.record(meeting.case, "ask_pack", by=by, detail={"cases": len(items)})
    return pack


def note(pack: Pack, gathered: int) -> None:
    """How far it is. The job commits."""
    pack.gathered = gathered


def finish(pack: Pack, key: str, cases: Sequence[int]) -> None:
    """It is printed and stored under this key: tell the reader. The job commits."""
    pack.key, pack.cases, pack.ready_at = key, list(cases), now()
    notices.mail(
        "pack_ready", pack.reader.email, f"pack {pack.id}", path=f"/panel/packs/{pack.public_id}",
        name=pack.reader.name, held_on=pack.meeting.held_on,
    )  # fmt: skip


def stands(pack: Pack, *, by: Actor) -> bool:
    """Whether the reader may still read every case that is in it."""
    return queries.readable(pack.cases, by) == len(pack.cases)


def tidy() -> list[str]:
    """Packs of more than a month ago go; their files' keys. The caller commits."""
    return _forget(db.session.scalars(select(Pack).where(Pack.asked_at < now() - KEPT)).all())


def forget(submission_id: int) -> list[str]:
    """Packs that hold this case go, whoever reads them; their files' keys. The caller commits."""
    return _forget([pack for pack in db.session.scalars(select(Pack)) if submission_id in pack.cases])


def _forget(packs: Sequence[Pack]) -> list[str]:
    keys = [pack.key for pack in packs if pack.key]
    for pack in packs:
        db.session.delete(pack)
    db.session.flush()
    return keys
