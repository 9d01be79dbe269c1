"""Provision that the council knows of: the list, one to edit, a new one, and whether families see it."""

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.models import Provision
from eoi.queries import provision, schools
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.provision import MOST_PLACES, Row
from eoi.rules.words import Designation, Path, Phase, State
from eoi.web.access import actor, requires
from eoi.web.fields import (
    DateField,
    LineField,
    Needed,
    RadiosField,
    SchoolField,
    SelectField,
    TextField,
    TickField,
    VersionField,
    WholeField,
)
from eoi.web.forms import Form
from eoi.web.need import filters
from eoi.web.need.blueprint import bp
from eoi.web.review.opening import attempt, told
from eoi.workflow import provisions as verbs


class KnownForm(Form):
    """What is known of a provision."""

    version = VersionField()
    places = WholeField("Places", noun="the places", high=MOST_PLACES, description="Leave it empty if it is not known")
    partner_urn = SchoolField("Special school of a satellite", description="The URN, name, postcode or town")
    state = RadiosField("How far is it?", [Needed("Choose how far it is")], choices=filters.choices(State))
    source = LineField("Source", [Needed("Enter the source")], description="Where this is known from")
    as_at = DateField("As at", noun="the date on which it was true", description="Leave it empty if no date is known")
    note = LineField("Note for officers")
    illustrative = TickField("Illustrative", description="Invented for demonstration")


class ProvisionForm(KnownForm):
    """And what families read."""

    low_age = WholeField("Youngest age", noun="the youngest age", high=25)
    high_age = WholeField("Oldest age", noun="the oldest age", high=25)
    opened_on = DateField("Date it opened", noun="the date it opened", description="Leave it empty if it is not known")
    about = TextField("What families should know", words=150, description="Shown in the Local Offer. Plain words")
    published = TickField("Show it in the Local Offer")

    def said(self) -> dict[str, Any]:
        """The facts, by the names of the verb."""
        given = {name: self[name].data for name in verbs.EDITED}
        return {**given, "state": State(self.state.data)}


class NewProvisionForm(KnownForm):
    """Which provision it is, too. What families read is written once it stands."""

    urn = SchoolField("School", [Needed("Enter the school")], description="The URN, name, postcode or town")
    path = RadiosField("Path", [Needed("Choose the path")], choices=filters.choices(Path))
    need = SelectField("Need", [Needed("Choose the need")], choices=filters.choices(Designation, blank=True))
    phase = RadiosField("Phase", [Needed("Choose the phase")], choices=filters.choices(Phase))


@bp.get("/provision")
@requires(Permission.REVIEW)
def existing() -> str:
    known, more = filters.districts(), {"need": Designation, "phase": Phase, "path": Path, "state": State}
    on = {name: filters.one_of(members, name) for name, members in more.items()}
    district = filters.chosen([], known).district
    offered = {name: (name.capitalize(), filters.options(members)) for name, members in more.items()}
    panel = [one for one in filters.panel(filters.chosen([], known), [], known, **offered) if one["name"] != "year"]
    found = provision.known(district=district, **on)
    return render_template("need/existing.html", rows=found, filters=panel, any_chosen=district or any(on.values()))


@bp.route("/provision/new", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def new_provision() -> str | Response:
    form, wrong = NewProvisionForm(version=0, state=State.EXISTING), {}
    if form.validate_on_submit():
        wrong = _unknown(form, "urn") or _unknown(form, "partner_urn")
        wrong = wrong or attempt(lambda: verbs.add(_row(form), by=actor()))
        if not wrong:
            flash("The provision is added.", "success")
            return redirect(url_for(".existing"))
    return render_template("need/provision_new.html", form=form, errors=told(form, wrong))


@bp.route("/provision/<entry>", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def edit_provision(entry: str) -> str | Response:
    """One provision: what is known of it, what families read, and what changed when."""
    found = _find(entry)
    form = ProvisionForm(version=found.version, **{name: getattr(found, name) for name in verbs.EDITED})
    wrong: dict[str, str] = {}
    if form.validate_on_submit():
        yours = {"Places": str(form.places.data or ""), "Note": form.note.data, "About": form.about.data}
        to, seen = form.said(), form.version.data
        wrong = _unknown(form, "partner_urn") or attempt(lambda: verbs.change(found, to, seen=seen, by=actor()), yours)
        if not wrong:
            flash("The provision is saved.", "success")
            return redirect(url_for(".edit_provision", entry=entry))
    shown, history = provision.is_listed(found), provision.history(found)
    return render_template(
        "need/provision.html", one=found, form=form, shown=shown, history=history, errors=told(form, wrong)
    )


def _find(entry: str) -> Provision:
    found = provision.get(entry)
    if found is None:
        raise NotFound
    return found


def _unknown(form: Form, name: str) -> dict[str, str]:
    """Refuses a school that is not one of the council's in the register."""
    urn = form[name].data
    school = schools.get(urn) if urn else None
    if urn and (school is None or school.la_code != current_app.config["COUNCIL_LA_CODE"]):
        return {name: "Choose a school of the council that is in the register"}
    return {}


def _row(form: NewProvisionForm) -> Row:
    return Row(
        form.urn.data, Path(form.path.data), Designation(form.need.data), Phase(form.phase.data), form.places.data,
        form.partner_urn.data, State(form.state.data), form.source.data, form.as_at.data, form.note.data,
        form.illustrative.data,
    )  # fmt: skip
