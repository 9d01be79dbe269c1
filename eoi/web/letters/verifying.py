"""Is this file the letter as it was issued? For everybody: the answer is yes or no, and nothing else."""

from typing import IO

from flask import render_template, request

from eoi.extensions import db
from eoi.outbound import files
from eoi.queries import letters
from eoi.rules.errors import TooMany
from eoi.web.access import public
from eoi.web.fields import FileField, LineField, Needed
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.workflow import throttling

LARGEST = 10 * 1024 * 1024


class VerifyForm(Form):
    number = LineField("Number of the letter", [Needed("Enter the number of the letter")],
                       description="It stands at the top of the letter, for example EOI-2026-0001/L2")  # fmt: skip
    file = FileField("The letter as a PDF", [Needed("Choose the PDF of the letter")], accept=".pdf")


@bp.route("/letters/verify", methods=["GET", "POST"])
@public
def verify() -> str:
    """Compare the file with the letter of this number, by its SHA-256. The file is not kept."""
    form, answer = VerifyForm(), None
    if form.is_submitted():
        _count()
    if form.validate_on_submit() and form.file.data:
        answer = letters.is_as_issued(form.number.data.strip().upper(), _digest(form.file.data.stream))
    return render_template("letters/verify.html", form=form, answer=answer)


def _count() -> None:
    """A try counts whatever comes of it."""
    try:
        throttling.count("verify a letter", request.remote_addr or "", limit=30, minutes=15)
    except TooMany:
        db.session.commit()
        raise
    db.session.commit()


def _digest(stream: IO[bytes]) -> str:
    """The SHA-256 of what was sent; "" where it is larger than any letter."""
    with stream:
        content = stream.read(LARGEST + 1)
    return files.key_of(content) if len(content) <= LARGEST else ""
