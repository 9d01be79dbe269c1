"""The print of a letter before it is issued: rendered and stored while nothing of the database is held."""

import base64
import io
from dataclasses import dataclass
from typing import Any

from flask import current_app
from PIL import Image, UnidentifiedImageError

from eoi.extensions import db, now
from eoi.models import Letter, Pen
from eoi.outbound import files, press
from eoi.outbound.papers import letter_html
from eoi.queries import papers
from eoi.rules.errors import BadFile, NotAllowed
from eoi.rules.papers import freeze
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit

LARGEST = 2_000_000  # bytes of a picture of a signature
WIDE, HIGH = 900, 300  # pixels that it is kept in


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is frozen with the letter, and the SHA-256 of its bytes in the store."""

    facts: dict[str, Any]
    key: str


def prepare(letter: Letter, *, by: Actor) -> Prepared:
    """Print the letter as this person would issue it, with their signature, and keep the bytes.

    Writes nothing to the database and lets go of it. Bytes that are then not issued stay unread in the store.
    """
    paper = papers.letter(letter)
    html = letter_html(paper, signature=_picture(by))
    db.session.rollback()
    return Prepared(freeze(paper), press.print_and_keep(html, current_app.config["FILES_URL"]))


def _picture(by: Actor) -> str:
    """The person's signature as a `data:` address, or ""."""
    pen = db.session.get(Pen, by.id) if by.id else None
    if pen is None:
        return ""
    content = files.open_store(current_app.config["FILES_URL"]).get(pen.key)
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def drawn(content: bytes) -> bytes:
    """A picture of a signature as the PNG that is kept: drawn afresh, so that nothing else of the file is.

    Raises BadFile where it is no PNG or JPEG picture, or too large.
    """
    if len(content) > LARGEST:
        raise BadFile("The picture is larger than 2 MB. Choose a smaller one.")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > 25_000_000:
                raise BadFile("The picture has too many pixels. Choose a smaller one.")
            fresh = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise BadFile("This is not a PNG or JPEG picture.") from None
    fresh.thumbnail((WIDE, HIGH))
    kept = io.BytesIO()
    fresh.save(kept, "PNG")
    return kept.getvalue()


def keep_signature(key: str, *, by: Actor) -> None:
    """Keep the picture stored under this key as the person's signature. The caller commits."""
    if not may(by, Permission.ISSUE_LETTER) or by.id is None:
        raise NotAllowed
    pen = db.session.get(Pen, by.id)
    if pen and pen.key == key:
        return
    if pen is None:
        db.session.add(Pen(user_id=by.id, key=key, added_at=now()))
    else:
        pen.key, pen.added_at = key, now()
    audit.record(f"user:{by.id}", "keep_signature", by=by, detail={"sha256": key})


def remove_signature(*, by: Actor) -> None:
    """Forget the person's signature. Letters that bear it keep it. The caller commits."""
    if pen := db.session.get(Pen, by.id):
        db.session.delete(pen)
        audit.record(f"user:{by.id}", "remove_signature", by=by)
