"""PDFs on their way to a person: the right name, and open or saved as they asked."""

import io

from flask import Response, current_app, send_file

from eoi.outbound import files

PDF = "application/pdf"


def sent(content: bytes, name: str, *, kind: str = PDF, inline: bool = False) -> Response:
    """A file to save, or to open in the browser."""
    return send_file(io.BytesIO(content), kind, as_attachment=not inline, download_name=name)


def stored(key: str) -> bytes:
    """The bytes kept under this SHA-256; reading checks them."""
    return files.open_store(current_app.config["FILES_URL"]).get(key)


def letter_name(number: str, more: str = "") -> str:
    """EOI-2026-0001 letter L1.pdf, from the letter's number."""
    reference, _, letter = number.partition("/")
    return f"{reference} letter {letter}{more}.pdf"
