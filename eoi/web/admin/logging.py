"""What came by email or phone: an officer writes it down on the school's own form, submits it, and asks to confirm."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Submission
from eoi.models.submission import Channel
from eoi.queries import logged as queries
from eoi.queries import rounds, schools, signatures, users
from eoi.rules.errors import Invalid, NotFound, WrongStage
from eoi.rules.permissions import Permission
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import seen_version
from eoi.web.apply.declaring import told_form
from eoi.web.fields import (
    DateField,
    EmailField,
    LineField,
    Needed,
    RadiosField,
    SchoolField,
    SelectField,
    TextField,
    choice,
)
from eoi.web.forms import Form
from eoi.web.refusals import show as say
from eoi.workflow import exceptions, logging, submitting
from eoi.workflow.logging import Sender

bp = Blueprint("logging", __name__, url_prefix="/admin/logging")

Answer = str | Response | tuple[str, int]
CHANNELS = {Channel.EMAIL: "By email", Channel.PHONE: "By phone"}


class LogForm(Form):
    round = SelectField("Round", [Needed("Choose the round")])
    urn = SchoolField("School", [Needed("Choose the school")], description="Its name, town, postcode or URN")
    path = RadiosField("What it would host", [Needed("Choose what it would host")],
                       choices=[choice(one, label(one)) for one in Path])  # fmt: skip
    need = RadiosField("Need", [Needed("Choose the need")], choices=[choice(one, label(one)) for one in Need])
    phase = RadiosField("Phase", [Needed("Choose the phase")], choices=[choice(one, label(one)) for one in Phase])
    case = TextField(
        "The school’s case for an exception",
        words=exceptions.MOST_WORDS,
        description="Only where the round takes this by exception. It is answered before the form is filled in",
    )
    channel = RadiosField(
        "How did it come?",
        [Needed("Choose how it came")],
        choices=[choice(one, words) for one, words in CHANNELS.items()],
    )
    received_on = DateField(
        "When did it come?",
        [Needed("Enter the day on which it came")],
        noun="the day on which it came",
        description="On the closing day, only what came before 12 noon counts",
    )
    sender_name = LineField("Who sent it or called", [Needed("Enter the name of who sent it or called")])
    sender_role = LineField("Their role", [Needed("Enter their role")], description="Such as headteacher")
    sender_email = EmailField(
        "Their email address", [Needed("Enter their email address")], description="The link to confirm goes there"
    )

    def offer_rounds(self) -> "LogForm":
        """Every round that has opened: what came in time may be written down after the closing."""
        opened = [one for one in rounds.every() if one.has_opened(now())]
        self.round.choices = [choice("", "Choose"), *(choice(one.slug, one.name) for one in opened)]
        return self


class AskAgainForm(Form):
    email = EmailField("Send the link to", [Needed("Enter the email address")])


@bp.get("")
@requires(Permission.LOG_FOR_SCHOOL)
def index() -> str:
    return render_template("admin/logged.html", logged=queries.unconfirmed(actor()), channels=CHANNELS)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.LOG_FOR_SCHOOL)
def new() -> Answer:
    form = LogForm().offer_rounds()
    if form.validate_on_submit():
        try:
            begun = _begun(form)
            db.session.commit()
            return redirect(url_for("apply.show", public_id=begun.public_id))
        except Invalid as refused:
            say(refused, form)
    page = render_template("admin/log_new.html", form=form)
    return (page, 422) if form.errors else page


def _begun(form: LogForm) -> Submission:
    round, school = rounds.by_slug(form.round.data), schools.get(form.urn.data)
    if round is None or school is None:
        raise Invalid({"urn": "Choose a school that is in the register"} if round else {"round": "Choose the round"})
    sender = Sender(form.sender_name.data, form.sender_role.data, form.sender_email.data, form.received_on.data)
    offer = (Path(form.path.data), Need(form.need.data), Phase(form.phase.data))
    return logging.log(
        round, school, offer, Channel(form.channel.data), sender, form.case.data,
        la_code=current_app.config["COUNCIL_LA_CODE"], by=actor(),
    )  # fmt: skip


@bp.route("/<public_id>", methods=["GET", "POST"])
@requires(Permission.LOG_FOR_SCHOOL)
def show(public_id: str) -> Answer:
    """Who sent it, how far it is, and what to do; a POST sends the link to confirm again."""
    submission = _find(public_id)
    logged = queries.of(submission)
    form = AskAgainForm(email=logged.sender_email)
    if form.is_submitted() and (submission.is_draft or not submission.awaits_confirmation):
        raise WrongStage("Nothing waits for the school to confirm it.")
    if form.validate_on_submit():
        logging.ask_again(submission, form.email.data, by=actor())
        db.session.commit()
        flash(f"A new link is on its way to {form.email.data}.", "success")
        return redirect(url_for(".show", public_id=public_id))
    page = render_template(
        "admin/logged_one.html", submission=submission, logged=logged, form=form, channels=CHANNELS,
        at_school=users.of_school(submission.urn),
    )  # fmt: skip
    return (page, 422) if form.errors else page


@bp.post("/<public_id>/correct")
@requires(Permission.LOG_FOR_SCHOOL)
def correct(public_id: str) -> Response:
    submission = find_submission(public_id)
    logging.correct(submission, seen=seen_version(), by=actor())
    db.session.commit()
    flash("You can correct it now. Submit it again, and the school gets a new link.", "success")
    return redirect(url_for("apply.show", public_id=public_id))


@bp.route("/<public_id>/submit", methods=["GET", "POST"])
@requires(Permission.LOG_FOR_SCHOOL)
def submit(public_id: str) -> Answer:
    """Record who is known to have agreed, and submit for the school."""
    submission = find_submission(public_id)
    if not submission.is_draft:
        return redirect(url_for(".show", public_id=public_id))
    if not submission.may_be_filled or submitting.ready(submission):
        return redirect(url_for("apply.check", public_id=public_id))
    wanted = [one for one in signatures.wanted_declarers(submission) if one.follows]
    known = {key: name for key, (name, _) in signatures.named(submission).items()}
    form = told_form(wanted)(data=known, version=submission.version)
    if form.validate_on_submit() and _submitted(submission, form):
        return redirect(url_for(".show", public_id=public_id))
    page = render_template(
        "admin/log_submit.html", submission=submission, form=form, wanted=wanted, logged=queries.of(submission)
    )
    return (page, 422) if form.errors else page


def _submitted(submission: Submission, form: Any) -> bool:
    try:
        reference = logging.submit(submission, form.read(), seen=form.version.data, by=actor())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        for name, message in refused.errors.items():
            form[name.replace("-", "_")].errors = [message]
        return False
    flash(f"{reference} is submitted for the school. The link to confirm it is on its way.", "success")
    return True


def _find(public_id: str) -> Submission:
    """What is or was logged, at whatever stage. Raises NotFound where the school filled in the form itself."""
    submission = find_submission(public_id, Permission.CHECK)
    if submission.channel is Channel.FORM:
        raise NotFound
    return submission
