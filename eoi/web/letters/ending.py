"""An issued letter that was wrong: withdrawn, or corrected by another. It stays, marked, with its bytes."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.models import Letter
from eoi.rules.errors import Refused
from eoi.rules.permissions import Actor, Permission
from eoi.web.access import actor, allowed, requires
from eoi.web.fields import Needed, RadiosField, TextField, choice
from eoi.web.letters.blueprint import bp
from eoi.web.letters.writing import find_letter
from eoi.web.review.opening import SeenForm, attempt, told
from eoi.workflow import ending

WITHDRAW, CORRECT = "withdraw", "correct"


class EndForm(SeenForm):
    how = RadiosField("What happens", [Needed("Choose what happens with the letter")])
    reason = TextField("What is wrong with it", [Needed("Enter what is wrong with the letter")], words=100)


@bp.route("/review/submissions/<ref>/letters/<name>/end", methods=["GET", "POST"])
@requires(Permission.ISSUE_LETTER, Permission.DRAFT_LETTER)
def end(ref: str, name: str) -> str | Response:
    """Withdraw an issued letter, or draft the one that corrects it."""
    letter = find_letter(ref, name)
    if not letter.is_issued:
        raise Refused("This letter has not been issued, so its draft can still be changed.")
    form, wrong = EndForm(version=letter.version), {}
    form.how.choices = [
        *([choice(CORRECT, "Correct it", "Another letter is drafted, and takes its place once it is issued")]
          if allowed(Permission.DRAFT_LETTER) else []),
        *([choice(WITHDRAW, "Withdraw it", "The school is told at once. It stays to be read, marked as withdrawn")]
          if allowed(Permission.ISSUE_LETTER) and not letter.ended else []),
    ]  # fmt: skip
    if form.validate_on_submit():
        how, reason, seen = form.how.data, form.reason.data, form.version.data
        wrong = attempt(lambda: _done(letter, how, reason, seen, actor()), {"What is wrong with it": reason})
        if not wrong:
            flash("The letter is withdrawn." if how == WITHDRAW else "A letter that corrects it is drafted.", "success")
            return redirect(url_for("review.outcome", ref=ref))
    return render_template("letters/end.html", letter=letter, submission=letter.submission, form=form,
                           errors=told(form, wrong))  # fmt: skip


def _done(letter: Letter, how: str, reason: str, seen: int, by: Actor) -> None:
    if how == WITHDRAW:
        ending.withdraw(letter, reason, seen=seen, by=by)
    else:
        ending.correct(letter, reason, seen=seen, by=by)
