"""What the address of a page asks for: a year, district, need, phase or path; and the panel that offers them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import current_app, request

from eoi.queries import schools
from eoi.rules.need import school_year
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.fields import choice

Member = TypeVar("Member", bound=StrEnum)
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters that are on. What is not an option asks for nothing."""

    year: int | None
    district: str
    need: Need | None
    phase: Phase | None
    path: Path | None

    def facts(self) -> dict[str, Any]:
        """As queries take them."""
        return {name: getattr(self, name) for name in self.__slots__}

    def args(self, **changes: Any) -> dict[str, Any]:
        """As an address has them, with some changed."""
        held = {name: value for name, value in self.facts().items() if value not in (None, "")}
        return {name: str(value) for name, value in {**held, **changes}.items() if value not in (None, "")}

    def __bool__(self) -> bool:
        return any(value not in (None, "") for value in self.facts().values())


def districts() -> dict[str, str]:
    """The council's districts, code to name."""
    return schools.districts(current_app.config["COUNCIL_LA_CODE"])


def chosen(years: list[int], known: dict[str, str]) -> Chosen:
    typed = request.args.get
    return Chosen(
        next((year for year in years if str(year) == typed("year")), None),
        next((code for code in known if code == typed("district")), ""),
        one_of(Need, "need"),
        one_of(Phase, "phase"),
        one_of(Path, "path"),
    )


def one_of(members: type[Member], name: str) -> Member | None:
    """What the address asks for, where it is one of these."""
    return next((m for m in members if m.value == request.args.get(name)), None)


def panel(on: Chosen, years: list[int], known: dict[str, str], **more: tuple[str, Options]) -> list[dict[str, Any]]:
    """The filters for `filter_panel`; `more` holds others by name: (label, options)."""
    offered: dict[str, tuple[str, Options]] = {
        "district": ("District", list(known.items())),
        "need": ("Need", options(Need)),
        "phase": ("Phase", options(Phase)),
        "path": ("Path", options(Path)),
        "year": ("School year", [(str(year), school_year(year)) for year in years]),
        **more,
    }
    return [
        {"name": name, "label": title, "value": request.args.get(name, "")[:40], "options": choices}
        | ({"any": choices[0][1]} if name == "by" else {})
        for name, (title, choices) in offered.items()
    ]


def choices(members: type[StrEnum], blank: bool = False) -> list[Any]:
    """The members of a closed set as choices of a form; for a drop-down list with an empty one first."""
    found = [choice(value, words) for value, words in options(members)]
    return [choice("", ""), *found] if blank else found


def options(members: type[StrEnum]) -> Options:
    return [(member.value, label(member)) for member in members]
