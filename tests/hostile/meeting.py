"""The panel's part of the world: a case without enough scorers, a meeting, a pack, and what a meeting recommended."""

from datetime import date

from eoi.models import PanelMeeting, Submission
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path
from eoi.workflow import assigning, packs, panel
from tests.cases import Cases, make_round
from tests.clock import START
from tests.people import ELSEWHERE, HOPEFIELD, RIVERSIDE

SAT = Path.SATELLITE
NOTES = {"outcome": "approved", "rank": 1, "strengths": "Ethos", "minute": "Well led."}


def cases_of(cases: Cases, later: Cases) -> dict[str, Submission]:
    """By name. The clock stands at the start again."""
    found = {"unscored": later.road(path=SAT, need=Need.SEMH, urn=ELSEWHERE).to(Stage.ASSESSMENT)}
    two = [cases.people.priya, cases.people.pete]
    assigning.assign_scorers(found["unscored"], two, seen=found["unscored"].version, by=cases.people.actor("olu"))
    cases.clock.travel(START)
    found["panel"] = later.road(path=SAT, urn=RIVERSIDE).to(Stage.PANEL)
    cases.clock.travel(START)
    made = _meeting(cases, found["panel"])
    for name in ("aisha", "audrey"):
        panel.declare_agenda(made.items, [], "", by=cases.people.actor(name))
    packs.ask(made, by=cases.people.actor("aisha"))
    found["recommended"] = _recommended(cases)
    found["waiting"] = later.road(path=SAT, need=Need.SEMH, urn=HOPEFIELD).to(Stage.PANEL)
    cases.clock.travel(START)
    return found


def _recommended(cases: Cases) -> Submission:
    """Sent to the Head of SEN by a meeting, in a round of its own."""
    third = Cases(cases.people, cases.clock, make_round(slug="third", name="Third", closes_at=None))
    case, cleo = third.road().to(Stage.PANEL), cases.people.actor("cleo")
    made = _meeting(cases, case)
    others = [{"name": name, "role": "Member", "voice": "finance"} for name in ("Pat", "Pia")]
    panel.take_register(made, [*made.members, *others], seen=made.version, by=cleo)
    panel.declare_agenda(made.items, [], "", by=cleo)
    panel.save(made.items[0], NOTES, seen=made.items[0].version, by=cleo)
    panel.recommend(made.items[0], seen=made.items[0].version, by=cleo)
    cases.clock.travel(START)
    return case


def _meeting(cases: Cases, case: Submission) -> PanelMeeting:
    """A meeting of the panel on this case, with who is present."""
    cleo, people = cases.people.actor("cleo"), cases.people
    made = panel.plan([case], date(2027, 3, 2), "Room 1", by=cleo)
    present = [
        {"name": one.name, "role": "Member", "voice": panel.voice_of(one), "user_id": one.id}
        for one in (people.cleo, people.pete)
    ]
    panel.take_register(made, present, seen=made.version, by=cleo)
    return made
