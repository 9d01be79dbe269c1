"""What the list of submissions is asked for, read from an address."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import current_app, request

from eoi.queries import lists, schools
from eoi.queries.lists import SORTS, Filters
from eoi.queries.tasks import tasks_of
from eoi.rules.permissions import Permission, Role
from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.access import actor, allowed

Member = TypeVar("Member", bound=StrEnum)
Options = list[tuple[str, str]]
NAMES = ("stage", "need", "path", "phase", "district", "owner", "task", "q", "sort")
LONGEST_QUERY = 600
SORT_LABELS = {
    "due": "Due", "submitted": "Submitted", "school": "School", "reference": "Reference", "district": "District",
    "need": "Need", "phase": "Phase", "path": "Path", "places": "Places", "stage": "Stage",
    "since": "Time at this stage", "officer": "Case officer", "score": "Score",
}  # fmt: skip


def query_of(args: Mapping[str, str]) -> str:
    """The filters and the order as an address says them, and nothing else of it; "" for the plain list."""
    return urlencode([(name, value) for name in NAMES if (value := args.get(name, ""))])[:LONGEST_QUERY]


def args_of(query: str) -> dict[str, str]:
    """What such a query says."""
    return {name: value for name, value in parse_qsl(query[:LONGEST_QUERY]) if name in NAMES}


def shows_scores() -> bool:
    """Who scores sees the scores of the others on a case's own page only, once their own are locked."""
    return allowed(Permission.SEE_SCORES) and Role.SCORER not in actor().roles


def sortable() -> list[str]:
    return list(SORTS) if shows_scores() else [key for key in SORTS if key != "score"]


def chosen_filters(args: Mapping[str, str] | None = None) -> Filters:
    """What the address asks for; anything that is not an option asks for nothing."""
    args = request.args if args is None else args

    def typed(name: str, default: str = "") -> str:
        return args.get(name, default)

    owner, sort = typed("owner", ""), typed("sort", "")
    tasks = {task.key: task for task in tasks_of(actor())}
    known = owner in ("me", "nobody") or (owner.isascii() and owner.isdigit() and len(owner) < 10)
    return Filters(
        stage=_member(Stage, typed("stage")),
        need=_member(Need, typed("need")),
        path=_member(Path, typed("path")),
        phase=_member(Phase, typed("phase")),
        district=typed("district", "")[:9].replace("\0", ""),
        owner=owner if known else "",
        q=" ".join(typed("q", "").replace("\0", "").split())[: lists.LONGEST],
        task=tasks.get(typed("task", "")),
        sort=sort if sort.removeprefix("-") in sortable() else "due",
    )


def _member(members: type[Member], typed: str) -> Member | None:
    return next((m for m in members if m.value == typed), None)


def offered(officers: Options) -> dict[str, tuple[str, Options]]:
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


def panel(filters: Filters, options_: dict[str, tuple[str, Options]]) -> list[dict[str, Any]]:
    search = {"name": "q", "label": "Words, school, reference or URN", "value": filters.q}
    return [
        search,
        *(
            {"name": name, "label": title, "value": _value(filters, name), "options": options}
            for name, (title, options) in options_.items()
            if options
        ),
        {"name": "sort", "label": "Sort by", "value": filters.sort, "options": _orders(), "any": "Due"},
    ]


def chosen(filters: Filters, options_: dict[str, tuple[str, Options]]) -> list[tuple[str, str]]:
    """The filters that are on: what they say, and their name."""
    found = [(f"“{filters.q}”", "q")] if filters.q else []
    for name, (title, options) in options_.items():
        if value := _value(filters, name):
            found.append((f"{title}: {dict(options).get(value, value)}", name))
    return found


def _orders() -> Options:
    """Every column, up and down."""
    return [
        (sign + key, f"{SORT_LABELS[key]}{', the other way round' if sign else ''}")
        for key in sortable() for sign in ("", "-") if sign + key != "due"
    ]  # fmt: skip
