"""What an invented school answers: valid, believable, and the same for the same random source.

One function a kind of question makes the value as `rules/answers.parse` would; a few keys have an answer of their own.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from eoi.cli.seed.prose import FIRST, LAST, PROSE, RISKS, ROOMS, STAFF
from eoi.rules.answers import options, visible
from eoi.rules.facts import Facts
from eoi.rules.questions.types import Form, Kind, Question
from eoi.rules.questions.y2026.checks import earliest_opening
from eoi.rules.words import Phase, Step, label


@dataclass(slots=True)
class Writer:
    """One invented school at its form. `today` and `decisions_by` bound its dates; `partner` is a special school."""

    random: Random
    facts: Facts
    today: date
    decisions_by: date
    partner: int | None = None
    told: dict[str, Any] = field(default_factory=dict)

    def fill(self, form: Form, steps: Collection[Step]) -> dict[str, dict[str, Any]]:
        """Section key -> question key -> value, for every question of these steps but files. No answer is missing."""
        low, high = (12, 20) if self.facts.phase is Phase.PRIMARY else (15, 25)
        self.told.setdefault("places", self.random.randint(low, high))
        filled = {}
        for step in form.sections:
            if step.step not in steps or not step.applies(self.facts):
                continue
            given: dict[str, Any] = {}
            for question in step.questions:
                if question.kind is not Kind.FILE and question in visible(step, given, self.facts):
                    value = self.answer(question)
                    if value is not None:
                        given[question.key] = value
            filled[step.key] = given
        return filled

    def answer(self, question: Question) -> Any:
        """One value. Optional questions without words of their own are left out."""
        if own := OWN.get(question.key):
            return own(self)
        if question.key in PROSE:
            return self.prose(question.key, question.words or 50)
        if not question.required:
            return None
        return KINDS[question.kind](self, question)

    def prose(self, key: str, words: int) -> str:
        """Sentences in their order, some left out, never over the limit."""
        sentences = [s for s in PROSE[key] if self.random.random() < 0.85] or [PROSE[key][0]]
        text = ""
        for sentence in sentences:
            spoken = sentence.format(places=self.told["places"], need=label(self.facts.need).lower())
            if len(f"{text} {spoken}".split()) <= words:
                text = f"{text} {spoken}".strip()
        return text

    def name(self) -> str:
        return f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"

    def mail(self, of: str) -> str:
        return f"{of}@{self.facts.school.urn}.school.example"

    def day(self, after: int, within: int) -> date:
        return self.today + timedelta(days=after + self.random.randrange(within))

    def months_on(self, months: int) -> str:
        """The first of a month, so many months after the decision."""
        year, month = divmod(self.decisions_by.year * 12 + self.decisions_by.month - 1 + months, 12)
        return date(year, month + 1, 1).isoformat()


def _grid(writer: Writer, question: Question) -> dict[str, Any]:
    return {part.key: writer.answer(part) for part in question.parts if part.applies(writer.facts)}


def _years(writer: Writer) -> list[str]:
    return [str(n) for n in range(1, 7)] if writer.facts.phase is Phase.PRIMARY else [str(n) for n in range(7, 12)]


def _build_up(writer: Writer) -> dict[str, int]:
    places = writer.told["places"]
    return {f"year_{n}": places * n // 4 if n < 4 else places for n in range(1, 5)}


def _rooms(writer: Writer) -> list[dict[str, Any]]:
    many = writer.random.randint(3, len(ROOMS))
    writer.told["rooms"] = ROOMS[:many]
    return [{"name": n, "use": use, "area": writer.random.randint(*span)} for n, use, span in ROOMS[:many]]


def _room_details(writer: Writer) -> list[dict[str, Any]]:
    rooms = writer.told.get("rooms", ROOMS[:3])
    return [{"name": n, "floor": "Ground", "now": "Spare classroom", "exclusive": True} for n, _, _ in rooms]


def _staffing(writer: Writer) -> list[dict[str, Any]]:
    start = writer.months_on(8)
    return [{"role": role, "fte": fte, "post": "new" if n else "existing", "start": start}
            for n, (role, fte) in enumerate(STAFF)]  # fmt: skip


def _milestones(writer: Writer) -> dict[str, str]:
    keys = ("consultation", "work_starts", "rooms_ready", "staff_appointed", "first_pupils")
    return {key: writer.months_on(3 + 2 * n) for n, key in enumerate(keys)}


def _opening(writer: Writer) -> str:
    first = earliest_opening(writer.decisions_by)
    return first.replace(year=first.year + writer.random.randrange(2)).isoformat()


OWN: dict[str, Callable[[Writer], Any]] = {
    "register_correct": lambda w: True,
    "companies_house": lambda w: f"{w.random.randrange(10**7, 10**8)}",
    "trust_name": lambda w: w.facts.school.trust_name or "Weald and Downs Academy Trust",
    "lead_name": lambda w: w.name(),
    "lead_role": lambda w: "Deputy headteacher",
    "lead_email": lambda w: w.mail("deputy"),
    "lead_phone": lambda w: f"01622 {w.random.randrange(100000, 999999)}",
    "head_name": lambda w: f"{w.random.choice(FIRST)} Harper",
    "head_email": lambda w: w.mail("head"),
    "chair_name": lambda w: f"{w.random.choice(FIRST)} Chandler",
    "chair_email": lambda w: w.mail("chair"),
    "trust_ceo_name": lambda w: f"{w.random.choice(FIRST)} Trent",
    "trust_ceo_email": lambda w: w.mail("trust"),
    "standing": lambda w: ["none"],
    "places": lambda w: w.told["places"],
    "year_groups": _years,
    "opening": _opening,
    "mainstream_share_entry": lambda w: w.random.choice((40, 50, 50, 60)),
    "mainstream_share_year_one": lambda w: w.random.choice((60, 70, 80)),
    "classes": lambda w: 2,
    "existing": lambda w: w.random.choice(("none", "none", "nurture")),
    "existing_note": lambda w: PROSE["existing_note"][0],
    "linked_schools": lambda w: None,
    "partner_school": lambda w: w.partner,
    "partner_talks": lambda w: "exploring" if w.partner else "none",
    "constraints": lambda w: w.random.choice((["none"], ["asbestos"])),
    "senior_leader": lambda w: "Assistant headteacher for inclusion",
    "rooms": _rooms,
    "capital_band": lambda w: w.random.choice(("under_50k", "under_250k", "under_250k", "under_1m", "over_1m")),
    "conflict": lambda w: False,
    "sensitive_parts": lambda w: None,
    "minute_date": lambda w: w.day(-40, 30).isoformat(),
    "diocese": lambda w: "Diocese of Canterbury",
    "diocese_consulted": lambda w: w.day(-40, 30).isoformat(),
    "build_up": _build_up,
    "room_details": _room_details,
    "staffing": _staffing,
    "milestones": _milestones,
    "risks": lambda w: [{"risk": risk, "response": response} for risk, response in RISKS],
    "outdoor": lambda w: "sole",
    "outdoor_area": lambda w: w.random.randint(60, 400),
    "surplus_places": lambda w: w.random.randint(0, 60),
    "startup_revenue": lambda w: w.random.randrange(20_000, 60_000, 500) * 100,
    "running": lambda w: {"staff_cost": 24_000_000, "income": 25_200_000},
    "suspensions": lambda w: {
        "suspended": "5 to 9", "suspended_sen": "fewer than 5", "attendance": 94, "attendance_sen": 92
    },
    "sen_report_page": lambda w: f"www.{w.facts.school.urn}.school.example/sen",
    "deed_understood": lambda w: True,
    "dfe_contact": lambda w: False,
    "nearby_known": lambda w: False,
    "satellite_basis_note": lambda w: None,
}  # fmt: skip

KINDS: dict[Kind, Callable[[Writer, Question], Any]] = {
    Kind.LINE: lambda w, q: "As discussed with the council",
    Kind.TEXT: lambda w, q: w.prose(q.key, q.words or 50) if q.key in PROSE else "We will say more at the visit.",
    Kind.EMAIL: lambda w, q: w.mail(q.key.replace("_", ".")),
    Kind.NUMBER: lambda w, q: w.random.randint(q.low or 0, min(q.high or 30, 30 + (q.low or 0))),
    Kind.MONEY: lambda w, q: w.random.randrange(1_000, 90_000, 100) * 100,
    Kind.DATE: lambda w, q: w.day(-60, 50).isoformat(),
    Kind.MONTH: lambda w, q: w.months_on(6),
    Kind.YES_NO: lambda w, q: True,
    Kind.ONE_OF: lambda w, q: w.random.choice(options(q, w.facts))[0],
    Kind.ANY_OF: lambda w, q: [options(q, w.facts)[0][0]],
    Kind.GRID: _grid,
    Kind.ROWS: lambda w, q: [_grid(w, q)],
    Kind.SCHOOL: lambda w, q: w.partner,
    Kind.SCHOOLS: lambda w, q: None,
}
