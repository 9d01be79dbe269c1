"""Rounds: those that are open, to come and closed; making one, changing one, seeing it as schools will."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Round
from eoi.queries import rounds as queries
from eoi.rules import round_lists
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import Openness, count_of
from eoi.web.access import actor, requires
from eoi.web.admin.round_form import RoundPage, new_page, page_of, read
from eoi.web.drawing import change_rows
from eoi.web.public.rounds import page_of_round
from eoi.workflow import rounds

bp = Blueprint("admin_rounds", __name__, url_prefix="/admin/rounds")

Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.EDIT_ROUNDS)
def index() -> str:
    every, moment = queries.every(), now()
    groups = [
        ("Open", [one for one in every if one.is_open(moment)]),
        ("To come", [one for one in every if not one.has_opened(moment)]),
        ("Closed", [one for one in every if one.is_closed(moment)]),
    ]
    return render_template("admin/rounds.html", groups=groups, counts=queries.counts(), no_cases=queries.Counts())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_ROUNDS)
def new() -> Answer:
    return _page(new_page())


@bp.route("/<slug>", methods=["GET", "POST"])
@requires(Permission.EDIT_ROUNDS)
def edit(slug: str) -> Answer:
    made = _find(slug)
    return _page(page_of(made, frozen=made.has_opened(now())))


@bp.get("/<slug>/preview")
@requires(Permission.EDIT_ROUNDS)
def preview(slug: str) -> str:
    """The public page of the round, before anybody else sees it."""
    made = _find(slug)
    return render_template("public/round.html", **page_of_round(made), preview=not made.has_opened(now()))


def _page(page: RoundPage) -> Answer:
    """Draw the page, or save what it asks for. Adding a row and working out the weights only draw it again."""
    if request.method == "POST":
        read(page, request.form)
        only_draw = change_rows(round_lists.LISTS, page.typed, request.form) or request.form.get("then") == "weights"
        if not only_draw and (done := _saved(page)):
            return done
    wrong = bool(page.errors or page.form.errors)
    drawn = render_template("admin/round.html", page=page, form=page.form, errors=page.errors, Openness=Openness,
                            lists=round_lists)  # fmt: skip
    return (drawn, 422) if wrong else drawn


def _saved(page: RoundPage) -> Response | None:
    """Make or change the round; None where something is to be mended."""
    wanted = page.wanted()
    if wanted is None:
        return None
    told = 0
    try:
        if page.made:
            reason = page.form.reason.data if page.frozen else ""
            told = rounds.change(page.made, wanted, reason, seen=page.form.version.data, by=actor())
        else:
            rounds.create(wanted, by=actor())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        page.say(refused.errors)
        return None
    mails = f" {count_of(told, 'person is', 'people are')} told by email." if told else ""
    flash(f"{wanted.name} is saved.{mails}", "success")
    return redirect(url_for(".index"))


def _find(slug: str) -> Round:
    made = queries.by_slug(slug)
    if made is None:
        raise NotFound
    return made
