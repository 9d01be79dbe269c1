"""What has been said about a case of the world: messages, a comment, a flag, a request; and the files beside them."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Attachment, Flag, Message, SchoolRequest, Submission
from eoi.outbound import files
from eoi.rules.talking import Audience, Wish
from eoi.workflow import holding, talking
from tests.cases import Cases


@dataclass(frozen=True)
class Stored:
    """A file as the door gives it."""

    key: str
    name: str = "Plan.pdf"
    kind: str = "application/pdf"
    size: int = 6
    scanned: str = "clean"


def attached() -> dict[str, str]:
    """The first file beside a message, and the one beside a comment."""
    of = {"message_file": Attachment.message_id, "comment_file": Attachment.comment_id}
    rows = {
        name: select(Attachment.public_id).where(key.is_not(None)).order_by(Attachment.id) for name, key in of.items()
    }
    return {name: str(db.session.scalars(found).first()) for name, found in rows.items()}


def talked(cases: Cases, case: Submission) -> Submission:
    """Sam and Olu have each a message to read, with files; a comment, a flag, and a call that Sam asks for."""
    sam, olu = cases.people.actor("sam"), cases.people.actor("olu")
    key = files.open_store(current_app.config["FILES_URL"]).put(b"a plan")
    paper = Stored(key)
    talking.write_to_council(case, "When do you visit?", [paper], seen=0, by=sam)
    talking.write_to_school(case, "On Monday.", [paper], seen=1, by=olu)
    talking.write_to_council(case, "Good.", seen=2, by=sam)
    talking.write_to_school(case, "See you.", seen=3, by=olu)
    talking.write_to_council(case, "And the rooms?", seen=4, by=sam)
    last = select(Message).where(Message.submission_id == case.id, Message.number == 4)
    db.session.scalars(last).one().read_at = None
    talking.comment(case, Audience.PANEL, "Look twice.", [paper], seen=0, by=olu)
    holding.flag(case, "PFI building", by=olu)
    db.session.add(SchoolRequest(submission_id=case.id, wish=Wish.CALL, text="Any day.", asked_at=now()))
    return case


def said_ids() -> dict[str, int]:
    """The flag that is up, and the request that waits."""
    models = {"flag": Flag, "request": SchoolRequest}
    return {name: db.session.scalars(select(model.id)).one() for name, model in models.items()}
