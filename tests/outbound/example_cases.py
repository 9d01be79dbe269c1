"""Summaries and a school's own copy, at the least and the most that a case holds, for the tests of print."""

from datetime import UTC, date, datetime
from typing import Any

from eoi.rules.papers import (
    AnswerSection,
    ClarificationLine,
    CriterionLine,
    Declaration,
    DocumentLine,
    EoiPaper,
    Gate,
    HistoryLine,
    MoneyLines,
    NeedFigure,
    PartnerLine,
    RiskLine,
    RoomLine,
    ShownAnswer,
    ShownTable,
    StaffLine,
    SummaryPaper,
    Visit,
)
from eoi.rules.words import Need, Path, Phase
from tests.outbound.examples import ACADEMY, CONDITIONS, PRIMARY, SPECIAL, offer

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
    "Strong and well evidenced; the visit confirmed it, though the panel wants to see how the model holds when the "
    "last intake arrives and two of the present staff have moved on"
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


LONG: dict[str, Any] = {
    "council": "Kent County Council",
    "round_name": "Autumn 2026 round",
    "reference": "EOI-2026-0002",
    "stage": "With the Head of SEN",
    "school": ACADEMY,
    "in_100_words": HUNDRED,
    "generated_by": "Head of SEN",
    "generated_at": datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
    "snapshot_on": date(2026, 11, 20),
    "days_in_stage": 6,
    "days_target": 5,
    "pace": "Overdue",
    "strand_note": "On 4 December 2025 the council decided to commission places of this kind only case by case.",
    "linked": ("Stour Valley Church of England Junior School",),
    "need": NeedFigure(
        "Canterbury",
        30,
        "Commissioning Plan for Education 2026 to 2030, Table 8d",
        date(2025, 12, 4),
        illustrative=True,
    ),
    "officer_note": "The chair of trustees confirmed on 12 November. The diocese has been told and does not object.",
    "gates": GATES,
    "criteria": tuple(
        CriterionLine(code, name, weight, (3.7, 3.3, 3.0, 2.3, 1.7, 2.0, 4.0)[at], LINE, spread=at == 3)
        for at, (code, name, weight) in enumerate(NAMES)
    ),
    "total": 74.6,
    "scorers": 4,
    "recommendation": "Approve with conditions. The need is real and near, the record is strong, and the building can "
    "be made ready in time if the drop-off point is solved first. The panel was unanimous.",
    "rooms": LONG_ROOMS,
    "money": MoneyLines(
        "£250,000 to £1 million",
        "Builder's estimate for the hygiene room, lift and drop-off point, June 2026; no survey of the roof yet",
        3_500_000,
        41_250_000,
        39_800_000,
    ),
    "staff": (
        StaffLine("Teacher in charge, qualified", 1.0, "To recruit"),
        StaffLine("Teacher", 1.6, "In post"),
        StaffLine("Higher level teaching assistant", 2.0, "In post"),
        StaffLine("Teaching assistant", 6.5, "4 to recruit"),
        StaffLine("Family liaison worker", 0.5, "To recruit"),
    ),
    "risks": (
        RiskLine(
            "We cannot recruit a qualified teacher with experience of autism before the first pupils arrive",
            "Advertise in January, offer a training post to one of our own teachers, share a lead with the trust",
        ),
        RiskLine("Building work runs late", "Start with four pupils in Room 14, which needs no work"),
        RiskLine("Taxis and buses meet at the same gate", "Separate times, a marshal, and a new gate on Mill Lane"),
    ),
    "documents": tuple(
        DocumentLine(name, day)
        for name, day in (
            ("Minute of the full governing body.pdf", date(2026, 10, 14)),
            ("Floor plan with rooms marked, revised.pdf", date(2026, 11, 9)),
            ("Three-year budget plan 2026 to 2029.xlsx", date(2026, 10, 14)),
            ("Staffing structure.docx", date(2026, 10, 14)),
            ("Letter from the diocese.pdf", None),
        )
    ),
    "visit": Visit(
        date(2026, 11, 12),
        "The rooms are as described. The corridor is quiet, doors are 850 mm wide, and the garden is secure. The "
        "drop-off point holds one minibus and would need a second bay. Pupils in the school council said that the "
        "east wing is the part of the school where they go when they need peace. Estates see no structural "
        "obstacle; the roof over Room 16 needs a survey before any figure is firm.",
    ),
    "clarifications": (
        ClarificationLine(
            "How are lunch and breaks organised for base pupils?", date(2026, 11, 16), date(2026, 11, 30)
        ),
        ClarificationLine("Who covers the teacher in charge?", date(2026, 11, 16), date(2026, 11, 30)),
    ),
    "conditions": CONDITIONS,
    "conflicts": 1,
    "conflicts_handling": "The scorer was replaced before scoring began.",
    "history": tuple(HistoryLine(date(2026, 10, 14 + at), *line) for at, line in enumerate(HISTORY)),
    "next_actions": (
        "Head of SEN decides by 1 December 2026",
        "Estates survey the roof over Room 16",
        "Case officer answers the diocese",
    ),
    "answers": ANSWERS,
    "demonstration": True,
}


def long_summary(path: Path = Path.SRP) -> SummaryPaper:
    """With the Head of SEN: everything a long case holds."""
    partner = PartnerLine(SPECIAL, "Agreed in principle, 3 October 2026", academy=True)
    return SummaryPaper(**LONG, offer=offer(path, long=True), partner=partner if path is Path.SATELLITE else None)


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
