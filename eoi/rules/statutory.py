"""The road from an approved expression of interest to an open provision, by path and type of school.

The school that changes decides the road: the host for a resourced provision, the special school for a satellite.
An approval only lets a proposal go on to this road; `decided_by` says who makes the decision that counts.

Sources, as cited on each step:
  EIA 2006     Education and Inspections Act 2006, sections 18 to 24
  SI 2013/3110 School Organisation (Prescribed Alterations to Maintained Schools) (England) Regulations 2013
  DfE 2024     Department for Education, "Making significant changes to an open academy", April 2024
  GIAS         Get Information about Schools, its rules for resourced provision
"""

from dataclasses import dataclass
from enum import StrEnum

from eoi.rules.words import Path


class Route(StrEnum):
    """Who changes, and under which law."""

    PROPOSAL = "proposal"  # a maintained school reserves places
    SIGNIFICANT_CHANGE = "significant_change"  # an academy reserves places
    SPECIAL_PROPOSAL = "special_proposal"  # a maintained special school takes on another site
    SPECIAL_CHANGE = "special_change"  # a special academy takes on another site
    NOT_KNOWN = "not_known"  # a satellite whose special school is not agreed


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step: its name for officers, a sentence for the school, and where it comes from."""

    name: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class StatutoryRoute:
    """The whole road, in the words that letters and the officers' summary print."""

    route: Route
    title: str
    who_changes: str  # a sentence
    decided_by: str  # fits "The decision that counts is made by …"
    steps: tuple[RouteStep, ...]

    @property
    def short(self) -> str:
        """The road in one line, for the officers' summary."""
        return ", ".join([self.title, *(step.name[:1].lower() + step.name[1:] for step in self.steps)])


@dataclass(frozen=True, slots=True)
class PlaceFunding:
    """National place funding in pence a year, before top-up (high needs operational guide)."""

    filled: int = 600_000  # the pupil also counts in the school's core budget
    unfilled: int = 1_000_000
    special: int = 1_000_000  # a special school's place, so also a satellite's


PLACE_FUNDING = PlaceFunding()

COUNCIL = "the council’s decision-maker for school proposals"
DEPARTMENT = "the Department for Education"


def route_of(path: Path, academy: bool | None) -> Route:
    """Which road it is. `academy`: is the school that changes one; None where no special school is agreed."""
    if path is Path.SRP:
        return Route.SIGNIFICANT_CHANGE if academy else Route.PROPOSAL
    if academy is None:
        return Route.NOT_KNOWN
    return Route.SPECIAL_CHANGE if academy else Route.SPECIAL_PROPOSAL


def statutory_route(
    path: Path, academy: bool | None, host: str, special: str = "", host_is_academy: bool = False
) -> StatutoryRoute:
    """The road for this school, told to the host.

    `host` and `special` are the schools' names. `host_is_academy` matters for a satellite only: the trust's land.
    """
    route = route_of(path, academy)
    if route is Route.PROPOSAL:
        who = f"The change is made to {host}, which the council maintains."
        return StatutoryRoute(route, "Statutory proposal by the council", who, COUNCIL, _proposal("your school"))
    if route is Route.SIGNIFICANT_CHANGE:
        who = f"The change is made to {host}, which is an academy, so your trust applies for it."
        steps = _significant_change("Your trust", "adding a resourced provision", "names the resourced provision")
        return StatutoryRoute(route, "Significant change by the academy trust", who, DEPARTMENT, (*steps, _register()))
    if route is Route.NOT_KNOWN:
        who = "The change is made to the partner special school, and none is agreed yet. The steps depend on its type."
        return StatutoryRoute(route, "Partner special school to be agreed", who, f"{COUNCIL} or {DEPARTMENT}", ())
    who = (
        f"The change is made to {special}, whose pupils and staff would use your site. "
        "Your school, as the host, normally needs no proposal of its own."
    )
    after = _hosting(special, host_is_academy)
    if route is Route.SPECIAL_PROPOSAL:
        return StatutoryRoute(
            route, "Statutory proposal for the special school", who, COUNCIL, (*_proposal(special), *after)
        )
    steps = _significant_change(f"The trust of {special}", "teaching on another site", "covers the new site")
    return StatutoryRoute(route, "Significant change by the special academy", who, DEPARTMENT, (*steps, *after))


def _proposal(school: str) -> tuple[RouteStep, ...]:
    return (
        RouteStep(
            "Consultation",
            f"We ask parents, staff, governors and others what they think, together with {school}.",
            "DfE guidance for maintained schools: expected, not prescribed",
        ),
        RouteStep(
            "Notice",
            f"If the proposal goes on, we publish it in full on our website, "
            f"with a short notice in a local newspaper and at {school}.",
            "SI 2013/3110",
        ),
        RouteStep(
            "4 weeks’ representations",
            "For 4 weeks from that day anybody can support the proposal, object to it or comment on it.",
            "SI 2013/3110",
        ),
        RouteStep(
            "Decision within 2 months",
            "The council decides within 2 months of the end of the 4 weeks. It can say yes, no, "
            "or yes with conditions such as planning permission. After 2 months the Schools Adjudicator decides.",
            "EIA 2006; SI 2013/3110",
        ),
        RouteStep("Reasons", "The council publishes its decision and the reasons within 1 week.", "SI 2013/3110"),
    )


def _significant_change(trust: str, change: str, deed: str) -> tuple[RouteStep, ...]:
    return (
        RouteStep("Consultation", f"{trust} asks parents, staff and others affected what they think.", "DfE 2024"),
        RouteStep(
            "Application to the DfE",
            f"{trust} applies to the Department for Education before {change}, because this is a significant change. "
            "Making the change first would breach the funding agreement. We write in support where we support it.",
            "DfE 2024",
        ),
        RouteStep(
            "Decision by the DfE",
            "The Department decides. It can say yes, no, or yes with conditions.",
            "DfE 2024",
        ),
        RouteStep(
            "Deed of variation",
            f"If it says yes, the trust and the Department sign a deed of variation, "
            f"so that the funding agreement {deed}.",
            "DfE 2024",
        ),
    )


def _register() -> RouteStep:
    return RouteStep(
        "Register entry",
        "Only then can the provision be recorded on the national register of schools.",
        "GIAS refuses an academy’s resourced provision that its funding agreement does not name",
    )


def _hosting(special: str, host_is_academy: bool) -> tuple[RouteStep, ...]:
    agreement = RouteStep(
        "Agreement for the rooms",
        f"Your school and {special} sign a licence or lease for the rooms.",
        "Council practice for satellites",
    )
    if not host_is_academy:
        return (agreement,)
    consent = RouteStep(
        "Land consent",
        f"Your trust checks whether the Secretary of State must agree to {special} using its land.",
        "Academies Act 2010, Schedule 1",
    )
    return (consent, agreement)
