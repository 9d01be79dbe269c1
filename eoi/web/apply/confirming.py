"""The page of the link in the mail: a school confirms what an officer wrote down, or says what is wrong.

Opening it confirms nothing.
"""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Link
from eoi.models.link import Purpose
from eoi.queries import drafts
from eoi.rules.declarations import HEADTEACHER
from eoi.rules.errors import LinkDead
from eoi.web.access import public
from eoi.web.apply.blueprint import links_bp
from eoi.web.fields import LineField, Needed, OnlyIf, RadiosField, TextField, choice
from eoi.web.forms import Form
from eoi.workflow import confirming, links


class ConfirmForm(Form):
    answer = RadiosField(
        "Is this what your school told us?",
        [Needed("Choose whether it is right")],
        choices=[
            choice("yes", "Yes, I am the headteacher and I confirm it", reveals="name"),
            choice("no", "No, something is wrong", reveals="wrong"),
        ],
    )
    name = LineField("Your full name", [OnlyIf("answer", "yes", "Enter your full name")])
    wrong = TextField(
        "What is wrong?", [OnlyIf("answer", "no", "Enter what is wrong")], words=300,
        description="An officer corrects it, and sends you a new link. Do not name or describe a child",
    )  # fmt: skip


@links_bp.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> str | Response | tuple[str, int]:
    link = links.find(token, Purpose.CONFIRM_LOGGED)
    submission = drafts.of_link(link)
    frozen = drafts.latest_snapshot(submission) if submission else None
    if frozen is None:
        raise LinkDead
    form = ConfirmForm()
    if form.validate_on_submit():
        return _answered(link, form)
    page = render_template(
        "apply/confirm.html", submission=submission, frozen=frozen, link=link, form=form, statement=HEADTEACHER
    )
    return (page, 422) if form.errors else page


def _answered(link: Link, form: ConfirmForm) -> Response:
    if form.answer.data == "yes":
        confirming.confirm_logged(link, form.name.data)
    else:
        confirming.say_wrong(link, form.wrong.data)
    db.session.commit()
    return redirect(url_for(".confirmed", answer=None if form.answer.data == "yes" else "wrong"))


@links_bp.get("/confirmed")
@public
def confirmed() -> str:
    """What happens next. The address says nothing of whose it was."""
    return render_template("apply/confirmed.html", wrong=request.args.get("answer") == "wrong")
