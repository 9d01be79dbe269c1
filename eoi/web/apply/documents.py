"""Files of the form: checked, scanned and stored before anything is written; listed, downloaded, removed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Document, Submission
from eoi.outbound import documents, files, scan
from eoi.outbound.documents import FileKind
from eoi.queries import drafts
from eoi.rules import pupil_data
from eoi.rules.errors import BadFile, NotFound
from eoi.rules.parsing import clean
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions.types import Kind, Question
from eoi.rules.scanning import Verdict
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.web.layout import lower_first
from eoi.web.stored import send_document
from eoi.workflow import drafting
from eoi.workflow.drafting import MOST_BYTES

ACCEPT = ",".join(documents.ENDINGS)
TICK = "-no-pupil-data"
NO_TICK = "Confirm that the files hold no pupil data, and choose them again"
log = logging.getLogger("eoi.files")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file whose bytes are checked and stored under `key`."""

    question: str
    name: str
    kind: FileKind
    size: int
    key: str
    scanned: Verdict


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
            chosen = [one for one in request.files.getlist(question.key) if one.filename]
            for one in chosen:
                try:
                    upload = taken(question.key, one, room, away=any(u.scanned is Verdict.HELD for u in found.good))
                except BadFile as refused:
                    found._refuse(question.key, refused.message, _plain_name(one) if len(chosen) > 1 else "")
                else:
                    found.good.append(upload)
                    room -= upload.size
        return found

    def _refuse(self, question: str, message: str, name: str) -> None:
        """Say what is wrong with a file; of several, with which. What all of them lack is said once."""
        before = self.errors.get(question, "")
        if message == NO_TICK:
            self.errors[question] = message
        else:
            self.errors[question] = ". ".join(filter(None, (before, f"{name}: {message}" if name else message)))

    def add_to(self, submission: Submission, *, by: Actor) -> None:
        for upload in self.good:
            drafting.add_document(
                submission, upload.question, name=upload.name, content_type=upload.kind, size=upload.size,
                key=upload.key, scanned=upload.scanned, no_pupil_data=True, by=by,
            )  # fmt: skip


def taken(question: str, chosen: FileStorage, room: int, *, away: bool = False) -> Upload:
    """The file, checked, scanned and stored; held where the scanner is `away`. Raises BadFile with the reason."""
    name = _plain_name(chosen)
    content = chosen.read(documents.LARGEST + 1)
    kind = documents.check(name, content)
    if f"{question}{TICK}" not in request.form:
        raise BadFile(NO_TICK)
    if message := pupil_data.in_file_name(name):
        raise BadFile(f"The name of the file: {lower_first(message)}. Give it another name, and choose it again")
    if len(content) > room:
        raise BadFile("All files together must be smaller than 20 MB. Remove one, or choose a smaller file")
    verdict = Verdict.HELD if away else _verdict(content)
    if verdict is Verdict.INFECTED:
        raise BadFile("The file has a virus. It was not kept")
    try:
        key = files.open_store(current_app.config["FILES_URL"]).put(content)
    except files.Full:
        log.exception("There is no room for a file of a school")
        whom = current_app.config["COUNCIL_EMAIL"]
        raise BadFile(f"We have no room for the file now. Try again later, or email {whom}") from None
    return Upload(question, name, kind, len(content), key, verdict)


def _verdict(content: bytes) -> Verdict:
    try:
        return scan.scan(content, current_app.config["CLAMD_URL"])
    except scan.ScannerAway:
        log.exception("The virus scanner does not answer: a file of a school is held")
        return Verdict.HELD


def _plain_name(chosen: FileStorage) -> str:
    """The name of the file without the folders that some browsers send."""
    return clean(chosen.filename or "").replace("\\", "/").rpartition("/")[2]


@bp.get("/<public_id>/documents/<document_id>")
@requires(Permission.READ_OWN, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def document(public_id: str, document_id: str) -> Response:
    """The file to save, or with `show` to look at in the browser."""
    found = _find(find_submission(public_id), document_id)
    return send_document(found)


@bp.route("/<public_id>/documents/<document_id>/replace", methods=["GET", "POST"])
@requires(Permission.ANSWER, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def replace_document(public_id: str, document_id: str) -> str | AnyResponse | tuple[str, int]:
    """Send a newer version. The one before stays in the record."""
    submission = find_submission(public_id)
    found = _find(submission, document_id)
    page, work = _section_page(submission, found), drafts.work(submission)
    error = ""
    if request.method == "POST":
        room = MOST_BYTES - sum(file.size for file in work.files if file.id != found.id)
        try:
            one = _newer(found.question, room)
        except BadFile as refused:
            error = refused.message
        else:
            drafting.add_document(
                submission, found.question, name=one.name, content_type=one.kind, size=one.size, key=one.key,
                scanned=one.scanned, no_pupil_data=True, by=actor(), instead_of=found,
            )  # fmt: skip
            db.session.commit()
            flash(f"{one.name} has taken the place of {found.name}.", "success")
            return redirect(page)
    drawn = render_template(
        "apply/replace_document.html", submission=submission, document=found, back=page, error=error, accept=ACCEPT,
        tick_name=f"{found.question}{TICK}", versions=[found, *work.earlier(found)],
    )  # fmt: skip
    return (drawn, 422) if error else drawn


def _newer(question: str, room: int) -> Upload:
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        raise BadFile("Choose the new version of the file")
    return taken(question, chosen, room)


def _section_page(submission: Submission, found: Document) -> str:
    """The page that the file is on. Raises NotFound where it is not open now."""
    section = next((key for key, keys in drafting.open_now(submission).items() if found.question in keys), None)
    if section is None:
        raise NotFound
    return url_for(".section", public_id=submission.public_id, key=section)


@bp.route("/<public_id>/documents/<document_id>/remove", methods=["GET", "POST"])
@requires(Permission.ANSWER, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def remove_document(public_id: str, document_id: str) -> str | AnyResponse:
    submission = find_submission(public_id)
    found = _find(submission, document_id)
    page = _section_page(submission, found)
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
