"""What stands in the world: cases at their stages, links that live, a delegation, work that failed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from eoi.cli.seed.road import Road
from eoi.extensions import db, now, today
from eoi.models import (
    Clarification,
    Document,
    Errand,
    Letter,
    Link,
    Membership,
    Opinion,
    Outgoing,
    Pack,
    PanelMeeting,
    School,
    Submission,
    User,
)
from eoi.models.errand import ErrandKind
from eoi.models.link import Purpose
from eoi.models.outgoing import State
from eoi.models.submission import Channel
from eoi.queries import drafts, signatures
from eoi.rules.opinions import Expert, Shared
from eoi.rules.permissions import Actor, Role
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase, Step
from eoi.workflow import (
    accounts,
    assigning,
    delegations,
    drafting,
    exceptions,
    foi,
    keeping,
    links,
    logging,
    opinions,
    retention,
    saved_views,
    scoring,
    submitting,
    visiting,
)
from eoi.workflow.logging import Sender
from eoi.workflow.scoring import Mark
from eoi.workflow.submitting import Declared
from tests.cases import Cases, make_round
from tests.clock import START
from tests.hostile import meeting
from tests.hostile.lettered import evidence_of, lettered, release_of
from tests.hostile.planned import need_and_problem, plan_of, scenario_of
from tests.hostile.said import attached, said_ids, talked
from tests.people import ELSEWHERE, HOPEFIELD, MEADOW, RIVERSIDE, second_factor_of, session_of

S, SRP, SAT = Stage, Path.SRP, Path.SATELLITE


@dataclass(frozen=True)
class Made:
    """Cases by name: public ids, references (public ids while they are drafts); and other parts of addresses."""

    public: dict[str, str]
    refs: dict[str, str]
    documents: dict[str, str]
    letters: dict[str, str]  # the last letter of the case
    tokens: dict[str, str]
    ids: dict[str, int]


#: Name -> stage, school, path, need. Hopefield is Alice's and Ed's, Riverside Rita's, Elsewhere Sam's.
WALKED: dict[str, tuple[Stage, int, Path, Need]] = {
    "submitted": (S.SUBMITTED, HOPEFIELD, SAT, Need.ASD),
    "returned": (S.RETURNED, HOPEFIELD, SAT, Need.SEMH),
    "detail": (S.DETAIL, RIVERSIDE, SRP, Need.ASD),
    "assessment": (S.ASSESSMENT, RIVERSIDE, SAT, Need.ASD),
    "with_head": (S.WITH_HEAD, RIVERSIDE, SAT, Need.SEMH),
    "conditions": (S.CONDITIONS, ELSEWHERE, SRP, Need.ASD),
    "proposed": (S.INELIGIBLE_PROPOSED, ELSEWHERE, SAT, Need.ASD),
    "check": (S.CHECK, ELSEWHERE, SAT, Need.SEMH),
}


def make(cases: Cases) -> Made:
    """All of it, in two open rounds. The caller commits."""
    found = {name: _walked(cases, *facts) for name, facts in WALKED.items()}
    _scored(cases, found["assessment"])
    cases.clock.travel(START)
    road = cases.road()
    road.fill((Step.EOI,))
    road.add_file("floor_plan")
    found["draft"] = road.submission
    found["exception"] = cases.road(need=Need.SEMH).submission
    later = Cases(cases.people, cases.clock, make_round(slug="later", name="Later", closes_at=None))
    found["asked"] = later.road(need=Need.SEMH).submission
    exceptions.ask(found["asked"], "No place lies near.", seen=found["asked"].version, by=cases.people.actor("alice"))
    found["ahead"], found["beside"] = _ahead(cases), _beside(cases)
    found["started"] = later.road(urn=RIVERSIDE, phase=Phase.SECONDARY).submission
    found |= meeting.cases_of(cases, later)
    found["visit"] = _visited(later)
    cases.clock.travel(START)
    found["issued"] = talked(cases, later.road(urn=ELSEWHERE).to(S.PRE_STATUTORY))
    cases.clock.travel(START)
    found |= lettered(Cases(cases.people, cases.clock, make_round(slug="lettered", name="Lettered", closes_at=None)))
    found["unsigned"] = _unsigned(later)
    found["logged"], found["unconfirmed"] = _logged(cases), _logged(later)
    logging.submit(
        found["unconfirmed"], [], seen=found["unconfirmed"].version, by=cases.people.actor("olu")
    )  # fmt: skip
    return Made(
        {name: case.public_id for name, case in found.items()},
        {name: case.reference or case.public_id for name, case in found.items()},
        {name: document for name, case in found.items() if (document := _last(Document, case))},
        {name: letter for name, case in found.items() if (letter := _last(Letter, case))},
        {"evidence": evidence_of(found["issued"])}
        | _tokens(cases, found["panel"])
        | {"provision": "provision-of-elsewhere"}
        | attached(),
        _ids(cases, found),
    )


def _walked(cases: Cases, stage: Stage, urn: int, path: Path, need: Need) -> Submission:
    """Walked to its stage; where the school is asked for the detail, it is filled in and not yet sent."""
    cases.clock.travel(START)
    road = cases.road(path=path, need=need, urn=urn)
    road.to(stage)
    if stage is S.DETAIL:
        road.fill((Step.DETAIL,))
    return road.submission


def _ahead(cases: Cases) -> Submission:
    """What Asta has begun for Elsewhere, where she waits to be confirmed."""
    asta = User(email="asta@example.org", name="Asta Asking", password_hash="kept", created_at=now())
    asta.memberships = [Membership(urn=ELSEWHERE, role=Role.HEADTEACHER)]
    db.session.add(asta)
    db.session.flush()
    db.session.add(session_of(asta))
    school, by = db.session.get_one(School, ELSEWHERE), asta.actor(today())
    begun = drafting.start(cases.round, school, SRP, Need.ASD, Phase.PRIMARY, by=by)
    Road(begun, replace(cases._cast("sam"), school=by), Random(1), cases._wait).fill((Step.EOI,))
    return begun


def _beside(cases: Cases) -> Submission:
    """A second draft of Alice's school for the offer of the first, begun by somebody confirmed since."""
    begun = drafting.start(
        cases.round, db.session.get_one(School, HOPEFIELD), SRP, Need.ASD, Phase.PRIMARY,
        by=Actor("user", cases.people.alice.id, "Alice", asked=frozenset({HOPEFIELD})),
    )  # fmt: skip
    begun.held_by_id, begun.beside = None, True
    db.session.flush()
    return begun


def _visited(cases: Cases) -> Submission:
    """Alice's case at the visit, with Aisha's notes so far."""
    cases.clock.travel(START)
    case = cases.road(urn=HOPEFIELD).to(S.VISIT)
    visiting.save(case, {"rooms": "Two rooms."}, seen=0, by=cases.people.actor("aisha"))
    return case


def _unsigned(cases: Cases) -> Submission:
    """Submitted yesterday by Alice; its chair and the head of the partner have a link each."""
    road = cases.road(path=SAT, urn=HOPEFIELD)
    road.fill((Step.EOI,))
    row = drafts.section_rows(road.submission)["partner"]
    agreed = {"partner_school": MEADOW, "partner_talks": "agreed", "partner_agreed_on": "2026-11-02"}
    row.answers = {**row.answers, **agreed}
    people = {"headteacher": "", "chair": "chris@governors.example", "partner_head": "morgan@meadow.example"}
    declared = [Declared(key, key.title(), email=email) for key, email in people.items()]
    submitting.submit(road.submission, declared, seen=road.submission.version, by=cases.people.actor("alice"))
    for link in signatures.asked_of(road.submission).values():
        link.created_at -= timedelta(days=1)
    return road.submission


def _scored(cases: Cases, case: Submission) -> None:
    """Priya and Pete have all but locked, Pam has not said whether she has a conflict."""
    for name in ("priya", "pete"):
        scorer = cases.people.actor(name)
        assigning.declare_conflict(case, False, "", by=scorer)
        scoring.save(case, {c.key: Mark(3, "Seen.") for c in case.round.criteria}, by=scorer)


def _logged(cases: Cases) -> Submission:
    """What Elsewhere's headteacher said on the phone, all of it written down."""
    sender = Sender("Sam Example", "Headteacher", "sam@example.org", date(2026, 11, 23))
    school, olu = db.session.get_one(School, ELSEWHERE), cases.people.actor("olu")
    made = logging.log(
        cases.round, school, (SRP, Need.SEMH, Phase.PRIMARY), Channel.PHONE, sender, "No place lies near.",
        la_code="886", by=olu,
    )  # fmt: skip
    exceptions.answer(made, True, "A place is needed.", seen=made.version, by=olu)
    cast = replace(cases._cast("sam"), school=olu)
    Road(made, cast, Random(1), cases._wait).fill((Step.EOI,))
    return made


def _tokens(cases: Cases, advised: Submission) -> dict[str, str]:
    """Links of each kind that has a page, and a form that was kept for Alice."""
    opinion = opinions.ask(
        advised, Expert.FINANCE, name="Fran Finch", email="fran@finance.example", question="Is it good value?",
        due_on=today() + timedelta(days=30), shared=Shared.PANEL, by=cases.people.actor("olu"),
    )  # fmt: skip
    opinion.asked_at -= timedelta(days=1)
    accounts.invite("ivy@example.org", "Ivy Invited", roles=[Role.AUDITOR], by=cases.people.actor("ada"))
    links.make(Purpose.RESET, email="audrey@example.org", name="Audrey", user=cases.people.audrey)
    kept = keeping.keep("/apply/start/later", [("need", "asd"), ("path", "srp")], cases.people.alice.id)
    links.make(Purpose.SIGN_IN, email="ed@example.org", name="Ed", user=cases.people.ed)
    payload = {"urn": HOPEFIELD, "role": "editor", "job_title": "SENCO"}
    links.make(Purpose.ACCESS, email="noor@example.org", name="Noor", payload=payload)
    names = {
        "invitation": Purpose.INVITE, "reset": Purpose.RESET, "confirm": Purpose.CONFIRM_LOGGED,
        "access": Purpose.ACCESS, "sign_in": Purpose.SIGN_IN,
        "sign": Purpose.SIGN, "partner": Purpose.PARTNER, "advise": Purpose.ADVISE,
    }  # fmt: skip
    made = {name: db.session.scalars(select(Link).where(Link.purpose == one)).one() for name, one in names.items()}
    pack = db.session.scalars(select(Pack.public_id)).one()
    errand = Errand(user_id=cases.people.olu.id, kind=ErrandKind.ASSIGN, asked={}, total=1, created_at=now())
    db.session.add(errand)
    db.session.flush()
    named = {name: links.address(link).rpartition("/")[2] for name, link in made.items()}
    return named | {"kept": str(kept), "pack": pack, "errand": errand.public_id}


def _closed_school() -> int:
    """Brookside, which the register has closed, with its headteacher; it goes on as an academy."""
    facts = {"la_code": "886", "la_name": "Kent", "postcode": "ME14 9ZZ", "type_group": "Academies", "phase": "Primary",
             "source": "Examples", "as_at": date(2026, 9, 1)}  # fmt: skip
    closed = School(urn=900008, name="Brookside Primary School", status="Closed", **facts)
    bea = User(email="bea@example.org", name="Bea Brook", created_at=now())
    bea.memberships = [Membership(urn=closed.urn, role=Role.HEADTEACHER, confirmed_at=now())]
    db.session.add_all([closed, School(urn=900009, name="Brookside Academy", **facts), bea])
    db.session.flush()
    return closed.urn


def _last(model: type[Document] | type[Letter], case: Submission) -> str | None:
    rows = select(model.public_id).where(model.submission_id == case.id).order_by(model.id.desc())
    return db.session.scalars(rows).first()


def _ids(cases: Cases, found: dict[str, Submission]) -> dict[str, int]:
    harriet, people = cases.people.actor("harriet"), cases.people
    given = delegations.delegate(
        people.dev, starts_on=today(), ends_on=today() + timedelta(days=9), submission_id=None, reason="Leave.",
        by=harriet,
    )  # fmt: skip
    failed = Outgoing(
        kind="mail", key="failed", payload={}, state=State.FAILED, due_at=now(), attempts=9, created_at=now(),
        last_error="Nobody there.",
    )  # fmt: skip
    other = session_of(people.alice, "another session of Alice's")
    db.session.add_all([failed, other, *(second_factor_of(one) for one in (people.rita, people.sam))])
    db.session.flush()
    request = foi.log(
        received_on=date(2026, 11, 2), requester="A newspaper", asked="Everything.", cases=[found["issued"]],
        by=people.actor("olu"),
    )  # fmt: skip
    retention.hold(found["draft"], reason="A complaint.", review_on=date(2028, 1, 1), by=people.actor("ada"))
    waits = select(Membership.id).where(Membership.confirmed_at.is_(None))
    question = select(Clarification.id).where(Clarification.submission_id == found["returned"].id)
    line, reported = need_and_problem(people)
    plan_of(found["issued"], people)
    view = saved_views.save("stage=check", "To check", False, by=people.actor("olu"))
    db.session.flush()
    return {
        "view": view.id,
        "line": line.id, "scenario": scenario_of(people), "problem": reported.id, **said_ids(),
        "release": release_of(found["conditions"], cases),
        "delegation": given.id, "work": failed.id, "session": other.id, "audrey": people.audrey.id,
        "ed": people.ed.id, "editor": people.ed.memberships[0].id,
        "sam": people.sam.id, "priya": people.priya.id, "pete": people.pete.id,
        "meeting": db.session.scalars(select(PanelMeeting.id).order_by(PanelMeeting.id)).first() or 0,
        "foi": request.id, "asking": db.session.scalars(waits).one(),
        "ivy": db.session.scalars(select(Link.user_id).where(Link.purpose == Purpose.INVITE)).one() or 0,
        "opinion": db.session.scalars(select(Opinion.id)).one(),
        "closed": _closed_school(),
        "oscar": people.oscar.id, "question": db.session.scalars(question).one(),
    }  # fmt: skip
