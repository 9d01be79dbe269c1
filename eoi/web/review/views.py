"""Saved views of the list: each person's own."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.queries import saved_views as queries
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.fields import LineField, TickField
from eoi.web.forms import Form
from eoi.web.review.blueprint import bp
from eoi.web.review.filters import args_of, query_of
from eoi.web.review.opening import attempt, told
from eoi.workflow import saved_views


class ViewForm(Form):
    name = LineField("Name of the view")
    first = TickField("Show this view first when I open Submissions")


@bp.route("/views/new", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def view_new() -> str | Response:
    """Save the list that the address describes."""
    form, wrong, query = ViewForm(), {}, query_of(request.args) or "sort=due"
    if form.validate_on_submit():
        wrong = attempt(lambda: saved_views.save(query, form.name.data, form.first.data, by=actor()))
        if not wrong:
            flash(f"View “{form.name.data.strip()}” saved.", "success")
            return redirect(f"{url_for('.submissions')}?{query}")
    return render_template("review/view.html", form=form, errors=told(form, wrong), query=query, view=None)


@bp.route("/views/<int:number>", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def view_edit(number: int) -> str | Response:
    """Rename a view, or let it open first."""
    view = queries.find(number, actor())
    if view is None:
        raise NotFound
    form, wrong = ViewForm(name=view.name, first=view.opens_first), {}
    if form.validate_on_submit():
        query = view.query
        wrong = attempt(lambda: saved_views.change(view, form.name.data, form.first.data, by=actor()))
        if not wrong:
            flash(f"View “{form.name.data.strip()}” saved.", "success")
            return redirect(f"{url_for('.submissions')}?{query}")
    return render_template("review/view.html", form=form, errors=told(form, wrong), query=view.query, view=view)


@bp.post("/views/<int:number>/remove")
@requires(Permission.REVIEW)
def view_remove(number: int) -> Response:
    """Only the view goes, no case."""
    view = queries.find(number, actor())
    if view is None:
        raise NotFound
    saved_views.remove(view, by=actor())
    db.session.commit()
    flash("View removed.", "success")
    return redirect(url_for(".submissions", sort="due"))


def back_to_list(query: str) -> str:
    """The list that a page was opened from."""
    kept = query_of(args_of(query))
    return url_for("review.submissions") + (f"?{kept}" if kept else "")
