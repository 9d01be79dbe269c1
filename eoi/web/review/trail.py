"""Previous and next: a case that was opened from the list knows which list, and its place in it."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from eoi.queries import lists
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.filters import args_of, chosen_filters, query_of
from eoi.web.review.opening import find_case, moment
from eoi.web.review.views import back_to_list
from eoi.web.typed import number_of


@dataclass(frozen=True, slots=True)
class Trail:
    """The list, and the place in it: the `at`th `of` so many. `kept` goes along from page to page of the case."""

    back: str
    at: int
    of: int
    kept: dict[str, str]


def trail() -> Trail | None:
    """Where the person came from, as the address of this page says; None where they came another way."""
    query = query_of(args_of(request.args.get("list", "")))
    at, of = number_of(request.args.get("at", "")), number_of(request.args.get("of", ""))
    if not query or not 1 <= at <= of:
        return None
    return Trail(back_to_list(query), at, of, {"list": query, "at": str(at), "of": str(of)})


@bp.get("/submissions/<ref>/beside")
@requires(Permission.REVIEW)
def beside(ref: str) -> Response:
    """To the case before or after this one in the list; where it has left the list, to what stands in its place."""
    find_case(ref)
    here, step = trail(), -1 if request.args.get("go") == "previous" else 1
    if here is None:
        return redirect(url_for(".show", ref=ref))
    found = lists.references(actor(), chosen_filters(args_of(here.kept["list"])), moment())
    place = found.index(ref) + step if ref in found else here.at - 1 + min(step, 0)
    if not 0 <= place < len(found):
        return redirect(here.back)
    return redirect(url_for(".show", ref=found[place], list=here.kept["list"], at=place + 1, of=len(found)))
