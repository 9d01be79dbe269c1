"""Issuing a letter: the Head of SEN, or the recorded delegate, looks once more and sends it."""

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Letter
from eoi.outbound import press
from eoi.outbound.papers import letter_html
from eoi.queries import papers
from eoi.rules.errors import MovedOn, Refused
from eoi.rules.papers import LetterKind, freeze
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import VersionField
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.web.letters.reading import reading
from eoi.web.letters.writing import find_letter
from eoi.workflow import letters
from eoi.workflow.stages import MOVED


class IssueForm(Form):
    """The version of the letter that the person looked at."""

    version = VersionField()


@bp.route("/review/submissions/<ref>/letters/<name>/issue", methods=["GET", "POST"])
@requires(Permission.ISSUE_LETTER)
@recently_confirmed
def issue(ref: str, name: str) -> str | AnyResponse:
    letter = find_letter(ref, name, Permission.ISSUE_LETTER)
    form = IssueForm(version=letter.version)
    if form.validate_on_submit():
        _issue(letter, form.version.data)
        flash(f"Letter {letter.number} is issued. The school is told by email.", "success")
        return redirect(url_for(".show", ref=ref, name=name))
    if letter.is_issued:
        return redirect(url_for(".show", ref=ref, name=name))
    return render_template(
        "letters/issue.html",
        letter=letter,
        submission=letter.submission,
        form=form,
        subject=LetterKind(letter.kind).subject,
        reading=reading(letter),
    )


def _issue(letter: Letter, seen: int) -> None:
    """Print and keep the PDF first, holding nothing; then number, freeze and promise the mail in one transaction."""
    if letter.is_issued:
        raise Refused("This letter has been issued and stays as it is.")
    if letter.version != seen:
        raise MovedOn(MOVED)
    paper = papers.letter(letter)
    db.session.rollback()
    key = press.print_and_keep(letter_html(paper), current_app.config["FILES_URL"])
    letters.issue(letter, facts=freeze(paper), key=key, seen=seen, by=actor())
    db.session.commit()
