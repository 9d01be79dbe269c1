"""What every box of a message or comment shares: the text, files beside it, the number of the last one seen."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request

from eoi.extensions import db
from eoi.models import Attachment
from eoi.outbound import documents
from eoi.rules.errors import BadFile, Invalid, NotFound
from eoi.rules.scanning import Verdict
from eoi.rules.talking import MOST_WORDS
from eoi.web import refusals
from eoi.web.apply.documents import Upload, taken
from eoi.web.fields import FilesField, Needed, TextField, TickField, VersionField
from eoi.web.forms import Form
from eoi.web.stored import send
from eoi.workflow.drafting import MOST_BYTES

FILES = "files"


class WritingForm(Form):
    """A message. `sure` is offered only where the text has signs of a pupil's data."""

    seen = VersionField()
    text = TextField("Your message", [Needed("Enter your message")], words=MOST_WORDS)
    files = FilesField("Files (optional)", accept=",".join(documents.ENDINGS))
    sure = TickField("No child can be known from this text")


def sent(form: WritingForm, write: Callable[[Sequence[Upload]], Any]) -> bool:
    """Check, scan and store the files, then `write` and commit. What is refused is shown on the form."""
    if not form.validate_on_submit():
        return False
    try:
        write(_stored(form))
        db.session.commit()
    except Invalid as invalid:
        refusals.show(invalid, form)
        return False
    return True


def _stored(form: WritingForm) -> list[Upload]:
    """The files of this post, through the same door as a school's documents. Raises Invalid: all of them, or none."""
    found: list[Upload] = []
    room = MOST_BYTES
    for chosen in (one for one in request.files.getlist(FILES) if one.filename):
        try:
            found.append(taken(FILES, chosen, room))
            if found[-1].scanned == Verdict.HELD:
                raise BadFile("The virus check does not answer. Try again in a few minutes")
        except BadFile as refused:
            raise Invalid({FILES: f"{chosen.filename}: {refused.message}"}) from None
        room -= found[-1].size
    return found


def send_file(found: Attachment | None) -> Any:
    """An attached file, to save. Raises NotFound."""
    if found is None:
        raise NotFound
    return send(found.key, found.name, found.content_type)
