"""Messages between a school and its case officer, and comments of the council. The caller commits.

The other side is told by mail that there is something to read, never what it says.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from eoi.extensions import db, now
from eoi.models import Attachment, Comment, Message, Submission
from eoi.queries import talking
from eoi.rules import pupil_data
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.talking import Audience
from eoi.workflow import audit, notices
from eoi.workflow.facts import refresh_search
from eoi.workflow.stages import require

NEWER = "Somebody wrote while you did. Read it, then send yours or change it first."


class Stored(Protocol):
    """A file that has been checked, scanned and stored."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def scanned(self) -> str: ...


def write_to_council(
    submission: Submission, text: str, files: Sequence[Stored] = (), *, seen: int, sure: bool = False, by: Actor
) -> Message:
    """A message of the school to its case officer, who gets a mail. `seen` is the number of the last message seen.

    Raises NotAllowed, WrongStage before it is submitted, MovedOn, Invalid: empty, or with signs of a pupil's data while
    the person has not said that they are `sure`.
    """
    require(by, Permission.ANSWER, submission)
    message = _write(submission, text, files, True, seen, sure, by)
    path = f"/review/submissions/{submission.reference}/messages"
    notices.tell_council("message_to_council", submission, f"message {message.id}", path=path)
    return message


def write_to_school(
    submission: Submission, text: str, files: Sequence[Stored] = (), *, seen: int, sure: bool = False, by: Actor
) -> Message:
    """A message of the council to the school, which gets a mail. Raises as `write_to_council` does."""
    require(by, Permission.MESSAGE, submission)
    message = _write(submission, text, files, False, seen, sure, by)
    path = f"/apply/{submission.public_id}/messages"
    notices.tell_school("message_to_school", submission, f"message {message.id}", path=path)
    return message


def _write(
    submission: Submission, text: str, files: Sequence[Stored], from_school: bool, seen: int, sure: bool, by: Actor
) -> Message:
    if submission.is_draft:
        raise WrongStage("Messages begin once the expression of interest is submitted.")
    last = talking.last_message(submission)
    if (last.number if last else 0) != seen:
        raise MovedOn(NEWER, {"The latest message": last.text if last else ""}, {"Your message": text})
    _can_be_kept(text, files, sure)
    read(submission, from_school=not from_school, by=by)
    message = Message(
        submission_id=submission.id, number=seen + 1, from_school=from_school, text=text.strip(), sent_at=now(),
        sent_by_id=by.id,
    )  # fmt: skip
    _add(message, {"Your message": text})
    _attach(submission, files, message_id=message.id)
    detail = {"number": message.number, "files": [file.key for file in files]}
    audit.record(submission.case, "message", by=by, detail=detail)
    refresh_search(submission)
    return message


def read(submission: Submission, *, from_school: bool, by: Actor) -> int:
    """Note that the other side has read the messages of this one; how many were new."""
    new = (Message.submission_id == submission.id, Message.from_school.is_(from_school), Message.read_at.is_(None))
    ids = db.session.scalars(update(Message).where(*new).values(read_at=now(), read_by_id=by.id).returning(Message.id))
    return len(ids.all())


def mark_read_by_school(submission: Submission, *, by: Actor) -> int:
    require(by, Permission.ANSWER, submission)
    return read(submission, from_school=False, by=by)


def mark_read_by_council(submission: Submission, *, by: Actor) -> int:
    require(by, Permission.MESSAGE, submission)
    return read(submission, from_school=True, by=by)


def comment(
    submission: Submission,
    audience: Audience,
    text: str,
    files: Sequence[Stored] = (),
    *,
    seen: int,
    sure: bool = False,
    by: Actor,
) -> Comment:
    """A comment for the case team or the panel. `seen` is the number of the last one that the person could see.

    Raises NotAllowed, also for an audience that the person is not in; MovedOn, Invalid.
    """
    require(by, Permission.COMMENT, submission)
    readable = talking.audiences(submission, by)
    if audience is Audience.SCHOOL or audience not in readable:
        raise NotAllowed
    newest = next(iter(talking.comments(submission, readable)), None)
    if (newest.number if newest else 0) != seen:
        raise MovedOn(NEWER, {"The latest comment": newest.text if newest else ""}, {"Your comment": text})
    _can_be_kept(text, files, sure)
    made = Comment(
        submission_id=submission.id, number=talking.last_number(submission) + 1, audience=audience, text=text.strip(),
        made_at=now(), made_by_id=by.id,
    )  # fmt: skip
    _add(made, {"Your comment": text})
    _attach(submission, files, comment_id=made.id)
    detail = {"audience": audience, "files": [file.key for file in files]}
    audit.record(submission.case, "comment", by=by, detail=detail)
    refresh_search(submission)
    return made


def _can_be_kept(text: str, files: Sequence[Stored], sure: bool) -> None:
    if not text.strip():
        raise Invalid({"text": "Enter your message" if not files else "Enter what the files are"})
    if not sure and (sign := pupil_data.warning(text)):
        raise Invalid({"text": sign, "sure": "Change the text, or tick that no child can be known from it"})


def _add(row: Message | Comment, yours: dict[str, str]) -> None:
    """Keep it. Of two with the same number the later one is refused: who sent it has not seen the other."""
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise MovedOn(NEWER, {}, yours) from None


def _attach(
    submission: Submission, files: Sequence[Stored], *, message_id: int | None = None, comment_id: int | None = None
) -> None:
    for file in files:
        db.session.add(
            Attachment(
                submission_id=submission.id, message_id=message_id, comment_id=comment_id, name=file.name,
                content_type=file.kind, size=file.size, key=file.key, scanned=file.scanned, added_at=now(),
            )
        )  # fmt: skip
