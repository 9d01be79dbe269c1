"""The declaration, which submits; the sending of the detail; and what the school reads when it is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Submission
from eoi.queries import drafts
from eoi.rules.declarations import Declarer
from eoi.rules.errors import Invalid, MovedOn
from eoi.rules.permissions import Permission
from eoi.rules.stages import Stage
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp, expected_of, seen_version
from eoi.web.fields import DateField, LineField, OnlyIf, TickField, VersionField
from eoi.web.forms import Form
from eoi.web.layout import lower_first
from eoi.workflow import submitting
from eoi.workflow.submitting import Declared

# Whose name the form has asked for already, by declarer.
NAMED = {"chair": "chair_name", "trust": "trust_ceo_name", "trustees": "chair_name"}


def declaration_form(wanted: Sequence[Declarer]) -> type[Form]:
    """A form with a tick and a name for each who declares; the date of the minute where others agreed."""

    class DeclarationForm(Form):
        version = VersionField()
        declared = TickField("I declare this as the headteacher")

        def read(self) -> list[Declared]:
            """Who declared. A role without its tick has not agreed yet."""
            return [Declared(one.key, self._name(one), self._minute(one)) for one in wanted]

        def _name(self, one: Declarer) -> str:
            ticked = self[f"{one.key}_agreed"].data if one.follows else self.declared.data
            return self[one.key].data if ticked else ""

        def _minute(self, one: Declarer) -> date | None:
            return self[f"{one.key}_minute"].data if one.follows else None

    for one in wanted:
        setattr(DeclarationForm, one.key, _name_field(one))
        if one.follows:
            role, noun = lower_first(one.role), "the date of the minute or message"
            setattr(DeclarationForm, f"{one.key}_agreed", TickField(f"The {role} has agreed to this"))
            setattr(DeclarationForm, f"{one.key}_minute", DateField("Date of the minute or message", noun=noun))
    return DeclarationForm


def _name_field(one: Declarer) -> LineField:
    if not one.follows:
        return LineField("Your full name")
    needed = OnlyIf(f"{one.key}_agreed", True, f"Enter the name of the {lower_first(one.role)}")
    return LineField(f"{one.role}: full name", [needed])


@bp.route("/<public_id>/declaration", methods=["GET", "POST"])
@requires(Permission.SUBMIT)
def declaration(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    if not submission.is_draft:
        return redirect(url_for(".submitted", public_id=public_id))
    if not submission.may_be_filled or submitting.ready(submission):
        return redirect(url_for(".check", public_id=public_id))
    wanted = submitting.wanted_declarers(submission)
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
    held = drafts.answers(submission)
    known = {one.key: held.get(NAMED.get(one.key, ""), "") for one in wanted}
    return known | {"headteacher": actor().name}


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
        open=submission.round.is_open(now()), decider=current_app.config["COUNCIL_SIGNATORY_ROLE"],
    )  # fmt: skip
