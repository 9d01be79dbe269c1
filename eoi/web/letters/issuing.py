"""Issuing a letter: the Head of SEN, or the recorded delegate, looks once more and sends it."""

import logging

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Letter
from eoi.outbound import files
from eoi.queries import guarding, papers
from eoi.rules.errors import Refused
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import VersionField
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.web.letters.reading import reading
from eoi.web.letters.writing import find_letter
from eoi.workflow import letters, preparing

log = logging.getLogger("eoi.files")


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
    paper = papers.letter(letter)
    return render_template(
        "letters/issue.html",
        letter=letter,
        submission=letter.submission,
        form=form,
        subject=LetterKind(letter.kind).subject,
        reading=reading(letter, paper),
        found=guarding.findings(letter, paper),
        own=letter.ready_by_id == actor().id,
    )


def _issue(letter: Letter, seen: int) -> None:
    """Print and keep the PDF first, holding nothing; then number, freeze and promise the mail in one transaction."""
    letters.may_be_issued(letter, seen, actor())
    try:
        prepared = preparing.prepare(letter, by=actor())
    except files.Full:
        log.exception("There is no room for a letter")
        raise Refused("There is no room to keep the letter, so nothing was issued. Tell the administrator.") from None
    letters.issue(letter, facts=prepared.facts, key=prepared.key, seen=seen, by=actor())
    db.session.commit()
