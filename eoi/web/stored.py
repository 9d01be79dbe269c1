"""Stored files on their way to a browser: saved, or shown where they can lie still."""

import io

from flask import Response, current_app, request, send_file

from eoi.models import Document
from eoi.outbound import documents, files
from eoi.outbound.documents import FileKind
from eoi.rules.errors import BadFile, FileHeld, NotFound
from eoi.web.security import INERT, SHOWN


def send_document(found: Document) -> Response:
    """A file of a school: saved, or shown in the browser where that is asked for and its kind can lie still there.

    Raises FileHeld until it is scanned.
    """
    if found.is_held:
        raise FileHeld
    if found.is_infected:
        raise NotFound
    shown = "show" in request.args and found.content_type in documents.SHOWN
    response = send(found.key, found.name, found.content_type, inline=shown)
    if shown:
        response.headers["Content-Security-Policy"] = SHOWN if found.content_type == FileKind.PDF else INERT
    return response


def send(key: str, name: str, content_type: str, *, inline: bool = False) -> Response:
    """A stored file. What a school sent is downloaded, never shown in the page's own origin."""
    try:
        content = files.open_store(current_app.config["FILES_URL"]).get(key)
    except (FileNotFoundError, files.Damaged) as gone:
        raise BadFile("The file cannot be read now. Tell us, and we put it right.") from gone
    return send_file(io.BytesIO(content), mimetype=content_type, as_attachment=not inline, download_name=name)
