"""One letter: its text as it stands, the officer's own words, the guard, the hand-over, a preview, its print."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Letter
from eoi.outbound import press
from eoi.outbound.papers import letter_html
from eoi.queries import guarding, letters, papers
from eoi.rules.errors import MovedOn, NotAllowed, NotFound
from eoi.rules.papers import LetterKind
from eoi.rules.papers.ends import END_LABELS
from eoi.rules.permissions import Permission
from eoi.web.access import actor, allowed, requires
from eoi.web.fields import Needed, RadiosField, TextField, VersionField, choice
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.web.letters.files import letter_name, sent, stored
from eoi.web.letters.reading import pointed, reading
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import letters as verbs

MOST_WORDS = 150


class ParagraphForm(Form):
    """The officer's own words."""

    version = VersionField()
    paragraph = TextField(verbs.OWN, words=MOST_WORDS)
    closing = TextField(verbs.CLOSING, words=MOST_WORDS)


class OverruleForm(SeenForm):
    finding = RadiosField("What the guard found", [Needed("Choose what you overrule")])
    reason = TextField("Why the letter is right as it stands", [Needed("Enter why it is right")], words=100)


@bp.get("/review/submissions/<ref>/letters/<name>")
@requires(Permission.READ_CASE)
def show(ref: str, name: str) -> str:
    letter = find_letter(ref, name)
    form = ParagraphForm(version=letter.version, paragraph=letter.paragraph, closing=letter.closing)
    return _page(letter, form)


@bp.post("/review/submissions/<ref>/letters/<name>")
@requires(Permission.DRAFT_LETTER)
def write(ref: str, name: str) -> str | AnyResponse:
    letter = find_letter(ref, name, Permission.DRAFT_LETTER)
    form = ParagraphForm()
    if not form.validate_on_submit():
        return _page(letter, form)
    own, closing = form.paragraph.data, form.closing.data
    try:
        verbs.write(letter, own, closing, seen=form.version.data, by=actor())
    except MovedOn as moved:
        raise MovedOn(moved.message, moved.theirs, {verbs.OWN: own, verbs.CLOSING: closing}) from None
    db.session.commit()
    flash("Your words are saved. They stand in the letter below.", "success")
    return redirect(url_for(".show", ref=ref, name=name))


@bp.post("/review/submissions/<ref>/letters/<name>/hand-over")
@requires(Permission.DRAFT_LETTER)
def hand_over(ref: str, name: str) -> AnyResponse:
    """Ready to be issued, by somebody else."""
    letter = find_letter(ref, name, Permission.DRAFT_LETTER)
    verbs.hand_over(letter, seen=SeenForm().version.data, by=actor())
    db.session.commit()
    flash(f"Letter {letter.number} is handed over. The Head of SEN, or the delegate, can issue it.", "success")
    return redirect(url_for(".show", ref=ref, name=name))


@bp.route("/review/submissions/<ref>/letters/<name>/overrule", methods=["GET", "POST"])
@requires(Permission.DRAFT_LETTER, Permission.ISSUE_LETTER)
def overrule(ref: str, name: str) -> str | AnyResponse:
    """Overrule one thing that the guard found, with the reason, which stays on record."""
    letter = find_letter(ref, name)
    found = () if letter.is_issued else guarding.findings(letter)
    form, wrong = OverruleForm(version=letter.version), {}
    form.finding.choices = [choice(one.key, f"{one.message}: “{one.words}”", one.where) for one in found]
    if form.validate_on_submit():
        key, reason = form.finding.data, form.reason.data
        wrong = attempt(
            lambda: verbs.overrule(letter, key, reason, seen=form.version.data, by=actor()), {"Reason": reason}
        )
        if not wrong:
            flash("Overruled. Your reason stays on record.", "success")
            return redirect(url_for(".show", ref=ref, name=name))
    page: dict[str, Any] = {"letter": letter, "submission": letter.submission, "found": found}
    return render_template("letters/overrule.html", form=form, errors=told(form, wrong), **page)


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
    """Its words, what the guard finds, and who does what next."""
    paper = None if letter.is_issued else papers.letter(letter)
    found = guarding.findings(letter, paper) if paper else ()
    facts: dict[str, Any] = {"letter": letter, "submission": letter.submission, "form": form, "found": found}
    facts["pointed"] = pointed(paper, found) if paper else []
    facts["end"] = END_LABELS[letter.ended] if letter.ended else ""
    facts["seen"] = SeenForm(None, version=letter.version)
    subject = LetterKind(letter.kind).subject
    return render_template("letters/show.html", subject=subject, reading=reading(letter, paper), **facts)
