"""The list of submissions: filtered, searched, sorted, a page at a time."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.queries import cases, lists, saved_views
from eoi.queries.lists import PAGE
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.review import filters as asked
from eoi.web.review.blueprint import bp
from eoi.web.review.filters import chosen_filters, shows_scores
from eoi.web.review.opening import clock_of, moment, url_if
from eoi.web.typed import page_number


@bp.get("/submissions")
@requires(Permission.REVIEW)
def submissions() -> str | AnyResponse:
    """The list. Its bare address opens the view that the person has chosen to come first."""
    views = saved_views.of(actor())
    first = next((view for view in views if view.opens_first), None)
    if first and not request.args:
        return redirect(f"{url_for('.submissions')}?{first.query}")
    filters, at = chosen_filters(), moment()
    total = lists.count(actor(), filters, at)
    pages = -(-total // PAGE)
    page = min(page_number(), max(pages, 1))
    rows = lists.page(actor(), filters, at, page) if total else []
    officers, _ = cases.people()
    offered = asked.offered([(str(user.id), user.name) for user in officers])
    return render_template(
        "review/submissions.html",
        rows=[(row, clock_of(row, row.closures)) for row in rows],
        total=total,
        page=page,
        pages=pages,
        first=(page - 1) * PAGE + 1,
        filters=asked.panel(filters, offered),
        chosen=asked.chosen(filters, offered),
        sort=filters.sort,
        scores=shows_scores(),
        selection=url_if("letters.selection"),
        views=views,
        query=asked.query_of(request.args) or "sort=due",
    )
