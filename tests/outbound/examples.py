"""Letters to invented schools and people, at their shortest and longest, for the tests of print."""

from dataclasses import replace
from datetime import UTC, date, datetime

from eoi.rules.facts import SchoolFacts
from eoi.rules.papers import (
    Acknowledgement,
    Addressee,
    Approval,
    Body,
    Contact,
    Context,
    Decline,
    Deferral,
    Ineligibility,
    Letterhead,
    LetterKind,
    LetterPaper,
    NextStep,
    NotShortlisted,
    Offer,
    Query,
    Return,
    Review,
    Shortfall,
    Signatory,
)
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.words import Need, Path, Phase
from tests.outbound.example_bodies import CONDITIONS, after_body

SITE = "https://eoi.example"
SPECIAL = "Fernhill Special School"

PRIMARY = SchoolFacts(
    urn=199001,
    name="Sandling Vale Primary School",
    type_name="Community school",
    type_group="Local authority maintained schools",
    phase="Primary",
    low_age=4,
    high_age=11,
    capacity=420,
    roll=391.5,
    dfe_number="886/2999",
    address="Orchard Way, Sandling Vale, Maidstone, Kent, ME99 1AA",
    postcode="ME99 1AA",
    district_code="E07000110",
    district_name="Maidstone",
    as_at=date(2026, 9, 1),
)
ACADEMY = SchoolFacts(
    urn=199002,
    name="The Saint Augustine and Saint Mildred Church of England Secondary Academy of the Stour Valley",
    type_name="Academy converter",
    type_group="Academies",
    phase="Secondary",
    low_age=11,
    high_age=18,
    capacity=1450,
    roll=1398.0,
    dfe_number="886/4999",
    address="The Old Priory Buildings, 114 to 118 Lower Road, Stourbridge St Mary, Canterbury, Kent, CT99 9ZZ",
    postcode="CT99 9ZZ",
    district_code="E07000106",
    district_name="Canterbury",
    religious_character="Church of England",
    trust_name="The Stour Valley and East Kent Coast Church of England Multi-Academy Trust",
    as_at=date(2026, 9, 1),
)

LETTERHEAD = Letterhead(
    council="Kent County Council",
    team="Special Educational Needs",
    address=("Sessions House", "County Road", "Maidstone ME14 1XQ"),
    email="sen.provision@council.example",
    phone="03000 000 000",
    privacy_url=f"{SITE}/privacy",
    site_url=SITE,
)
OLU = Contact("Olu Adebayo", "case officer", "olu.adebayo@council.example", "03000 000 001")
HARRIET = Signatory("Harriet Stone", "Head of SEN")
REVIEW = Review(
    date(2026, 12, 8), "the Director of Education", "director@council.example", "https://council.example/complaints"
)


def offer(path: Path = Path.SRP, long: bool = False) -> Offer:
    """15 primary places for autism, or 25 secondary ones where the record is long."""
    if long:
        return Offer(
            path,
            Need.SEMH if path is Path.SATELLITE else Need.ASD,
            Phase.SECONDARY,
            25,
            date(2028, 9, 1),
            "Years 7 to 11",
            (5, 12, 18, 25),
            "50% at entry, 70% after a year",
            "Resourced provision",
        )
    return Offer(path, Need.ASD, Phase.PRIMARY, 15, date(2027, 9, 1), "Years 1 to 6", (4, 8, 12, 15))


STRENGTHS = (
    "Pupils with autism at your school attend well and make good progress from their starting points",
    "Your plan gives each pupil more than half of the week in mainstream lessons from the first term",
)
LONG_STRENGTHS = (
    *STRENGTHS,
    "Your senior leaders have led an inclusion programme for six years, and the panel saw its effect in every "
    "classroom they visited: adults used the same calm language, timetables were in place, and pupils could say "
    "what helps",
    "The rooms are on the ground floor, next to each other and to a garden, and need little work",
    "Governors know the proposal in detail and named the risks themselves before we asked",
)
SHORTFALLS = (
    Shortfall("Meets published need", "There are enough places for autism in this district until 2030"),
    Shortfall(
        "Accommodation and access",
        "The two rooms are on the first floor and there is no lift.\n\nThe hygiene room is in another building.",
    ),
    Shortfall("Can it be delivered in time", "Planning permission would be needed and has not been discussed"),
)
HELPS = ("Look at ground-floor rooms with our estates team", "Visit a school that runs such a provision")
NEXT_STEPS = (
    NextStep("First meeting at your school", "Area education officer", "by 18 December 2026"),
    NextStep("Feasibility study of the rooms", "Our estates team, with you", "January to March 2027"),
    NextStep("Consultation", "The council, with your school", "summer term 2027"),
    NextStep("Agreement signed, if the proposal is approved", "The council and your school", "before opening"),
)


def body(kind: LetterKind, long: bool = False) -> Body:
    """What a letter of this kind says."""
    strengths = LONG_STRENGTHS if long else STRENGTHS[:1]
    shortfalls, helps = (SHORTFALLS, HELPS) if long else (SHORTFALLS[:1], HELPS[:1])
    context = Context(30, 7) if long else Context(30, 3)
    feedback_by, next_round = date(2026, 12, 8), "in September 2027" if long else ""
    approval = Approval(
        strengths=strengths,
        next_steps=NEXT_STEPS if long else NEXT_STEPS[:2],
        needed=("A date for the first meeting", "The name of the governor who will follow the project"),
        needed_by=date(2026, 12, 11),
    )
    bodies: dict[LetterKind, Body] = {
        LetterKind.APPROVED: approval,
        LetterKind.CONDITIONS: replace(
            approval, conditions=CONDITIONS if long else CONDITIONS[:1], lapses_on=date(2027, 4, 30)
        ),
        LetterKind.DECLINED: Decline(strengths, shortfalls, helps, feedback_by, context, next_round),
        LetterKind.NOT_SHORTLISTED: NotShortlisted(strengths, shortfalls, helps, feedback_by, context, next_round),
        LetterKind.DEFERRED: _deferral(long),
        LetterKind.RETURNED: Return(
            queries=(
                Query("Rooms and site", "Rooms offered", "The area of the second classroom is missing"),
                Query("The offer", "Places offered", "The build-up ends at 14 places, and you offer 15"),
            )[: 2 if long else 1],
            reply_by=date(2026, 12, 1),
        ),
        LetterKind.INELIGIBLE: Ineligibility(
            shortfalls=(Shortfall("Open in this round", "Places of this kind are not sought in this round"),),
            helps=HELPS if long else (),
            policy_note="On 4 December 2025 the council decided not to commission further places of this kind"
            if long
            else "",
            next_round=next_round,
        ),
        LetterKind.ACKNOWLEDGEMENT: _acknowledgement(long),
    }
    return bodies[kind] if kind in bodies else after_body(kind, long)


def _deferral(long: bool) -> Deferral:
    return Deferral(
        reasons=("The number of places this district needs is being worked out afresh",),
        review_on=date(2027, 5, 28),
        council_actions=("Publish the new figures in March 2027", "Tell you what they mean for your school"),
        school_actions=("Tell us if the two rooms are needed for something else",) if long else (),
    )


def _acknowledgement(long: bool) -> Acknowledgement:
    return Acknowledgement(
        received_at=datetime(2026, 11, 2, 10, 41, tzinfo=UTC),
        submitted_by="Alice Okafor",
        checked_by=date(2026, 11, 20) if long else None,
        decision_by=date(2027, 1, 29) if long else None,
        outstanding=("The floor plan with the rooms marked",) if long else (),
        outstanding_by=date(2026, 11, 16) if long else None,
    )


def letter(
    kind: LetterKind, path: Path = Path.SRP, academy: bool = False, long: bool = False, demonstration: bool = True
) -> LetterPaper:
    """A letter to Alice. `academy`: is the school that changes one."""
    school = ACADEMY if long else PRIMARY
    outcome = kind in OUTCOMES
    return LetterPaper(
        letterhead=LETTERHEAD,
        reference="EOI-2026-0001",
        number="EOI-2026-0001/L2",
        version=1,
        on=date(2026, 11, 24),
        addressee=Addressee("Alice Okafor", school.name, tuple(school.address.split(", ")), salutation="Ms Okafor"),
        offer=offer(path, long),
        round_name="the Autumn 2026 round",
        received_on=date(2026, 11, 2),
        academy=academy,
        contact=OLU,
        signatory=replace(
            HARRIET, name="Devi Rao", role="Assistant Director, SEN", on_behalf_of="Harriet Stone, Head of SEN"
        )
        if long
        else HARRIET,
        body=body(kind, long),
        eoi_url=f"{SITE}/apply/7f3k9q",
        copies=("Jo Bell, chair of governors", "Sam Field, headteacher of Fernhill Special School") if long else (),
        partner=SPECIAL if path is Path.SATELLITE else "",
        linked=("Sandling Vale Infant School",) if long else (),
        host_is_academy=school.is_academy,
        review=REVIEW if outcome else None,
        demonstration=demonstration,
    )
