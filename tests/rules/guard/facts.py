"""What officers may say of a record in their own words, truly; and the same with one fact turned false."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eoi.rules.guard.figures import in_words
from eoi.rules.papers import LetterKind, LetterPaper
from eoi.rules.papers.kinds import APPROVALS, OUTCOMES
from eoi.rules.words import Need, Path, Phase, long_date

K = LetterKind
SAYS: dict[LetterKind, str] = {
    K.APPROVED: "approved to proceed",
    K.CONDITIONS: "approved to proceed, with conditions",
    K.DECLINED: "declined",
    K.DEFERRED: "deferred",
    K.INELIGIBLE: "ineligible",
    K.NOT_SHORTLISTED: "not shortlisted",
}
NEEDS = {
    Need.ASD: ("autism",),
    Need.SEMH: ("SEMH", "social, emotional and mental health"),
    Need.SLCN: ("speech, language and communication",),
}


@dataclass(frozen=True)
class Field:
    """One fact of the record: a sentence with a gap for it, its true words, and false ones by the mutator's name."""

    name: str
    sentence: str
    true: tuple[str, ...]
    false: tuple[tuple[str, str], ...]


def fields_of(paper: LetterPaper) -> Iterator[Field]:
    """Every fact that a sentence could tell, of the kinds that issue 6 names: outcome, places, need, phase, schools,
    conditions, dates, money."""
    offer = paper.offer
    yield Field("outcome", "Your expression of interest is {}.", (SAYS[paper.kind],), _outcomes(paper.kind))
    yield Field("places", "We thought hard about the {} places that you offer.", _told(offer.places),
                _numbers(offer.places, {offer.places, *offer.build_up}))  # fmt: skip
    yield Field("need", "The panel liked your work on {}.", NEEDS[offer.need],
                tuple((f"need {n}", words[0]) for n, words in NEEDS.items() if n is not offer.need))  # fmt: skip
    yield Field("phase", "Your plan for {} pupils is clear.", (str(offer.phase),),
                tuple((f"phase {p}", str(p)) for p in Phase if p is not offer.phase))  # fmt: skip
    paths = {Path.SRP: "resourced provision", Path.SATELLITE: "satellite"}
    yield Field("path", "We looked closely at the {}.", (paths[offer.path],),
                tuple((f"path {p}", words) for p, words in paths.items() if p is not offer.path))  # fmt: skip
    yield Field("school", "Please tell your colleagues at {}.", (paper.addressee.school,),
                (("another school", "Hopefield Primary School"), ("a short name", "Elsewhere Academy"),
                 ("the register", "The Quay")))  # fmt: skip
    yield Field("reference", "Please quote {}.", (paper.reference,), (("another case", "EOI-2026-0987"),))
    yield from _days(paper)
    if paper.kind in APPROVALS:
        yield Field("money", "Place funding is {} a year.", ("£10,000",),
                    (("a zero more", "£100,000"), ("other digits", "£12,000"), ("in thousands", "£11k"),
                     ("in millions", "£1.5 million"), ("in words", "13,000 pounds")))  # fmt: skip
    if conditions := getattr(paper.body, "conditions", ()):
        count = len(conditions)
        yield Field("conditions", "There are {} conditions.", _told(count), _numbers(count, {count}))


def _outcomes(kind: LetterKind) -> tuple[tuple[str, str], ...]:
    same = {kind, K.APPROVED} if kind is K.CONDITIONS else {kind}
    if kind is K.NOT_SHORTLISTED:
        same |= {K.DECLINED}  # it is a kind of decline
    if kind is K.DECLINED:
        same |= {K.NOT_SHORTLISTED}
    return tuple((f"outcome {other}", SAYS[other]) for other in SAYS if other not in same)


def _told(number: int) -> tuple[str, ...]:
    return (str(number), in_words(number)) if number < 100 else (str(number),)


def _numbers(number: int, held: set[int]) -> tuple[tuple[str, str], ...]:
    wanted = {"one more": number + 1, "one fewer": number - 1, "ten times": number * 10, "half": number // 2 + 1}
    swapped = int(str(number)[::-1])
    changed = {**wanted, "swapped digits": swapped}
    found = [(name, value) for name, value in changed.items() if value > 0 and value not in held]
    words = [(f"{name}, in words", in_words(value)) for name, value in found if 1 < value < 100]
    return tuple([(name, str(value)) for name, value in found] + words)


DAYS: tuple[tuple[str, str, Callable[[LetterPaper], date | None]], ...] = (
    ("received on", "We received it on {}.", lambda p: p.received_on),
    ("needed by", "We need your reply by {}.", lambda p: getattr(p.body, "needed_by", None)),
    ("lapses on", "The approval lapses on {}.", lambda p: getattr(p.body, "lapses_on", None)),
    ("looked at again on", "We look at it again by {}.", lambda p: getattr(p.body, "review_on", None)),
    ("review by", "You can ask for a review until {}.", lambda p: p.review.by if p.review else None),
)


def _days(paper: LetterPaper) -> Iterator[Field]:
    for name, sentence, day in DAYS:
        if told := day(paper):
            forms = (long_date(told), f"{told:%d/%m/%Y}", f"{told.day} {told:%B}", f"{told:%d %b %Y}")
            yield Field(name, sentence, forms, _other_days(told))
    if opening := paper.offer.opening:
        later = date(opening.year, opening.month % 12 + 1, 1)
        yield Field("opening", "It could open in {}.", (f"{opening:%B %Y}",),
                    (("another month", f"{later:%B} {opening.year}"),
                     ("a year later", f"{opening:%B} {opening.year + 1}"),
                     ("a year sooner", f"{opening:%B} {opening.year - 1}")))  # fmt: skip


def _other_days(day: date) -> tuple[tuple[str, str], ...]:
    other = {
        "a day later": day + timedelta(days=1),
        "a day sooner": day - timedelta(days=1),
        "a month later": day + timedelta(days=31),
        "a year later": date(day.year + 1, day.month, min(day.day, 28)),
    }
    return (
        *((name, long_date(value)) for name, value in other.items()),
        *((f"{name}, in figures", f"{value:%d/%m/%Y}") for name, value in other.items()),
        *((f"{name}, ISO", value.isoformat()) for name, value in other.items()),
    )


def true_text(paper: LetterPaper) -> str:
    """Every fact, told truly, in each of its forms."""
    return "\n\n".join(field.sentence.format(words) for field in fields_of(paper) for words in field.true)


def told(paper: LetterPaper, text: str) -> LetterPaper:
    return replace(paper, paragraph=text)


assert set(SAYS) == OUTCOMES
