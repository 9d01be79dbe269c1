"""Who may make which expression of interest, asked before a draft exists. Messages are for the headteacher.

Nothing here scores. Whether an EOI exists already, and whether the school is in the council's area, is passed in.
"""

from dataclasses import dataclass

from eoi.rules.facts import RoundFacts, SchoolFacts, StrandFacts
from eoi.rules.words import Need, Openness, Path, Phase, label

PRIMARY_AGES = (4, 11)  # from the age at which the first pupils join to that at which the last leave
SECONDARY_AGES = (11, 16)
MAINSTREAM_GROUPS = frozenset({"Local authority maintained schools", "Academies", "Free Schools"})
NOT_MAINSTREAM = ("special", "pupil referral", "alternative provision", "16-19", "sixth form", "16 to 19", "nursery")


@dataclass(frozen=True, slots=True)
class Choice:
    """One path, need and phase as a school sees it. `reason` says why not where `can` is False, else it is empty."""

    path: Path
    need: Need
    phase: Phase
    openness: Openness
    note: str  # the policy note of the round
    decision_reference: str
    can: bool
    reason: str

    @property
    def by_exception(self) -> bool:
        """The school gives its case first, and goes on only when an officer allows it."""
        return self.openness is Openness.BY_EXCEPTION


def school_refusal(school: SchoolFacts, la_code: str) -> str:
    """Why this school cannot offer places in any round of the council with this code, or "".

    Open, in the area, mainstream (domain 0.2). A school proposed to close is still open.
    """
    if not school.status.casefold().startswith("open"):
        return f"{school.name} is not open, according to the register of schools"
    if school.dfe_number.partition("/")[0] != la_code:
        return f"{school.name} is not in this council’s area"
    kind = school.type_name.casefold()
    if school.type_group not in MAINSTREAM_GROUPS or any(word in kind for word in NOT_MAINSTREAM):
        return "Only mainstream schools can host: a special school is the partner of a satellite"
    return ""


def phase_refusal(school: SchoolFacts, phase: Phase) -> str:
    """Why this school cannot offer places in this phase, or "". By statutory ages, or else the register's phase."""
    first, last = PRIMARY_AGES if phase is Phase.PRIMARY else SECONDARY_AGES
    if school.low_age is not None and school.high_age:
        teaches = school.low_age < last and school.high_age > first
        ages = f"ages {school.low_age} to {school.high_age}"
    else:
        teaches = school.phase in (label(phase), "All-through")
        ages = f"the {school.phase.lower()} phase"
    if teaches:
        return ""
    return f"Your school teaches {ages}, so it cannot offer {label(phase).lower()} places"


def strand_refusal(strand: StrandFacts | None) -> str:
    """Why a round takes nothing for this path, need and phase, or "". By exception is not a refusal."""
    if strand is None:
        return "This round does not look for these places"
    if strand.openness is not Openness.CLOSED:
        return ""
    reference = f" (decision {strand.decision_reference})" if strand.decision_reference else ""
    return f"{strand.note.rstrip('.') or 'This round is closed to these places'}{reference}"


def exists_refusal(exists: bool) -> str:
    """One live EOI for each school, round, path, need and phase (domain §7), or ""."""
    return "Your school already has an expression of interest for this path, need and phase" if exists else ""


def refusal(
    round_facts: RoundFacts,
    school: SchoolFacts,
    path: Path,
    need: Need,
    phase: Phase,
    *,
    la_code: str,
    exists: bool = False,
) -> str:
    """Why this school cannot begin this expression of interest, the first reason, or "". Not about dates."""
    return (
        school_refusal(school, la_code)
        or strand_refusal(round_facts.strand(path, need, phase))
        or phase_refusal(school, phase)
        or exists_refusal(exists)
    )


def choices(
    round_facts: RoundFacts,
    school: SchoolFacts,
    *,
    la_code: str,
    existing: frozenset[tuple[Path, Need, Phase]] = frozenset(),
) -> tuple[Choice, ...]:
    """Every strand of the round, in its order, with whether this school can choose it. `existing`: its live EOIs."""
    return tuple(_choice(round_facts, strand, school, la_code, existing) for strand in round_facts.strands)


def _choice(
    round_facts: RoundFacts,
    strand: StrandFacts,
    school: SchoolFacts,
    la_code: str,
    existing: frozenset[tuple[Path, Need, Phase]],
) -> Choice:
    offer = (strand.path, strand.need, strand.phase)
    reason = refusal(round_facts, school, *offer, la_code=la_code, exists=offer in existing)
    return Choice(*offer, strand.openness, strand.note, strand.decision_reference, not reason, reason)
