"""The report of a round, as a page, as PDF and as XLSX."""

from typing import Any

from flask import Response, current_app, render_template

from eoi.extensions import today
from eoi.models import Round
from eoi.outbound.papers import round_report_html
from eoi.outbound.press import print_pdf
from eoi.outbound.tables import workbook
from eoi.queries import board, round_report
from eoi.queries import rounds as queries
from eoi.queries.board import Wanted
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.round_report import RoundReport
from eoi.rules.words import long_date
from eoi.web.access import actor, requires
from eoi.web.need.blueprint import bp

Sheet = tuple[str, tuple[str, ...], list[list[Any]]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/rounds")
@requires(Permission.EXPORT)
def rounds() -> str:
    return render_template("need/rounds.html", rounds=queries.every())


@bp.get("/rounds/<slug>")
@requires(Permission.EXPORT)
def round_(slug: str) -> str:
    found, made = _made(slug)
    return render_template("need/round.html", round=found, report=made, illustrative=board.is_illustrative(Wanted()))


@bp.get("/rounds/<slug>/report.pdf")
@requires(Permission.EXPORT)
def round_pdf(slug: str) -> Response:
    _, made = _made(slug)
    config, mark = current_app.config, board.is_illustrative(Wanted())
    html = round_report_html(config["COUNCIL_NAME"], made, config["DEMONSTRATION"], long_date(today()), mark)
    return _file(print_pdf(html), "application/pdf", f"round-{slug}.pdf")


@bp.get("/rounds/<slug>/report.xlsx")
@requires(Permission.EXPORT)
def round_xlsx(slug: str) -> Response:
    _, made = _made(slug)
    mark = "Some of the places sought are illustrative" if board.is_illustrative(Wanted()) else ""
    demonstration = "Demonstration, not a decision" if current_app.config["DEMONSTRATION"] else ""
    sheets: list[Sheet] = [
        ("Outcomes", ("Outcome", "Cases", "Places"), [list(row) for row in made.outcomes]),
        ("Areas", ("District", "Sought", "Offers", "Places offered", "Approved or open", "Share of sought"),
         [[a.district, a.sought, a.offers, a.offered, a.approved, a.share] for a in made.areas]),
        ("Time", ("Stage", "Cases", "Median days"), [list(row) for row in made.times]),
        ("About", ("About",), [[made.name], [made.sentence], [mark], [demonstration]]),
    ]  # fmt: skip
    return _file(workbook(sheets), XLSX, f"round-{slug}.xlsx")


def _made(slug: str) -> tuple[Round, RoundReport]:
    found = queries.by_slug(slug)
    if found is None:
        raise NotFound
    return found, round_report.of_round(found, actor())


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
