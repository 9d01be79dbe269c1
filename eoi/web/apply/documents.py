"""Files of the form: checked, scanned and stored before anything is written; listed, downloaded, removed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Document, Submission
from eoi.outbound import documents, files, scan
from eoi.outbound.documents import FileKind
from eoi.queries import drafts
from eoi.rules.errors import BadFile, NotFound
from eoi.rules.parsing import clean
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions.types import Kind, Question
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.workflow import drafting
from eoi.workflow.drafting import MOST_BYTES

ACCEPT = ",".join(documents.ENDINGS)
TICK = "-no-pupil-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file whose bytes are checked and stored under `key`."""

    question: str
    name: str
    kind: FileKind
    size: int
    key: str
    scanned: str


@dataclass(slots=True)
class Uploads:
    """The files of one post: those that may be added, and what is wrong with the others, by field."""

    good: list[Upload] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Sequence[Question], there: Sequence[Document]) -> "Uploads":
        """Check, scan and store what was chosen for these questions. Writes nothing to the database."""
        found, room = cls(), MOST_BYTES - sum(document.size for document in there)
        for question in (question for question in asked if question.kind is Kind.FILE):
            chosen = request.files.get(question.key)
            if chosen is None or not chosen.filename:
                continue
            try:
                upload = _taken(question.key, chosen, room)
            except BadFile as refused:
                found.errors[question.key] = refused.message
            else:
                found.good.append(upload)
                room -= upload.size
        return found

    def add_to(self, submission: Submission, *, by: Actor) -> None:
        for upload in self.good:
            drafting.add_document(
                submission, upload.question, name=upload.name, content_type=upload.kind, size=upload.size,
                key=upload.key, scanned=upload.scanned, no_pupil_data=True, by=by,
            )  # fmt: skip


def _taken(question: str, chosen: FileStorage, room: int) -> Upload:
    """The file, checked, scanned and stored. Raises BadFile with the reason."""
    name = clean(chosen.filename or "").replace("\\", "/").rpartition("/")[2]
    content = chosen.read(documents.LARGEST + 1)
    kind = documents.check(name, content)
    if f"{question}{TICK}" not in request.form:
        raise BadFile("Confirm that the file holds no pupil data, and choose it again")
    if len(content) > room:
        raise BadFile("All files together must be smaller than 20 MB. Remove one, or choose a smaller file")
    try:
        verdict = scan.scan(content, current_app.config["CLAMD_URL"])
    except scan.ScannerAway:
        raise BadFile("The virus check does not answer. Try again in a few minutes") from None
    if verdict is scan.Verdict.INFECTED:
        raise BadFile("The file has a virus. It was not kept")
    key = files.open_store(current_app.config["FILES_URL"]).put(content)
    return Upload(question, name, kind, len(content), key, verdict)


@bp.get("/<public_id>/documents/<document_id>")
@requires(Permission.READ_OWN, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def document(public_id: str, document_id: str) -> Response:
    found = _find(find_submission(public_id), document_id)
    return send(found.key, found.name, found.content_type)


@bp.route("/<public_id>/documents/<document_id>/remove", methods=["GET", "POST"])
@requires(Permission.ANSWER, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def remove_document(public_id: str, document_id: str) -> str | AnyResponse:
    submission = find_submission(public_id)
    found = _find(submission, document_id)
    section = next((key for key, keys in drafting.open_now(submission).items() if found.question in keys), None)
    if section is None:
        raise NotFound
    page = url_for(".section", public_id=public_id, key=section)
    if request.method == "GET":
        return render_template("apply/remove_document.html", submission=submission, document=found, back=page)
    drafting.remove_document(found, by=actor())
    db.session.commit()
    flash(f"{found.name} is removed.", "success")
    return redirect(page)


def _find(submission: Submission, document_id: str) -> Document:
    found = drafts.document(submission, document_id)
    if found is None:
        raise NotFound
    return found


def send(key: str, name: str, content_type: str, *, inline: bool = False) -> Response:
    """A stored file. What a school sent is downloaded, never shown in the page's own origin."""
    try:
        content = files.open_store(current_app.config["FILES_URL"]).get(key)
    except (FileNotFoundError, files.Damaged) as gone:
        raise BadFile("The file cannot be read now. Tell us, and we put it right.") from gone
    return send_file(io.BytesIO(content), mimetype=content_type, as_attachment=not inline, download_name=name)
