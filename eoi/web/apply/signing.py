"""Who has confirmed: the school sees it, reminds and corrects addresses; those who are asked answer by their link.

Opening a link confirms nothing.
"""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Link, Submission
from eoi.models.link import Purpose
from eoi.queries import drafts, signatures
from eoi.queries.signatures import Signature
from eoi.rules.errors import Invalid, LinkDead, NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, allowed, find_submission, public, requires
from eoi.web.apply.blueprint import bp, links_bp
from eoi.web.fields import DateField, EmailField, LineField, Needed, OnlyIf, RadiosField, TextField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.workflow import links, signing

Answer = str | Response | tuple[str, int]


class AskForm(Form):
    name = LineField("Full name", [Needed("Enter their full name")])
    email = EmailField("Email address", [Needed("Enter their email address")])


class SignForm(Form):
    answer = RadiosField(
        "Do you confirm this?",
        [Needed("Choose whether you confirm it")],
        choices=[
            choice("yes", "Yes, I confirm it", reveals="name minute"),
            choice("no", "No, send it back", reveals="reason"),
        ],
    )
    name = LineField("Your full name", [OnlyIf("answer", "yes", "Enter your full name")])
    minute = DateField(
        "Date of the minute or message", [OnlyIf("answer", "yes", "Enter the date of the minute or message")],
        noun="the date of the minute or message", description="When your board, or you, agreed to this",
    )  # fmt: skip
    reason = TextField(
        "What has to change?", [OnlyIf("answer", "no", "Enter what has to change")], words=300,
        description="The school reads this. Do not name or describe a child",
    )  # fmt: skip


# The school


@bp.get("/<public_id>/signatures", endpoint="signatures")
@requires(Permission.READ_OWN)
def list_signatures(public_id: str) -> str | Response:
    submission = find_submission(public_id)
    if submission.is_draft:
        return redirect(url_for(".show", public_id=public_id))
    return render_template(
        "apply/signatures.html", submission=submission, signed=signatures.of(submission),
        may_ask=allowed(Permission.SUBMIT) and not submission.has_ended, may_remind=signing.may_remind,
    )  # fmt: skip


@bp.route("/<public_id>/signatures/<role>", methods=["GET", "POST"])
@requires(Permission.SUBMIT)
def ask_to_sign(public_id: str, role: str) -> Answer:
    """A name and an address for one who has not confirmed: they get a fresh link, and the one before ends."""
    submission = find_submission(public_id)
    one = _wanted(submission, role)
    if one.declared or submission.is_draft or submission.has_ended:
        return redirect(url_for(".show", public_id=public_id))
    name, email = signatures.contacts(submission).get(role, ("", ""))
    form = AskForm(data={"name": name, "email": email})
    if form.validate_on_submit():
        try:
            signing.correct(submission, role, form.name.data, form.email.data, by=actor())
            db.session.commit()
            flash(f"We have written to {form.email.data}.", "success")
            return redirect(url_for(".signatures", public_id=public_id))
        except Invalid as refused:
            show(refused, form)
    page = render_template("apply/ask_to_sign.html", submission=submission, one=one, form=form)
    return (page, 422) if form.errors else page


@bp.post("/<public_id>/signatures/<role>/remind")
@requires(Permission.SUBMIT)
def remind_to_sign(public_id: str, role: str) -> Response:
    submission = find_submission(public_id)
    name = _wanted(submission, role).name
    signing.remind(submission, role, by=actor())
    db.session.commit()
    flash(f"A reminder goes to {name}.", "success")
    return redirect(url_for(".signatures", public_id=public_id))


def _wanted(submission: Submission, role: str) -> Signature:
    found = {one.declarer.key: one for one in signatures.of(submission)}.get(role)
    if found is None:
        raise NotFound
    return found


# Who is asked


@links_bp.route("/sign/<token>", methods=["GET", "POST"])
@public
def sign(token: str) -> Answer:
    return _answer(links.find(token, Purpose.SIGN))


@links_bp.route("/partner/<token>", methods=["GET", "POST"])
@public
def partner(token: str) -> Answer:
    return _answer(links.find(token, Purpose.PARTNER))


def _answer(link: Link) -> Answer:
    submission, asked = signing.opened(link)
    frozen = drafts.latest_snapshot(submission)
    if frozen is None:
        raise LinkDead
    form = SignForm()
    if form.validate_on_submit():
        try:
            if form.answer.data == "yes":
                signing.sign(link, form.name.data, form.minute.data)
            else:
                signing.send_back(link, form.reason.data)
            db.session.commit()
            return redirect(url_for("links.signed", answer=None if form.answer.data == "yes" else "back"))
        except Invalid as refused:
            show(refused, form)
    page = render_template(
        "apply/sign.html", submission=submission, frozen=frozen, link=link, declarer=asked.declarer, form=form
    )
    return (page, 422) if form.errors else page


@links_bp.get("/signed")
@public
def signed() -> str:
    """What happens next. The address says nothing of whose it was."""
    return render_template("apply/signed.html", back=request.args.get("answer") == "back")
