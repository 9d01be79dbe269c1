"""The Local Offer for families: a list and a map, one entry, a report that something is wrong, a part to embed."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Provision
from eoi.outbound import charts
from eoi.outbound.charts import Dot
from eoi.queries import provision, schools
from eoi.rules import local_offer
from eoi.rules.errors import NotFound
from eoi.rules.local_offer import Entry
from eoi.rules.parsing import clean
from eoi.rules.words import Designation, Path, Phase, count_of
from eoi.web.access import public
from eoi.web.fields import Needed, TextField
from eoi.web.forms import Form
from eoi.web.local_offer.blueprint import bp
from eoi.web.need import filters
from eoi.web.review.opening import attempt, told
from eoi.workflow import provisions, throttling

SETS: dict[str, Any] = {"need": Designation, "phase": Phase, "path": Path}
LONGEST_POSTCODE = 10
A_DAY = 24 * 60  # minutes


@bp.get("")
@public
def index() -> str:
    return render_template("local_offer/index.html", **_found(), access=local_offer.ACCESS)


@bp.get("/fragment")
@public
def fragment() -> str:
    """The list alone, for a page of another site."""
    return render_template("local_offer/fragment.html", **_found())


def _found() -> dict[str, Any]:
    """What the address asks for: entries with their distance, the map, the words above them, the filters."""
    known = filters.districts()
    on = {name: filters.one_of(members, name) for name, members in SETS.items()}
    district = next((code for code in known if code == request.args.get("district")), "")
    entries = [one.entry() for one in provision.offered(district=district, **on)]
    postcode = clean(request.args.get("postcode", ""))[:LONGEST_POSTCODE]
    place = schools.place_of(postcode) if postcode else None
    rows: list[tuple[Entry, float | None]] = (
        local_offer.nearest(entries, place) if place else [(one, None) for one in entries]
    )
    return {
        "rows": rows, "postcode": postcode, "place": place, "sentence": _sentence(entries),
        "filters": _panel(known, postcode), "any_chosen": bool(district or any(on.values())),
        "map": _map(entries, known) if rows else "", "illustrative": any(one.illustrative for one in entries),
    }  # fmt: skip


def _sentence(entries: list[Entry]) -> str:
    """What list and map say, in words."""
    if not entries:
        return "No provision fits."
    places = sum(one.places or 0 for one in entries)
    districts = len({one.district for one in entries})
    said = f"{count_of(len(entries), 'provision')} in {count_of(districts, 'district')}"
    return f"{said}, with {count_of(places, 'place')} where the number is known."


def _map(entries: list[Entry], known: dict[str, str]) -> str:
    dots = [
        Dot(one.latitude, one.longitude, "open")
        for one in entries
        if one.latitude is not None and one.longitude is not None
    ]
    counted = {code: sum(one.district == name for one in entries) for code, name in known.items()}
    return charts.offer_map(counted, dots, "Map of the provision in each district")


def _panel(known: dict[str, str], postcode: str) -> list[dict[str, Any]]:
    near = {"name": "postcode", "label": "Your postcode", "value": postcode}
    offered = {"need": Designation, "phase": Phase, "path": Path}
    options = [("district", "District", list(known.items()))]
    options += [(name, name.capitalize(), filters.options(members)) for name, members in offered.items()]
    return [near] + [
        {"name": name, "label": title, "value": request.args.get(name, "")[:40], "options": choices}
        for name, title, choices in options
    ]


def _entry(public_id: str) -> Provision:
    found = provision.entry(public_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/<entry>")
@public
def show(entry: str) -> str:
    found = _entry(entry)
    return render_template(
        "local_offer/entry.html", one=found.entry(), access=local_offer.ACCESS, changes=found.changes[:20]
    )


class ProblemForm(Form):
    text = TextField(
        "What is wrong?",
        [Needed("Enter what is wrong with this entry")],
        words=200,
        description="Do not name or describe a child, and leave out your own details",
    )


@bp.route("/<entry>/problem", methods=["GET", "POST"])
@public
def problem(entry: str) -> str | Response:
    found = _entry(entry)
    form, wrong = ProblemForm(), {}
    if form.validate_on_submit():
        _count()
        wrong = attempt(lambda: provisions.report(found, form.text.data))
        if not wrong:
            flash("Thank you. An officer looks at what you reported.", "success")
            return redirect(url_for(".show", entry=entry))
    return render_template("local_offer/problem.html", one=found.entry(), form=form, errors=told(form, wrong))


def _count() -> None:
    """Five reports an hour from one place, 200 a day from everywhere. Raises TooMany."""
    try:
        throttling.count("entry problem of a place", request.remote_addr or "", limit=5, minutes=60)
        throttling.count("entry problem", current_app.config["COUNCIL_NAME"], limit=200, minutes=A_DAY)
    finally:
        db.session.commit()
