"""The need lines: places sought by district, need, phase and path, each with its source and its day."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import current_app, render_template, request

from eoi.queries import need, schools
from eoi.rules.need import school_year
from eoi.rules.permissions import Permission
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.access import requires
from eoi.web.need.blueprint import bp

Member = TypeVar("Member", bound=StrEnum)


@bp.get("")
@requires(Permission.REVIEW)
def lines() -> str:
    years, districts = need.years(), schools.districts(current_app.config["COUNCIL_LA_CODE"])
    chosen: dict[str, Any] = {
        "year": next((year for year in years if str(year) == request.args.get("year")), None),
        "district": next((code for code in districts if code == request.args.get("district")), ""),
        "need": _member(Need, "need"),
        "phase": _member(Phase, "phase"),
        "path": _member(Path, "path"),
    }
    shown = {"lines": need.lines(**chosen), "any_chosen": any(chosen.values())}
    return render_template("need/lines.html", filters=_filters(chosen, years, districts), **shown)


def _member(members: type[Member], name: str) -> Member | None:
    """What the address asks for, where it is one of these; anything else asks for nothing."""
    return next((m for m in members if m.value == request.args.get(name)), None)


def _filters(chosen: dict[str, Any], years: list[int], districts: dict[str, str]) -> list[dict[str, Any]]:
    return [
        _filter("district", "District", chosen, list(districts.items())),
        _filter("need", "Need", chosen, _options(Need)),
        _filter("phase", "Phase", chosen, _options(Phase)),
        _filter("path", "Path", chosen, _options(Path)),
        _filter("year", "School year", chosen, [(str(year), school_year(year)) for year in years]),
    ]


def _filter(name: str, title: str, chosen: dict[str, Any], options: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "label": title, "value": chosen[name] or "", "options": options}


def _options(members: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, label(member)) for member in members]
