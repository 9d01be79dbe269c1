"""The declaration, which submits; the sending of the detail; and what the school reads when it is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import Form as BaseForm

from eoi.extensions import db, now
from eoi.models import Submission
from eoi.queries import drafts, signatures
from eoi.rules.declarations import Declarer
from eoi.rules.errors import Invalid, MovedOn
from eoi.rules.permissions import Permission
from eoi.rules.stages import Stage
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp, expected_of, seen_version
from eoi.web.fields import DateField, EmailField, LineField, OnlyIf, TickField, VersionField
from eoi.web.forms import Form
from eoi.web.layout import lower_first
from eoi.workflow import submitting
from eoi.workflow.submitting import Declared


class Together(OnlyIf):
    """Needed where the other field of a pair is filled in."""

    def __init__(self, other: str, message: str) -> None:
        super().__init__(other, True, message)

    def applies(self, form: BaseForm) -> bool:
        return bool(form[self.other].data)


def declaration_form(wanted: Sequence[Declarer]) -> type[Form]:
    """The headteacher's tick and name, and name and address of each who is to confirm by a link."""

    class DeclarationForm(Form):
        version = VersionField()
        declared = TickField("I declare this as the headteacher")

        def read(self) -> list[Declared]:
            return [Declared(one.key, self._name(one), email=self._email(one)) for one in wanted]

        def _name(self, one: Declarer) -> str:
            return self[one.key].data if self._email(one) or (not one.follows and self.declared.data) else ""

        def _email(self, one: Declarer) -> str:
            return self[f"{one.key}_email"].data if one.follows else ""

    for one in wanted:
        if not one.follows:
            setattr(DeclarationForm, one.key, LineField("Your full name"))
            continue
        role, email = lower_first(one.role), f"{one.key}_email"
        needed = Together(email, f"Enter the name of the {role}")
        setattr(DeclarationForm, one.key, LineField(f"{one.role}: full name", [needed]))
        needed = Together(one.key, f"Enter the email address of the {role}")
        setattr(DeclarationForm, email, EmailField(f"{one.role}: email address", [needed]))
    return DeclarationForm


def told_form(wanted: Sequence[Declarer]) -> type[Form]:
    """What an officer records for a school: a tick, a name and the date of the minute of each who agreed."""

    class ToldForm(Form):
        version = VersionField()

        def read(self) -> list[Declared]:
            """Who declared. A role without its tick has not agreed yet."""
            return [Declared(one.key, self._name(one), self._minute(one)) for one in wanted]

        def _name(self, one: Declarer) -> str:
            return self[one.key].data if self[f"{one.key}_agreed"].data else ""

        def _minute(self, one: Declarer) -> date | None:
            return self[f"{one.key}_minute"].data

    for one in wanted:
        role, noun = lower_first(one.role), "the date of the minute or message"
        needed = OnlyIf(f"{one.key}_agreed", True, f"Enter the name of the {role}")
        setattr(ToldForm, one.key, LineField(f"{one.role}: full name", [needed]))
        setattr(ToldForm, f"{one.key}_agreed", TickField(f"The {role} has agreed to this"))
        setattr(ToldForm, f"{one.key}_minute", DateField("Date of the minute or message", noun=noun))
    return ToldForm


@bp.route("/<public_id>/declaration", methods=["GET", "POST"])
@requires(Permission.SUBMIT)
def declaration(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    if not submission.is_draft:
        return redirect(url_for(".submitted", public_id=public_id))
    if not submission.may_be_filled or submitting.ready(submission):
        return redirect(url_for(".check", public_id=public_id))
    submitting.refuse_closed(submission)
    wanted = signatures.wanted_declarers(submission)
    form = declaration_form(wanted)(data=_known(submission, wanted), version=submission.version)
    if form.is_submitted() and (done := _submitted(submission, form)):
        return done
    page = render_template("apply/declaration.html", submission=submission, form=form, wanted=wanted)
    return (page, 422) if form.errors else page


def _submitted(submission: Submission, form: Any) -> Response | None:
    """Submit, and go to what it says then; None where the declaration needs mending. Two clicks submit once."""
    there = redirect(url_for(".submitted", public_id=submission.public_id))
    if not form.validate():
        return None
    if not form.declared.data:
        form.declared.errors = ["Tick the box to declare that this is true"]
        return None
    try:
        submitting.submit(submission, form.read(), seen=form.version.data, by=actor())
        db.session.commit()
    except Invalid as invalid:
        db.session.rollback()
        for name, message in invalid.errors.items():
            form[name.replace("-", "_")].errors = [message]
        return None
    except MovedOn:
        db.session.rollback()
        if not submission.is_draft:
            return there
        raise
    return there


def _known(submission: Submission, wanted: Sequence[Declarer]) -> dict[str, str]:
    """The names that the school has given already."""
    known, contacts = {"headteacher": actor().name}, signatures.contacts(submission)
    for one in wanted:
        if one.key in contacts:
            known[one.key], known[f"{one.key}_email"] = contacts[one.key]
    return known


@bp.post("/<public_id>/send-detail")
@requires(Permission.ANSWER)
def send_detail(public_id: str) -> Response:
    submission = find_submission(public_id)
    if submission.stage is Stage.DETAIL:
        submitting.send_detail(submission, seen=seen_version(), by=actor())
        db.session.commit()
    return redirect(url_for(".submitted", public_id=public_id))


@bp.get("/<public_id>/submitted")
@requires(Permission.READ_OWN)
def submitted(public_id: str) -> str | Response:
    """What was sent last, and what happens next with the days by which it happens."""
    submission = find_submission(public_id)
    frozen = drafts.latest_snapshot(submission)
    if submission.is_draft or frozen is None:
        return redirect(url_for(".show", public_id=public_id))
    return render_template(
        "apply/submitted.html", submission=submission, frozen=frozen, dates=expected_of(submission),
        missing=signatures.missing(submission),
        open=submission.round.is_open(now()), decider=current_app.config["COUNCIL_SIGNATORY_ROLE"],
    )  # fmt: skip
