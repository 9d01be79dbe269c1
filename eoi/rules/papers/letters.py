"""What each letter says. The words around these facts are a template, in the markup of `rules/wording`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from eoi.rules.papers.after import Clarify, Discharge, Feedback, Lapse, Query, ReviewResult
from eoi.rules.papers.kinds import LetterKind
from eoi.rules.papers.parts import ConditionLine, Contact, Letterhead, Offer
from eoi.rules.statutory import PLACE_FUNDING, PlaceFunding, StatutoryRoute, statutory_route
from eoi.rules.words import Path


@dataclass(frozen=True, slots=True)
class Addressee:
    """The headteacher, at the school."""

    name: str
    school: str
    address: tuple[str, ...]  # lines, without the school's name
    role: str = "Headteacher"
    salutation: str = ""  # after "Dear"; the name where empty


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. `on_behalf_of` names the Head of SEN where a recorded delegation decided."""

    name: str
    role: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens, who does it, and when: a date in words, a term or a month."""

    what: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Where it fell short: the criterion or the check by its name, and the reason from the evidence."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """How many places were sought and how many schools answered, in the same path, need and phase."""

    SMALLEST: ClassVar[int] = 5  # a smaller number could point at a school

    places_sought: int | None = None
    received: int | None = None

    @property
    def received_shown(self) -> int | None:
        """The number of expressions of interest, or None where it is too small to print."""
        return self.received if self.received is not None and self.received >= self.SMALLEST else None


@dataclass(frozen=True, slots=True)
class Review:
    """The right to a review of process or fact, once, within 10 working days of the letter."""

    by: date
    to: str  # "the Director of Education"
    email: str
    complaints_url: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Approved to proceed: with conditions where there are any, and then with the day the approval lapses."""

    strengths: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    needed: tuple[str, ...]
    needed_by: date
    conditions: tuple[ConditionLine, ...] = ()
    lapses_on: date | None = None
    funding: PlaceFunding = PLACE_FUNDING

    @property
    def kind(self) -> LetterKind:
        return LetterKind.CONDITIONS if self.conditions else LetterKind.APPROVED


@dataclass(frozen=True, slots=True)
class Decline:
    """Declined, with feedback: strengths first, then each shortfall, then what would help."""

    strengths: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    helps: tuple[str, ...]
    feedback_by: date
    context: Context | None = None
    next_round: str = ""  # "in September 2027"
    kind: ClassVar[LetterKind] = LetterKind.DECLINED


@dataclass(frozen=True, slots=True)
class Deferral:
    """Neither approved nor declined: why, what the school does, what the council does, when it is looked at again."""

    reasons: tuple[str, ...]
    review_on: date
    council_actions: tuple[str, ...]
    school_actions: tuple[str, ...] = ()
    kind: ClassVar[LetterKind] = LetterKind.DEFERRED


@dataclass(frozen=True, slots=True)
class Return:
    """Returned for information: only the named questions can be changed, until the day given."""

    queries: tuple[Query, ...]
    reply_by: date
    kind: ClassVar[LetterKind] = LetterKind.RETURNED


@dataclass(frozen=True, slots=True)
class Ineligibility:
    """Not considered: the checks it does not meet, and what would change that."""

    shortfalls: tuple[Shortfall, ...]
    helps: tuple[str, ...] = ()
    policy_note: str = ""
    next_round: str = ""
    kind: ClassVar[LetterKind] = LetterKind.INELIGIBLE


@dataclass(frozen=True, slots=True)
class NotShortlisted:
    """Considered, and not taken to the detail: feedback as in a decline."""

    strengths: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    helps: tuple[str, ...]
    feedback_by: date
    context: Context | None = None
    next_round: str = ""
    kind: ClassVar[LetterKind] = LetterKind.NOT_SHORTLISTED


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Received: when, from whom, what is still outstanding, and the days to expect."""

    received_at: datetime
    submitted_by: str
    checked_by: date | None = None
    decision_by: date | None = None
    outstanding: tuple[str, ...] = ()
    outstanding_by: date | None = None
    kind: ClassVar[LetterKind] = LetterKind.ACKNOWLEDGEMENT


Outcomes = Approval | Decline | Deferral | Ineligibility | NotShortlisted
Body = Outcomes | Return | Acknowledgement | Clarify | Discharge | Lapse | ReviewResult | Feedback


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """One letter. `academy`: is the school that changes one (the special school for a satellite; None: not agreed)."""

    letterhead: Letterhead
    reference: str  # "EOI-2026-0001"
    number: str  # of the letter: "EOI-2026-0001/L2"
    version: int
    on: date
    addressee: Addressee
    offer: Offer
    round_name: str
    received_on: date
    academy: bool | None
    contact: Contact
    signatory: Signatory
    body: Body
    eoi_url: str  # absolute, where the school reads and answers
    copies: tuple[str, ...] = ()  # "Jo Bell, chair of governors"
    partner: str = ""  # the special school's name
    linked: tuple[str, ...] = ()  # names of linked schools
    host_is_academy: bool = False
    review: Review | None = None  # outcomes carry one
    paragraph: str = ""  # the officer's own words, between the facts
    closing: str = ""  # the officer's own words before the signature
    template: str = ""  # the wording, in markup; empty in letters from before it was kept: what ships
    demonstration: bool = False

    @property
    def kind(self) -> LetterKind:
        return self.body.kind

    @property
    def is_satellite(self) -> bool:
        return self.offer.path is Path.SATELLITE

    @property
    def route(self) -> StatutoryRoute:
        """The statutory road of this school, in the words for its headteacher."""
        return statutory_route(
            self.offer.path, self.academy, self.addressee.school, self.partner, host_is_academy=self.host_is_academy
        )
