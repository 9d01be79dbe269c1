"""The rubric: criteria, weights, anchors, and what the totals advise (domain §9). Advice, never the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Criterion:
    key: str
    title: str
    weight: int
    guidance: str = ""


ANCHORS: tuple[tuple[int, str], ...] = (
    (0, "No evidence, or unsuitable"),
    (1, "Weak, with major gaps"),
    (2, "Partly meets it; the gaps can be closed"),
    (3, "Good, with minor gaps"),
    (4, "Strong and evidenced"),
)

RUBRIC: tuple[Criterion, ...] = (
    Criterion("C1", "Meets published need", 20, "Need, phase and district; travel; pathway from primary to secondary"),
    Criterion("C2", "Inclusion record and outcomes", 20, "Ethos, evidence of impact, outcomes of pupils with SEN"),
    Criterion("C3", "Education model and integration", 15, "For a satellite: the benefit of being hosted here"),
    Criterion("C4", "Leadership, staffing and expertise", 15, "For a satellite: the partner and joint working"),
    Criterion("C5", "Accommodation and access", 15, "Rooms, outdoor space, access, drop-off"),
    Criterion("C6", "Deliverability", 10, "Time, risk, consent, statutory route"),
    Criterion("C7", "Value and viability", 5, "Capital a place, revenue, filling up"),
)

SPREAD = 2  # a difference between scorers that the chair must resolve
CORE = frozenset({"C1", "C2", "C5"})


@dataclass(frozen=True, slots=True)
class CriterionResult:
    criterion: Criterion
    mean: float
    lowest: int
    highest: int
    agreed: int | None = None  # by the panel: it takes the place of the mean

    @property
    def spread(self) -> bool:
        """Whether scorers differed so much that the chair has to settle it."""
        return self.highest - self.lowest >= SPREAD


@dataclass(frozen=True, slots=True)
class Result:
    """All scorers together: `total` is 0 to 100."""

    criteria: tuple[CriterionResult, ...]
    total: float
    scorers: int

    @property
    def spreads(self) -> tuple[CriterionResult, ...]:
        """Where scorers differed and no score is agreed yet."""
        return tuple(c for c in self.criteria if c.spread and c.agreed is None)

    @property
    def advice(self) -> str:
        """The thresholds of domain §9, in their order."""
        if self.total < 50 or any(c.mean < 1 for c in self.criteria if c.criterion.key in CORE):
            return "Decline"
        if self.total < 60 or any(c.mean < 2 for c in self.criteria):
            return "Approve with conditions, or defer"
        return "Recommend"


def result(
    rubric: Sequence[Criterion], scores: Mapping[str, Sequence[int]], agreed: Mapping[str, int] | None = None
) -> Result | None:
    """The weighted result, or None while a criterion has no score.

    `scores` maps a criterion's key to the scores given, one a scorer; `agreed` to the score that the panel agreed,
    which takes the place of their mean. Weighted total = sum(weight x mean / 4).
    """
    settled = agreed or {}
    if not all(scores.get(c.key) for c in rubric):
        return None
    rows = tuple(
        CriterionResult(
            c, settled.get(c.key, fmean(scores[c.key])), min(scores[c.key]), max(scores[c.key]), settled.get(c.key)
        )
        for c in rubric
    )
    total = sum(row.criterion.weight * row.mean / 4 for row in rows)
    return Result(rows, round(total, 1), max(len(scores[c.key]) for c in rubric))


def weights_wrong(rubric: Sequence[Criterion]) -> str:
    """A message where the weights do not make 100, else the empty string."""
    total = sum(c.weight for c in rubric)
    return "" if total == 100 else f"The weights make {total}. Change them so that they make 100"
