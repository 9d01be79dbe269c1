"""Looking up a school: suggestions for the box that asks for one, and the same as a page where there is no script."""

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from eoi.queries import schools
from eoi.rules.parsing import clean
from eoi.web.access import public

bp = Blueprint("schools", __name__)

SHORTEST = 2


@bp.get("/schools")
@public
def look_up() -> str | Response:
    """The ten best matches of `?q=`: JSON for scripts, a page for people. `&mainstream=1` leaves out other schools."""
    q = clean(request.args.get("q", ""))[: schools.LONGEST]
    mainstream = request.args.get("mainstream") == "1"
    found = schools.find(q, mainstream_only=mainstream) if len(q) >= SHORTEST else []
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return render_template("public/schools.html", q=q, found=found)
    answer = jsonify(
        [
            {"urn": s.urn, "name": s.name, "town": s.town, "postcode": s.postcode, "district": s.district_name}
            for s in found
        ]
    )
    answer.vary.add("Accept")
    return answer
