"""The Local Offer as open data: CSV, GeoJSON and Open Referral UK, each with what the pages show and no more."""

from uuid import UUID

from flask import Response, current_app, jsonify, url_for

from eoi.outbound.render import link
from eoi.outbound.tables import csv_of
from eoi.queries import provision
from eoi.rules import local_offer
from eoi.rules.errors import NotFound
from eoi.rules.local_offer import Council, Entry
from eoi.web.access import public
from eoi.web.local_offer.blueprint import bp
from eoi.web.typed import page_number

SIZE = 100  # services of a page of the feed


def _entries() -> list[Entry]:
    return [one.entry() for one in provision.offered()]


def _page(one: Entry) -> str:
    return link(current_app.config["SITE_URL"], url_for(".show", entry=one.public_id))


def _council() -> Council:
    config = current_app.config
    return Council(config["COUNCIL_NAME"], config["COUNCIL_EMAIL"], config["SITE_URL"])


@bp.get("/provision.csv")
@public
def as_csv() -> Response:
    text = csv_of(local_offer.COLUMNS, (local_offer.row(one, _page(one)) for one in _entries()))
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="local-offer.csv"'
    return response


@bp.get("/provision.geojson")
@public
def as_geojson() -> Response:
    entries = _entries()
    response = jsonify(local_offer.geojson(entries, {one.public_id: _page(one) for one in entries}))
    response.mimetype = "application/geo+json"
    return response


@bp.get("/open-referral/services")
@public
def services() -> Response:
    """Open Referral UK 3.0: a page of the services."""
    council = _council()
    return jsonify(
        local_offer.paged([local_offer.service(o, council, _page(o)) for o in _entries()], page_number(), SIZE)
    )


@bp.get("/open-referral/services/<uuid:service_id>")
@public
def service(service_id: UUID) -> Response:
    """Open Referral UK 3.0: one service with its place, area, contact and terms."""
    found = next((one for one in _entries() if one.uuid == service_id), None)
    if found is None:
        raise NotFound
    return jsonify(local_offer.service(found, _council(), _page(found), whole=True))
