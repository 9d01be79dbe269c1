"""The need board: sought, existing, offered, decided, open and the gap; for officers, and what everybody may see."""

from collections import Counter
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from eoi.extensions import today
from eoi.outbound import charts
from eoi.outbound.charts import Bar, Dot
from eoi.outbound.papers import board_html
from eoi.outbound.press import print_pdf
from eoi.outbound.tables import csv_of
from eoi.queries import board as queries
from eoi.queries import need
from eoi.queries.board import Point, Wanted
from eoi.rules import board as rules
from eoi.rules.board import By, Column, Line
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Actor, Permission
from eoi.rules.words import long_date
from eoi.web.access import actor, public, requires
from eoi.web.need import filters
from eoi.web.need.blueprint import bp


@bp.get("")
@requires(Permission.REVIEW)
def board() -> str:
    return render_template("need/board.html", **facts(actor(), tuple(Column)))


@bp.get("/board.pdf")
@requires(Permission.REVIEW)
def board_pdf() -> Response:
    return _pdf(facts(actor(), tuple(Column)), "Need board")


@bp.get("/board.csv")
@requires(Permission.REVIEW)
def board_csv() -> Response:
    """The table of the board, to work on."""
    shown = facts(actor(), tuple(Column))
    head = [shown["by_label"], *(title for title, _ in shown["columns"])]
    note = "Illustrative" if shown["illustrative"] else ""
    rows = [[line.title, *(getattr(line, name) for _, name in shown["columns"]), note] for line in shown["lines"]]
    response = Response(csv_of([*head, "Note"], rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="need-{today().isoformat()}.csv"'
    return response


@bp.get("/public")
@public
def public_board() -> str:
    """What everybody may see: nothing of a school whose proposal is not formally decided."""
    return render_template("need/public_board.html", **facts(None, rules.PUBLIC))


@bp.get("/public.pdf")
@public
def public_board_pdf() -> Response:
    return _pdf(facts(None, rules.PUBLIC), "Places sought and open")


@bp.get("/offers/<column>")
@requires(Permission.REVIEW)
def offers(column: str) -> str:
    """The expressions of interest behind a figure of the board."""
    wanted = next((one for one in Column if one.value == column), None)
    if wanted is None:
        raise NotFound
    years, known = need.years(), filters.districts()
    on = filters.chosen(years, known)
    on_board = _year_of(on)
    found = queries.cases(wanted, on_board, actor())
    panel = filters.panel(on, years, known)
    return render_template(
        "need/offers.html", rows=found, filters=panel, column=rules.COLUMN_LABELS[wanted], any_chosen=bool(on)
    )


def _year_of(on: filters.Chosen) -> Wanted:
    """The filters; a year without need lines can be asked for here, because cases open in it."""
    typed = request.args.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    return Wanted(**{**on.facts(), "year": year})


def facts(by_whom: Actor | None, columns: tuple[Column, ...]) -> dict[str, Any]:
    """Everything that the board shows, on a page or on paper. `by_whom` None: the public's version."""
    years, known = need.years(), filters.districts()
    on = filters.chosen(years, known)
    by, wanted = filters.one_of(By, "by") or By.DISTRICT, Wanted(**on.facts())
    lines = queries.lines(by, wanted, by_whom, known)
    places = lines if by is By.DISTRICT else queries.lines(By.DISTRICT, wanted, by_whom, known)
    points = queries.points(wanted, by_whom)
    whole, title = rules.total(lines), f"Places sought and coming, by {rules.BY_LABELS[by].lower()}"
    public_version = by_whom is None
    gaps = {line.key: line.gap for line in places}
    return {
        "lines": lines, "total": whole, "by": by, "by_label": rules.BY_LABELS[by], "on": on, "columns": _head(columns),
        "sentence": rules.sentence(lines, public_version), "places": places, "gaps": gaps,
        "meaning": rules.PUBLIC_MEANING if public_version else rules.MEANING,
        "filters": filters.panel(on, years, known, by=("Rows", [(b.value, rules.BY_LABELS[b]) for b in By])),
        "bars": charts.bars(_bars(lines, columns), "sought", _part_labels(), title),
        "map": charts.district_map(gaps, _dots(points), "Map of the gap in each district, with schools as points"),
        "counts": _by_district(points), "kinds": _kinds(points), "link": _links(by, on, columns),
        "illustrative": queries.is_illustrative(wanted),
    }  # fmt: skip


def _head(columns: tuple[Column, ...]) -> list[tuple[str, str]]:
    """The columns of the table: words and the name of the figure."""
    shown = [(rules.COLUMN_LABELS[column], column.value) for column in columns]
    return [("Sought", "sought"), ("Existing", "existing"), *shown, ("Gap", "gap")]


def _part_labels() -> dict[str, str]:
    return {column.value: label.lower() for column, label in rules.COLUMN_LABELS.items()}


def _bars(lines: list[Line], columns: tuple[Column, ...]) -> list[Bar]:
    return [Bar(line.title, line.sought, {column.value: line.at(column) for column in columns}) for line in lines]


def _dots(points: list[Point]) -> list[Dot]:
    return [Dot(p.latitude, p.longitude, p.kind) for p in points if p.latitude is not None and p.longitude is not None]


def _by_district(points: list[Point]) -> dict[str, Counter[str]]:
    """District code -> how many schools of each kind the map shows."""
    found: dict[str, Counter[str]] = {}
    for point in points:
        found.setdefault(point.district, Counter())[point.kind] += 1
    return found


def _kinds(points: list[Point]) -> list[tuple[str, str]]:
    """The kinds of points that the map shows, with their words."""
    there = {point.kind for point in points}
    return [(kind, words) for kind, (*_, words) in charts.DOTS.items() if kind in there]


def _links(by: By, on: filters.Chosen, columns: tuple[Column, ...]) -> Any:
    """For a template: the address behind a figure, or "" where none is."""
    linked = {column.value for column in columns}

    def link(line: Line, name: str) -> str:
        narrowed = on.args(**({by.value: line.key} if line.key else {}))
        if name == "sought" and getattr(line, name):
            return url_for("need.lines", **narrowed)
        if name == "existing" and line.existing:
            return url_for("need.existing", **{key: value for key, value in narrowed.items() if key != "year"})
        return url_for("need.offers", column=name, **narrowed) if name in linked and getattr(line, name) else ""

    return link


def _pdf(shown: dict[str, Any], title: str) -> Response:
    config = current_app.config
    shown = {name: value for name, value in shown.items() if name not in ("filters", "link", "on")}
    html = board_html(
        config["COUNCIL_NAME"], title, config["DEMONSTRATION"], made_on=long_date(today()), chosen=_told(), **shown
    )
    response = Response(print_pdf(html), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="need-board.pdf"'
    return response


def _told() -> list[str]:
    """The filters that are on, in words, for a paper."""
    years, known = need.years(), filters.districts()
    panel = filters.panel(filters.chosen(years, known), years, known)
    return [
        f"{one['label']}: {dict(one['options'])[one['value']]}" for one in panel if one["value"] in dict(one["options"])
    ]
