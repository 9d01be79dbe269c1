"""What stands in the world of need, places and money: a line, a provision, a report, a plan, a scenario."""

from datetime import date

from eoi.extensions import db
from eoi.models import NeedLine, ProblemReport, Submission
from eoi.rules.need import Line
from eoi.rules.provision import Row
from eoi.rules.words import Designation, Need, Path, Phase, State
from eoi.workflow import need, planning, provisions, scenarios
from tests.people import ELSEWHERE, People


def plan_of(case: Submission, people: People) -> None:
    """The case has a plan to open in September 2029."""
    planning.take(case, date(2029, 9, 3), "adapt", seen=case.version, by=people.actor("aisha"))


def scenario_of(people: People) -> int:
    """The id of a scenario."""
    facts = {"name": "North first", "note": "", "capital_budget": 20_000_000_00, "revenue_budget": 90_000_000}
    return scenarios.make(facts, by=people.actor("olu")).id


def need_and_problem(people: People) -> tuple[NeedLine, ProblemReport]:
    """A need line, and a provision that families see."""
    as_at = date(2026, 9, 1)
    line = Line(2027, "E07000105", "Ashford", Need.ASD, Phase.PRIMARY, Path.SRP, 30, "Plan", as_at, False)
    row = Row(ELSEWHERE, Path.SRP, Designation.ASD, Phase.PRIMARY, 12, None, State.EXISTING, "Plan", as_at, "", False)
    stands = provisions.add(row, by=people.actor("olu"))
    stands.published, stands.public_id = True, "provision-of-elsewhere"
    db.session.flush()
    reported = provisions.report(stands, "The telephone number is old.")
    return need.add_line(line, by=people.actor("olu")), reported
