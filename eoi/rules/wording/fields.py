"""The closed list of fields that a template may name: what each puts into a letter, and into which letters.

A value is words of the record, or shapes: lists, tables and paragraphs that stand alone. An empty value of a field that
may be empty takes its paragraph away, and a heading with nothing left under it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from eoi.rules.papers import LetterKind, LetterPaper
from eoi.rules.papers.kinds import APPROVALS, OUTCOMES
from eoi.rules.phrases import in_sentence, lower_first, month_and_year
from eoi.rules.words import count_of, date_and_time, long_date, money

K = LetterKind
ALL = frozenset(K)
Value = str | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what an editor reads about it, its value, the letters it belongs in, whether it may be empty."""

    label: str
    value: Callable[[LetterPaper], Value]
    kinds: frozenset[LetterKind] = ALL
    optional: bool = False
    whole: bool = False  # stands alone


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _body(name: str) -> Callable[[LetterPaper], Any]:
    return lambda paper: getattr(paper.body, name)


def _body_day(name: str) -> Callable[[LetterPaper], str]:
    return lambda paper: _day(getattr(paper.body, name))


def provision(paper: LetterPaper) -> str:
    """a resourced provision; a satellite of Meadow View School."""
    if paper.is_satellite:
        return f"a satellite of {paper.partner}" if paper.partner else "a satellite"
    return "a resourced provision"


def offered(paper: LetterPaper) -> str:
    """15 places for primary pupils (Years 1 to 6) whose main need is autism."""
    offer = paper.offer
    years = f" ({offer.year_groups})" if offer.year_groups else ""
    return (
        f"{count_of(offer.places, 'place')} for {in_sentence(offer.phase)} pupils{years} "
        f"whose main need is {in_sentence(offer.need)}"
    )


def contact(paper: LetterPaper) -> str:
    """Olu Adebayo, case officer, at olu@council.example or 03000 000001."""
    known = paper.contact
    said = f"{known.name}, {known.role}"
    if known.email:
        said += f", at {known.email}"
    if known.phone:
        said += f" or {known.phone}" if known.email else f", on {known.phone}"
    return said


def _next_round(paper: LetterPaper) -> str:
    coming = getattr(paper.body, "next_round", "")
    if coming:
        return f"We expect the next round {coming}. You are welcome to express an interest then."
    return "No date is set for another round yet. When one is, you are welcome to express an interest."


def _route(name: str) -> Callable[[LetterPaper], str]:
    return lambda paper: getattr(paper.route, name)


def _money(name: str) -> Callable[[LetterPaper], str]:
    return lambda paper: money(getattr(paper.body.funding, name))  # type: ignore[union-attr]


def _review(name: str) -> Callable[[LetterPaper], str]:
    return lambda paper: str(getattr(paper.review, name)) if paper.review else ""


_TOLD = frozenset({K.DECLINED, K.NOT_SHORTLISTED, K.INELIGIBLE})
_CALL = frozenset({K.DECLINED, K.NOT_SHORTLISTED})
_ASKS = frozenset({K.RETURNED, K.CLARIFICATION})

INLINE: dict[str, Field] = {
    "reference": Field("EOI-2026-0001", lambda p: p.reference),
    "school": Field("The school’s name", lambda p: p.addressee.school),
    "headteacher": Field("The headteacher’s name", lambda p: p.addressee.name),
    "council": Field("The council’s name", lambda p: p.letterhead.council),
    "received on": Field("The day the expression of interest came", lambda p: long_date(p.received_on)),
    "round": Field("The name of the round", lambda p: p.round_name),
    "provision": Field("A resourced provision, or a satellite of the named school", provision),
    "offer": Field("Places, phase, year groups and need in one phrase", offered),
    "places": Field("15 places", lambda p: count_of(p.offer.places, "place")),
    "need": Field("The main need", lambda p: in_sentence(p.offer.need)),
    "phase": Field("Primary or secondary", lambda p: in_sentence(p.offer.phase)),
    "opening": Field("The month it could open", lambda p: month_and_year(p.offer.opening) if p.offer.opening else "",
                     optional=True),
    "special school": Field("The partner special school", lambda p: p.partner, optional=True),
    "contact": Field("Name, role, email and phone of whom to ask", contact),
    "form link": Field("Where the school reads its expression of interest", lambda p: p.eoi_url),
    "privacy link": Field("The privacy notice", lambda p: p.letterhead.privacy_url),
    "review to": Field("Who reviews the process", _review("to"), OUTCOMES, optional=True),
    "review email": Field("Where to ask for a review", _review("email"), OUTCOMES, optional=True),
    "review by": Field("The last day to ask for a review", lambda p: _day(p.review.by if p.review else None), OUTCOMES,
                       optional=True),
    "complaints link": Field("The complaints procedure", _review("complaints_url"), OUTCOMES, optional=True),
    "decided by": Field("Who makes the decision that counts in law", _route("decided_by"), APPROVALS),
    "who changes": Field("Which school the change is made to", _route("who_changes"), APPROVALS),
    "route": Field("The name of the route", lambda p: lower_first(p.route.title), APPROVALS),
    "needed by": Field("The day the school’s reply is needed", _body_day("needed_by"), APPROVALS),
    "lapses on": Field("The day the approval lapses", _body_day("lapses_on"), frozenset({K.CONDITIONS})),
    "filled place": Field("Place funding for a place that is filled", _money("filled"), APPROVALS),
    "unfilled place": Field("Place funding for a place that is not filled", _money("unfilled"), APPROVALS),
    "special place": Field("Place funding of a special school", _money("special"), APPROVALS),
    "call by": Field("The last day for the feedback call", _body_day("feedback_by"), _CALL),
    "next round": Field("When the next round is expected, as a sentence or two", _next_round, _TOLD),
    "looked at again on": Field("The day a deferred decision is taken up", _body_day("review_on"),
                                frozenset({K.DEFERRED})),
    "reply by": Field("The day the answer is due", _body_day("reply_by"), _ASKS),
    "submitted by": Field("Who submitted it", _body("submitted_by"), frozenset({K.ACKNOWLEDGEMENT})),
    "received at": Field("The moment it came", lambda p: date_and_time(p.body.received_at),  # type: ignore[union-attr]
                         frozenset({K.ACKNOWLEDGEMENT})),
    "checked by": Field("The day the check is done", _body_day("checked_by"), frozenset({K.ACKNOWLEDGEMENT}),
                        optional=True),
    "decision by": Field("The day the decision is aimed at", _body_day("decision_by"), frozenset({K.ACKNOWLEDGEMENT}),
                         optional=True),
    "outstanding by": Field("The day missing things are due", _body_day("outstanding_by"),
                            frozenset({K.ACKNOWLEDGEMENT}), optional=True),
    "lapsed on": Field("The day the approval lapsed", _body_day("lapsed_on"), frozenset({K.LAPSED})),
    "outcome": Field("The outcome as the first letter told it", _body("outcome"),
                     frozenset({K.PROCESS_REVIEW, K.FEEDBACK})),
}  # fmt: skip
