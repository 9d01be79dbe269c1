"""What jobs print: the school's copy of a submission, notices, and letters issued before they were printed.

Each reads its paper, lets the database go while it prints, and writes with its verb; a second run changes nothing.
"""

from collections.abc import Iterator

from flask import current_app

from eoi.extensions import db, today
from eoi.models import Letter, Pack, Snapshot
from eoi.outbound import press
from eoi.outbound.papers import eoi_html, letter_html, pack_html
from eoi.queries import papers
from eoi.rules.papers import LetterPaper, PackPaper, freeze
from eoi.rules.permissions import SYSTEM
from eoi.workflow import letters, packs, submitting

A_FEW = 5  # cases between two looks at how far a pack is
PATIENCE = 240.0  # seconds for a pack: within the lease of its job


def print_snapshot(snapshot_id: int) -> None:
    """The school's copy, once."""
    snapshot = db.session.get_one(Snapshot, snapshot_id)
    if snapshot.pdf_key is None:
        key = _printed(eoi_html(papers.eoi(snapshot)))
        submitting.keep_print(snapshot, key, by=SYSTEM)


def print_notice(letter_id: int) -> None:
    """A letter that tells no decision: printed and issued, once."""
    letter = db.session.get_one(Letter, letter_id)
    if not letter.is_issued:
        paper = papers.letter(letter)
        key = _printed(letter_html(paper))
        letters.freeze_notice(letter, facts=freeze(paper), key=key, by=SYSTEM)


def print_letter(letter_id: int) -> None:
    """A letter that was issued before it was printed, as of the day of its issue."""
    letter = db.session.get_one(Letter, letter_id)
    if letter.key is None:
        paper: LetterPaper = papers.letter(letter)
        key = _printed(letter_html(paper))
        letters.keep_print(letter, facts=freeze(paper), key=key, by=SYSTEM)


def print_pack(pack_id: int) -> Iterator[None]:
    """A panel pack, once, as one document. It stops after each few cases, so that the job can show how far it is."""
    pack = db.session.get_one(Pack, pack_id)
    if pack.key:
        return
    found: PackPaper | None = None
    for step in papers.pack(pack.meeting, pack.reader.actor(today())):
        if isinstance(step, PackPaper):
            found = step
        elif step % A_FEW == 0 or step == pack.of:
            packs.note(pack, step)
            yield
    if found is None:
        return
    cases = [line.id for line in found.shown]
    key = _printed(pack_html(found), PATIENCE)
    packs.finish(db.session.get_one(Pack, pack_id), key, cases)


def _printed(html: str, timeout: float | None = None) -> str:
    """Nothing of the database is held while the printer works."""
    db.session.rollback()
    return press.print_and_keep(html, current_app.config["FILES_URL"], timeout)
