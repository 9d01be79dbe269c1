"""The list of submissions, and its export."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from flask import Response, current_app, g, render_template, request

from eoi.extensions import today
from eoi.outbound.tables import csv_of
from eoi.queries import cases, lists, schools
from eoi.queries.lists import PAGE, SORTS, CaseRow, Filters
from eoi.queries.tasks import tasks_of
from eoi.rules.permissions import Permission, Role
from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.access import actor, allowed, requires
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import clock_of, moment, url_if
from eoi.web.typed import page_number

Member = TypeVar("Member", bound=StrEnum)
Options = list[tuple[str, str]]
MOST_TICKED = 500
HEADINGS = (
    "Reference", "School", "URN", "District", "Path", "Need", "Phase", "Places", "Stage", "In this stage since",
    "Due", "Submitted", "Case officer", "Score",
)  # fmt: skip


@bp.get("/submissions")
@requires(Permission.REVIEW)
def submissions() -> str:
    filters, at = chosen_filters(), moment()
    total = lists.count(actor(), filters, at)
    pages = -(-total // PAGE)
    page = min(page_number(), max(pages, 1))
    rows = lists.page(actor(), filters, at, page) if total else []
    officers, _ = cases.people()
    offered = _offered([(str(user.id), user.name) for user in officers])
    return render_template(
        "review/submissions.html",
        rows=[(row, clock_of(row, row.closures)) for row in rows],
        total=total,
        page=page,
        pages=pages,
        first=(page - 1) * PAGE + 1,
        filters=_panel(filters, offered),
        chosen=_chosen(filters, offered),
        sort=filters.sort,
        scores=_shows_scores(),
        selection=url_if("letters.selection"),
    )


@bp.get("/submissions/export.csv")
@requires(Permission.EXPORT)
def export() -> Response:
    """Every case of the list, or those ticked, as CSV. That it was taken is noted."""
    ticked = request.args.getlist("case")[:MOST_TICKED]
    rows = lists.everything(actor(), chosen_filters(), moment(), ticked)
    g.opened = None  # no one case, yet the export is noted among what was opened
    demonstration = ["Demonstration, not a decision"] if current_app.config["DEMONSTRATION"] else []
    note = ["Note"] if demonstration else []
    text = csv_of([*HEADINGS, *note], ([*_cells(row), *demonstration] for row in rows))
    response = Response(text, mimetype="text/csv")
    name = f"submissions-{today().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(row: CaseRow) -> Sequence[Any]:
    return (
        row.reference, row.school, row.urn, row.district, label(row.path), label(row.need), label(row.phase),
        row.places, STAGES[row.stage].label, row.stage_since.date().isoformat(),
        row.due_on.isoformat() if row.due_on else None,
        row.submitted_at.date().isoformat() if row.submitted_at else None, row.owner,
        row.score if _shows_scores() else None,
    )  # fmt: skip


def _shows_scores() -> bool:
    """Who scores sees the scores of the others on a case's own page only, once their own are locked."""
    return allowed(Permission.SEE_SCORES) and Role.SCORER not in actor().roles


def chosen_filters() -> Filters:
    """What the address asks for; anything that is not an option asks for nothing."""
    typed = request.args.get
    owner, sort = typed("owner", ""), typed("sort", "")
    tasks = {task.key: task for task in tasks_of(actor())}
    known = owner in ("me", "nobody") or (owner.isascii() and owner.isdigit() and len(owner) < 10)
    sortable = SORTS if _shows_scores() else [key for key in SORTS if key != "score"]
    return Filters(
        stage=_member(Stage, "stage"),
        need=_member(Need, "need"),
        path=_member(Path, "path"),
        phase=_member(Phase, "phase"),
        district=typed("district", "")[:9].replace("\0", ""),
        owner=owner if known else "",
        q=" ".join(typed("q", "").replace("\0", "").split())[: lists.LONGEST],
        task=tasks.get(typed("task", "")),
        sort=sort if sort.removeprefix("-") in sortable else "due",
    )


def _member(members: type[Member], name: str) -> Member | None:
    return next((m for m in members if m.value == request.args.get(name)), None)


def _offered(officers: Options) -> dict[str, tuple[str, Options]]:
    """Name of a filter -> its label and options."""
    districts = schools.districts(current_app.config["COUNCIL_LA_CODE"])
    return {
        "stage": ("Stage", [(s.value, STAGES[s].label) for s in Stage if s is not Stage.DRAFT]),
        "need": ("Need", _labels(Need)),
        "path": ("Path", _labels(Path)),
        "phase": ("Phase", _labels(Phase)),
        "district": ("District", list(districts.items())),
        "owner": ("Case officer", [("me", "Me"), ("nobody", "Nobody yet"), *officers]),
        "task": ("Waiting for me", [(task.key, task.title) for task in tasks_of(actor())]),
    }


def _labels(members: type[StrEnum]) -> Options:
    return [(member.value, label(member)) for member in members]


def _value(filters: Filters, name: str) -> str:
    held = getattr(filters, name)
    return held.key if name == "task" and held else str(held or "")


def _panel(filters: Filters, offered: dict[str, tuple[str, Options]]) -> list[dict[str, Any]]:
    search = {"name": "q", "label": "Reference, school or URN", "value": filters.q}
    return [
        search,
        *(
            {"name": name, "label": title, "value": _value(filters, name), "options": options}
            for name, (title, options) in offered.items()
            if options
        ),
    ]


def _chosen(filters: Filters, offered: dict[str, tuple[str, Options]]) -> list[tuple[str, str]]:
    """The filters that are on: what they say, and their name."""
    found = [(f"“{filters.q}”", "q")] if filters.q else []
    for name, (title, options) in offered.items():
        if value := _value(filters, name):
            found.append((f"{title}: {dict(options).get(value, value)}", name))
    return found
