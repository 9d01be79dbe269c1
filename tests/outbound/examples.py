"""Papers about invented schools and people: the shortest and the longest believable record, for the tests of print."""

from dataclasses import replace
from datetime import UTC, date, datetime

from eoi.rules.facts import SchoolFacts
from eoi.rules.papers import (
    Acknowledgement,
    Addressee,
    AnswerSection,
    Approval,
    Body,
    ClarificationLine,
    ConditionLine,
    Contact,
    Context,
    CriterionLine,
    Declaration,
    Decline,
    Deferral,
    DocumentLine,
    EoiPaper,
    Gate,
    HistoryLine,
    Ineligibility,
    Letterhead,
    LetterKind,
    LetterPaper,
    MoneyLines,
    NeedFigure,
    NextStep,
    NotShortlisted,
    Offer,
    PartnerLine,
    Query,
    Return,
    Review,
    RiskLine,
    RoomLine,
    Shortfall,
    ShownAnswer,
    ShownTable,
    Signatory,
    StaffLine,
    SummaryPaper,
    Visit,
)
from eoi.rules.words import Need, Path, Phase

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
    address="The Old Priory Buildings, 114 to 118 Lower Canterbury Road, Stourbridge St Mary, Canterbury, Kent, CT99 9ZZ",
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
    "Your senior leaders have led an inclusion programme for six years, and the panel saw its effect in every classroom "
    "they visited: adults used the same calm language, visual timetables were in place, and pupils could say what helps",
    "The rooms are on the ground floor, next to each other and to a garden, and need little work",
    "Governors know the proposal in detail and named the risks themselves before we asked",
)
CONDITIONS = (
    ConditionLine(
        "A teacher with qualified teacher status is appointed to lead the provision",
        "Signed offer letter and job description",
        "Headteacher",
        date(2027, 2, 26),
    ),
    ConditionLine(
        "The drop-off point takes two minibuses without reversing",
        "Revised site plan, agreed with our transport team",
        "Headteacher and council's estates team",
        date(2027, 3, 31),
    ),
    ConditionLine(
        "Governors agree the budget plan for the first three years, with what happens if places fill later than planned",
        "Minute of the full governing body and the three-year plan",
        "Chair of governors",
        date(2027, 4, 16),
    ),
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
        LetterKind.DEFERRED: Deferral(
            reasons=("The number of places this district needs is being worked out afresh",),
            review_on=date(2027, 5, 28),
            council_actions=("Publish the new figures in March 2027", "Tell you what they mean for your school"),
            school_actions=("Tell us if the two rooms are needed for something else",) if long else (),
        ),
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
        LetterKind.ACKNOWLEDGEMENT: Acknowledgement(
            received_at=datetime(2026, 11, 2, 10, 41, tzinfo=UTC),
            submitted_by="Alice Okafor",
            checked_by=date(2026, 11, 20) if long else None,
            decision_by=date(2027, 1, 29) if long else None,
            outstanding=("The floor plan with the rooms marked",) if long else (),
            outstanding_by=date(2026, 11, 16) if long else None,
        ),
    }
    return bodies[kind]


def letter(
    kind: LetterKind, path: Path = Path.SRP, academy: bool = False, long: bool = False, demonstration: bool = True
) -> LetterPaper:
    """A letter to Alice. `academy`: is the school that changes one."""
    school = ACADEMY if long else PRIMARY
    outcome = kind not in (LetterKind.ACKNOWLEDGEMENT, LetterKind.RETURNED)
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


ROOMS = (RoomLine("Willow", "Classroom", 56), RoomLine("Hazel", "Calm room", 18.5))
LONG_ROOMS = tuple(
    RoomLine(name, use, area)
    for name, use, area in (
        ("Room 14, ground floor, east wing", "Classroom for Years 7 and 8", 62),
        ("Room 15, ground floor, east wing", "Classroom for Years 9 to 11", 58.5),
        ("Room 16", "Group room", 24),
        ("Former office", "Calm and sensory room", 17.5),
        ("Therapy room", "Speech and language, occupational therapy", 19),
        ("Accessible toilet and hygiene room", "Changing bed and hoist to be fitted", 12),
        ("Base office", "Staff workroom, confidential files", 11),
        ("Kitchen", "Life skills", 21),
        ("Walled garden", "Sole use, covered seating", 240),
    )
)
GATES = tuple(
    Gate(label, True)
    for label in (
        "Path, need and phase are open in the round",
        "Governing body or trust knows and supports it",
        "Accepts that places are named through EHC plans",
        "No unresolved safeguarding failure",
        "No pupil data in the answers",
        "Site owner's consent is possible",
        "All signatures needed",
    )
)
NAMES = (
    ("C1", "Meets published need", 20),
    ("C2", "Inclusion record and outcomes", 20),
    ("C3", "Education model and integration", 15),
    ("C4", "Leadership, staffing, expertise", 15),
    ("C5", "Accommodation and access", 15),
    ("C6", "Deliverability", 10),
    ("C7", "Value and viability", 5),
)
HUNDRED = (
    "We offer fifteen places for autistic pupils in two ground-floor classrooms beside our garden. For six years our "
    "staff have worked with the specialist teaching service, and every class uses the same visual timetables and calm "
    "routines. Pupils would start in the base and spend half of each week in mainstream lessons from the first term, "
    "more as they settle. A senior teacher leads the work and two of our teaching assistants hold a specialist award. "
    "Families in our town now travel up to forty minutes each way. We want their children to go to school with their "
    "neighbours and friends."
)
LINE = (
    "Strong and well evidenced; the visit confirmed it, though the panel wants to see how the model holds when the last "
    "intake arrives and two of the present staff have moved on"
)
HISTORY = (
    ("Submitted", "Headteacher"),
    ("Completeness check", "System"),
    ("Returned for information", "Case officer"),
    ("Completeness check", "Headteacher"),
    ("Shortlisted: detail asked", "Head of SEN"),
    ("Assessment", "Case officer"),
    ("Clarification", "Case officer"),
    ("Assessment", "Headteacher"),
    ("Visit", "Case officer"),
    ("Panel", "Area education officer"),
    ("With the Head of SEN", "Panel chair"),
)
ANSWERS = (
    AnswerSection(
        "The offer",
        (
            ShownAnswer("In 100 words, what do you offer and why?", HUNDRED, number="2.0"),
            ShownAnswer("Places offered", "15", number="2.1"),
            ShownAnswer("Why this need and place here", "First paragraph of it.\n\nSecond paragraph.", number="3.1"),
            ShownAnswer("Linked school", number="2.7"),
        ),
    ),
    AnswerSection(
        "Rooms and site",
        (
            ShownAnswer(
                "Rooms offered",
                number="6.2",
                table=ShownTable(
                    ("Name", "Use", "Square metres"), (("Willow", "Classroom", "56"), ("Hazel", "Calm room", "18.5"))
                ),
            ),
        ),
    ),
)


def early_summary() -> SummaryPaper:
    """Before the panel: the school's words and the officer's note, no scores, the least that can be known."""
    return SummaryPaper(
        council="Kent County Council",
        round_name="Autumn 2026 round",
        reference="EOI-2026-0001",
        stage="Completeness check",
        school=PRIMARY,
        offer=offer(),
        in_100_words=HUNDRED,
        generated_by="case officer",
        generated_at=datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
        snapshot_on=date(2026, 11, 2),
        days_in_stage=3,
        days_target=5,
        pace="On time",
        officer_note="Complete. The floor plan shows both rooms.",
        rooms=ROOMS,
        money=MoneyLines("Up to £50,000"),
        history=(HistoryLine(date(2026, 11, 2), "Submitted", "Headteacher"),),
        demonstration=True,
    )


def long_summary(path: Path = Path.SRP) -> SummaryPaper:
    """With the Head of SEN: everything a long case holds."""
    satellite = path is Path.SATELLITE
    return SummaryPaper(
        council="Kent County Council",
        round_name="Autumn 2026 round",
        reference="EOI-2026-0002",
        stage="With the Head of SEN",
        school=ACADEMY,
        offer=offer(path, long=True),
        in_100_words=HUNDRED,
        generated_by="Head of SEN",
        generated_at=datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
        snapshot_on=date(2026, 11, 20),
        days_in_stage=6,
        days_target=5,
        pace="Overdue",
        strand_note="On 4 December 2025 the council decided not to commission places of this kind, except case by case.",
        partner=PartnerLine(SPECIAL, "Agreed in principle, 3 October 2026", academy=True) if satellite else None,
        linked=("Stour Valley Church of England Junior School",),
        need=NeedFigure(
            "Canterbury",
            30,
            "Commissioning Plan for Education 2026 to 2030, Table 8d",
            date(2025, 12, 4),
            illustrative=True,
        ),
        officer_note="The chair of trustees confirmed on 12 November. The diocese has been told and does not object.",
        gates=GATES,
        criteria=tuple(
            CriterionLine(code, name, weight, (3.7, 3.3, 3.0, 2.3, 1.7, 2.0, 4.0)[at], LINE, spread=at == 3)
            for at, (code, name, weight) in enumerate(NAMES)
        ),
        total=74.6,
        scorers=4,
        recommendation="Approve with conditions. The need is real and near, the record is strong, and the building can be "
        "made ready in the time given if the drop-off point is solved first. The panel was unanimous.",
        rooms=LONG_ROOMS,
        money=MoneyLines(
            "£250,000 to £1 million",
            "Builder's estimate for the hygiene room, the lift and the drop-off point, June 2026; no survey of the roof yet",
            3_500_000,
            41_250_000,
            39_800_000,
        ),
        staff=(
            StaffLine("Teacher in charge, qualified", 1.0, "To recruit"),
            StaffLine("Teacher", 1.6, "In post"),
            StaffLine("Higher level teaching assistant", 2.0, "In post"),
            StaffLine("Teaching assistant", 6.5, "4 to recruit"),
            StaffLine("Family liaison worker", 0.5, "To recruit"),
        ),
        risks=(
            RiskLine(
                "We cannot recruit a qualified teacher with experience of autism before the first pupils arrive",
                "Advertise in January, offer a training post to one of our own teachers, share a lead with the trust",
            ),
            RiskLine("Building work runs late", "Start with four pupils in Room 14, which needs no work"),
            RiskLine("Taxis and buses meet at the same gate", "Separate times, a marshal, and a new gate on Mill Lane"),
        ),
        documents=tuple(
            DocumentLine(name, day)
            for name, day in (
                ("Minute of the full governing body.pdf", date(2026, 10, 14)),
                ("Floor plan with rooms marked, revised.pdf", date(2026, 11, 9)),
                ("Three-year budget plan 2026 to 2029.xlsx", date(2026, 10, 14)),
                ("Staffing structure.docx", date(2026, 10, 14)),
                ("Letter from the diocese.pdf", None),
            )
        ),
        visit=Visit(
            date(2026, 11, 12),
            "The rooms are as described. The corridor is quiet, doors are 850 mm wide, and the garden is secure. The "
            "drop-off point holds one minibus and would need a second bay. Pupils in the school council said that the "
            "east wing is the part of the school where they go when they need peace. Estates see no structural "
            "obstacle; the roof over Room 16 needs a survey before any figure is firm.",
        ),
        clarifications=(
            ClarificationLine(
                "How are lunch and breaks organised for base pupils?", date(2026, 11, 16), date(2026, 11, 30)
            ),
            ClarificationLine("Who covers the teacher in charge?", date(2026, 11, 16), date(2026, 11, 30)),
        ),
        conditions=CONDITIONS,
        conflicts=1,
        conflicts_handling="The scorer was replaced before scoring began.",
        history=tuple(HistoryLine(date(2026, 10, 14 + at), *line) for at, line in enumerate(HISTORY)),
        next_actions=(
            "Head of SEN decides by 1 December 2026",
            "Estates survey the roof over Room 16",
            "Case officer answers the diocese",
        ),
        answers=ANSWERS,
        demonstration=True,
    )


def eoi_copy() -> EoiPaper:
    """Alice's own copy of what she submitted."""
    return EoiPaper(
        council="Kent County Council",
        round_name="Autumn 2026 round",
        reference="EOI-2026-0001",
        school=PRIMARY,
        path=Path.SRP,
        need=Need.ASD,
        phase=Phase.PRIMARY,
        submitted_at=datetime(2026, 11, 2, 10, 41, tzinfo=UTC),
        submitted_by="Alice Okafor",
        sections=ANSWERS,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        declarations=(
            Declaration(
                "What we say is true, and holds no pupil data", "Alice Okafor", "headteacher", date(2026, 11, 2)
            ),
            Declaration(
                "The governing body supports it", "Jo Bell", "chair of governors", date(2026, 11, 2), date(2026, 10, 8)
            ),
        ),
        documents=("Floor plan.pdf",),
        demonstration=True,
    )
