"""One letter: its text as it stands, the officer's own paragraph, a preview as PDF, and its print once issued."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Letter
from eoi.outbound import press
from eoi.outbound.papers import letter_html
from eoi.queries import letters, papers
from eoi.rules.errors import MovedOn, NotAllowed, NotFound
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Permission
from eoi.web.access import actor, allowed, requires
from eoi.web.fields import TextField, VersionField
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.web.letters.files import letter_name, sent, stored
from eoi.web.letters.reading import reading
from eoi.web.review.opening import find_case
from eoi.workflow import letters as verbs

MOST_WORDS = 150


class ParagraphForm(Form):
    """The officer's own words."""

    version = VersionField()
    paragraph = TextField("Your own paragraph", words=MOST_WORDS)


@bp.get("/review/submissions/<ref>/letters/<name>")
@requires(Permission.READ_CASE)
def show(ref: str, name: str) -> str:
    letter = find_letter(ref, name)
    return _page(letter, ParagraphForm(version=letter.version, paragraph=letter.paragraph))


@bp.post("/review/submissions/<ref>/letters/<name>")
@requires(Permission.DRAFT_LETTER)
def write(ref: str, name: str) -> str | AnyResponse:
    letter = find_letter(ref, name, Permission.DRAFT_LETTER)
    form = ParagraphForm()
    if not form.validate_on_submit():
        return _page(letter, form)
    typed = form.paragraph.data
    try:
        verbs.write(letter, typed, seen=form.version.data, by=actor())
    except MovedOn as moved:
        raise MovedOn(moved.message, moved.theirs, {"Your own paragraph": typed}) from None
    db.session.commit()
    flash("Your paragraph is saved. It stands in the letter below.", "success")
    return redirect(url_for(".show", ref=ref, name=name))


@bp.get("/review/submissions/<ref>/letters/<name>/preview.pdf")
@requires(Permission.ISSUE_LETTER, Permission.DRAFT_LETTER)
def preview(ref: str, name: str) -> Response:
    """The draft as it would print today, marked as a draft. Nothing is kept of it."""
    letter = find_letter(ref, name)
    html = letter_html(papers.letter(letter), draft=not letter.is_issued)
    return sent(press.print_pdf(html), letter_name(letter.number, " draft"), inline=True)


@bp.get("/review/submissions/<ref>/letters/<name>/letter.pdf")
@requires(Permission.READ_CASE)
def download(ref: str, name: str) -> Response:
    letter = find_letter(ref, name)
    if letter.key is None:
        raise NotFound
    return sent(stored(letter.key), letter_name(letter.number))


@bp.get("/review/submissions/<ref>/letter.pdf")
@requires(Permission.READ_CASE)
def latest(ref: str) -> Response:
    letter = letters.latest(find_case(ref))
    if letter is None or letter.key is None:
        raise NotFound
    return sent(stored(letter.key), letter_name(letter.number))


def find_letter(ref: str, name: str, *permissions: Permission) -> Letter:
    """The letter of a case that the person may read. A draft is for those who write or issue it."""
    submission = find_case(ref, *permissions)
    letter = letters.find(submission, name)
    if letter is None:
        raise NotFound
    if not letter.is_issued and not (allowed(Permission.DRAFT_LETTER) or allowed(Permission.ISSUE_LETTER)):
        raise NotAllowed
    return letter


def _page(letter: Letter, form: ParagraphForm) -> str:
    facts: dict[str, Any] = {"letter": letter, "submission": letter.submission, "form": form}
    return render_template(
        "letters/show.html", subject=LetterKind(letter.kind).subject, reading=reading(letter), **facts
    )
