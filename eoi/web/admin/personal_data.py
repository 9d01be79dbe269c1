"""A person's rights: everything held on them as one export, their name or address put right, their data erased."""

import hashlib
import io
import zipfile

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from eoi.extensions import db, now
from eoi.models import User
from eoi.outbound.render import render
from eoi.queries import personal, retention, users
from eoi.queries.personal import Subject
from eoi.rules.chain import canonical
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import EmailField, LineField, Needed, TextField, TickField
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.workflow import subject

bp = Blueprint("personal_data", __name__, url_prefix="/admin/personal-data")

#: What the rows of a table are, in words.
TABLES = {
    "user": "Account", "user_role": "Roles at the council", "membership": "Places at schools",
    "submission": "Cases that they lead or own", "section": "Sections that they changed, or that name them",
    "snapshot": "Frozen copies that name them", "declaration": "Declarations", "document": "Documents that they added",
    "clarification": "Questions that they asked, or that name them", "record": "Records that they made or are named in",
    "assignment": "Cases to score", "conflict": "Declarations of interest", "score": "Scores and comments",
    "decision": "Decisions", "letter": "Letters", "delegation": "Delegations",
    "audit_entry": "Entries of the audit record", "audit_detail": "Words of those entries",
    "access": "Cases that they opened", "outgoing": "Mail to them",
    "link": "One-time links", "logged": "What was logged by phone or email", "invitation": "Invitations",
    "kept_form": "Forms kept while they were signed out", "hold": "Holds that they placed", "sign_in": "Sign-ins",
    "second_factor": "Second factor", "recovery_code": "Recovery codes", "identity": "Account at the council",
    "round": "Rounds", "redaction": "Redactions that they made", "tombstone": "Cases that they erased",
    "person_erased": "People whom they erased", "foi_request": "Requests for information",
    "foi_mark": "Decisions on what to withhold", "provision_end": "Closings that they noted", "warned": "Warnings",
    "condition": "Conditions that name them", "reason": "Reasons that name them",
}  # fmt: skip


class FindForm(Form):
    email = EmailField("Email address", [Needed("Enter the person’s email address")])
    name = LineField("Name (optional)", description="As it is written in a case, for somebody without an account")


class CorrectForm(Form):
    name = LineField("Name", [Needed("Enter the person’s name")])
    email = EmailField("Email address", [Needed("Enter the person’s email address")])
    reason = TextField("Why is it changed?", [Needed("Enter why it is changed")], words=50)


class EraseForm(Form):
    reason = TextField("Why are the data erased?", [Needed("Enter why the data are erased")], words=50,
                       description="Do not name the person: the reason stays on the list of those erased")  # fmt: skip
    sure = TickField("I understand that this cannot be undone", [Needed("Tick the box if the data are to go for good")])


@bp.route("", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
def index() -> str | Answer:
    form = FindForm()
    if form.validate_on_submit():
        found = personal.subject(form.email.data, form.name.data)
        if found.user_id:
            return redirect(url_for(".person", user_id=found.user_id))
        return _contact(found, request.form.get("step", ""))
    return render_template("admin/personal_data.html", form=form)


@bp.get("/<int:user_id>")
@requires(Permission.PERSONAL_DATA)
def person(user_id: int) -> str:
    user = _find(user_id)
    found = _subject(user)
    return render_template(
        "admin/personal_data_person.html", user=user, places=_placed(found), erased=retention.is_erased(user),
        letters=personal.letters_naming(found),
    )  # fmt: skip


@bp.get("/<int:user_id>/everything.zip")
@requires(Permission.PERSONAL_DATA)
def export(user_id: int) -> Response:
    """Reading leaves its usual trace: who took it, when."""
    g.opened = [None]
    return _export(_subject(_find(user_id)))


@bp.route("/<int:user_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
@recently_confirmed
def correct(user_id: int) -> str | Answer:
    user = _find(user_id)
    form = CorrectForm(name=user.name, email=user.email)
    if form.validate_on_submit():
        try:
            subject.correct(user, name=form.name.data, email=form.email.data, reason=form.reason.data, by=actor())
            db.session.commit()
            flash("The account is corrected.", "success")
            return redirect(url_for(".person", user_id=user_id))
        except Invalid as refused:
            show(refused, form)
    return render_template("admin/personal_data_correct.html", user=_find(user_id), form=form)


@bp.route("/<int:user_id>/erase", methods=["GET", "POST"])
@requires(Permission.PERSONAL_DATA)
@recently_confirmed
def erase(user_id: int) -> str | Answer:
    user, form = _find(user_id), EraseForm()
    if form.validate_on_submit():
        log = subject.erase(_subject(user), reason=form.reason.data, by=actor())
        return _erased(log.known_as, log.places)
    found = _subject(user)
    return render_template(
        "admin/personal_data_erase.html", user=user, form=form, letters=personal.letters_naming(found),
        documents=personal.documents_of(found),
    )  # fmt: skip


def _contact(found: Subject, step: str) -> str | Answer:
    """Somebody without an account: found, then exported or erased. The address travels in forms, never in a link."""
    if step == "export":
        subject.note_export(found, by=actor())
        db.session.commit()
        return _export(found)
    form = EraseForm() if step == "erase" else EraseForm(formdata=None)
    if step == "erase" and form.validate():
        log = subject.erase(found, reason=form.reason.data, by=actor())
        return _erased("The contact", log.places)
    return render_template(
        "admin/personal_data_contact.html", found=found, form=form, places=_placed(found),
        letters=personal.letters_naming(found),
    )  # fmt: skip


def _export(found: Subject) -> Response:
    """One ZIP: all of it as JSON, and the same to read."""
    rows = personal.plain(personal.held(found))
    page = render(
        "print/person.html", council=current_app.config["COUNCIL_NAME"], subject=found, tables=rows, labels=TABLES,
        at=now(), demonstration=current_app.config["DEMONSTRATION"],
    )  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", canonical({"email": found.email, "name": found.name, "held": rows}))
        archive.writestr("everything.html", page)
    packed.seek(0)
    name = f"Personal data {hashlib.sha256(found.email.encode()).hexdigest()[:8]} {now():%Y-%m-%d}.zip"
    return send_file(packed, "application/zip", as_attachment=True, download_name=name)


def _placed(found: Subject) -> list[tuple[str, int]]:
    return [(TABLES.get(table, table), count) for table, count in personal.places(found).items()]


def _subject(user: User) -> Subject:
    return Subject(user.email, user.name, user.id)


def _find(user_id: int) -> User:
    user = users.by_id(user_id)
    if user is None:
        raise NotFound
    return user


def _erased(who: str, places: int) -> Answer:
    db.session.commit()
    flash(f"{who} is erased, in {places} places.", "success")
    return redirect(url_for("retention.index"))
