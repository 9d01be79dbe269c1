"""The check of one letter, before a second person may issue it."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from eoi.rules.guard import words
from eoi.rules.guard.dates import Said, dates
from eoi.rules.guard.figures import HARMLESS, Figure, numbers, sums
from eoi.rules.guard.finding import Code, Finding, Known
from eoi.rules.guard.names import copied, mask, others
from eoi.rules.guard.record import days, facts_text, own_texts, record_texts, school_names
from eoi.rules.papers import LetterPaper
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.wording.filling import fill, template_of, wrong

_REFERENCE = re.compile(r"\bEOI-\d{4}-\d{4}(?:/L\d+)?\b", re.IGNORECASE)
_URN = re.compile(r"\bURN:?\s*\d{5,6}\b", re.IGNORECASE)  # for the check of names
_LOOKING = re.compile(r"\b(?:looking for|look for|sought|seek)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|https?://\S+|\b0\d[\d ]{8,12}\b")
#: A sentence with such a word tells this day, where the record has one.
CUES: tuple[tuple[re.Pattern[str], Callable[[LetterPaper], date | None]], ...] = (
    (re.compile(r"\bopen(?:s|ed|ing)?\b", re.IGNORECASE), lambda p: p.offer.opening),
    (re.compile(r"\blaps\w+", re.IGNORECASE), lambda p: getattr(p.body, "lapses_on", None)),
    (re.compile(r"\b(?:received|reached us)\b", re.IGNORECASE), lambda p: p.received_on),
    (re.compile(r"\b(?:reply|hear from you|answer)\b", re.IGNORECASE),
     lambda p: getattr(p.body, "needed_by", None) or getattr(p.body, "reply_by", None)),
    (re.compile(r"\blook at it again\b", re.IGNORECASE), lambda p: getattr(p.body, "review_on", None)),
    (re.compile(r"\bask for a review\b", re.IGNORECASE), lambda p: p.review.by if p.review else None),
)  # fmt: skip


def check(paper: LetterPaper, known: Known | None = None) -> tuple[Finding, ...]:
    """Everything in this letter that disagrees with its record; nothing where it may be issued."""
    told = known or Known()
    found = [*_whole(paper), *_reasons(paper)]
    printed = facts_text(paper)
    for place, text in own_texts(paper).items():
        found += _figures(place, text, printed, paper)
        found += _facts(place, text, paper)
        found += [_at(Code.INTERNAL, place, text, *span) for span in copied(text, told.internal, printed)]
    for place, text in {**own_texts(paper), **record_texts(paper)}.items():
        spans = others(text, (*school_names(paper), paper.letterhead.council), told.schools)
        found += [_at(Code.SCHOOL, place, text, *span) for span in spans]
        if paper.kind in OUTCOMES:
            found += _claims(place, text)
    return tuple(dict.fromkeys(found))


def _whole(paper: LetterPaper) -> Iterator[Finding]:
    """Fields that are empty, and a template that is not whole."""
    for name in fill(paper).empty:
        yield Finding(Code.EMPTY, "letter", name)
    for mistake in wrong(template_of(paper), paper.kind):
        yield Finding(
            Code.TEMPLATE, "letter", f"{mistake.message}: {mistake.words}" if mistake.words else mistake.message
        )
    if paper.offer.places <= 0:
        yield Finding(Code.EMPTY, "letter", "places")


def _reasons(paper: LetterPaper) -> Iterator[Finding]:
    for line in getattr(paper.body, "shortfalls", ()):
        if not line.criterion.strip() or not line.reason.strip():
            yield Finding(Code.REASON, "reasons", line.criterion or line.reason)


def _figures(place: str, text: str, printed: str, paper: LetterPaper) -> Iterator[Finding]:
    """Dates, sums, numbers, references: each once, so that the 24 of 24 November is no number of its own."""
    rest = text
    for found in _REFERENCE.finditer(text):
        rest = _blank(rest, *found.span())
        if found[0].upper() not in (paper.reference, paper.number):
            yield _at(Code.REFERENCE, place, text, *found.span())
    for found in _ADDRESS.finditer(rest):
        rest = _blank(rest, *found.span())
        if (
            found[0].strip(" .,")
            not in f"{printed} {paper.contact.phone} {paper.letterhead.phone} {paper.letterhead.email}"
        ):
            yield _at(Code.REFERENCE, place, text, *found.span())
    rest = _URN.sub(lambda m: " " * len(m[0]), mask(rest, school_names(paper)))
    held = {*days(paper)}
    for said in dates(rest):
        rest = _blank(rest, said.start, said.end)
        if not any(said.is_of(day) for day in _expected(said, text, paper) or held):
            yield _at(Code.DATE, place, text, said.start, said.end)
    amounts = {figure.value for figure in sums(printed)}
    for figure in sums(rest):
        if figure.value not in amounts:
            yield _at(Code.MONEY, place, text, figure.start, figure.end)
    for figure in numbers(rest):
        if not _is_known(figure, text, printed, paper):
            yield _at(Code.NUMBER, place, text, figure.start, figure.end)


def _expected(said: Said, text: str, paper: LetterPaper) -> set[date]:
    """The days that the sentence around a date speaks of, by its words."""
    sentence = _sentence(text, said.start)
    told = (day(paper) for cue, day in CUES if cue.search(sentence))
    return {day for day in told if day}


def _is_known(figure: Figure, text: str, printed: str, paper: LetterPaper) -> bool:
    """Whether the record has this number, of what it counts."""
    conditions = getattr(paper.body, "conditions", ())
    if figure.counts in ("place", "pupil"):
        return figure.value in {paper.offer.places, *paper.offer.build_up, *_sought(figure, text, paper)}
    if figure.counts == "condition":
        return figure.value == len(conditions)
    if figure.counts == "year":
        return any(f.value == figure.value for f in numbers(paper.offer.year_groups)) or _in_years(figure.value, paper)
    if figure.value in HARMLESS and not figure.words[0].isdigit():
        return True
    held = {one.value for one in numbers(f"{printed} {paper.offer.in_mainstream}")}
    dated = {float(day.year) for day in days(paper)}
    return figure.value in held | dated | {float(paper.offer.places)} | {
        float(n) for n in range(1, len(conditions) + 1)
    }


def _sought(figure: Figure, text: str, paper: LetterPaper) -> tuple[int, ...]:
    """The places that the round looked for, where the sentence speaks of looking."""
    context = getattr(paper.body, "context", None)
    looking = context and _LOOKING.search(_sentence(text, figure.start))
    return (context.places_sought,) if context and looking and context.places_sought else ()


def _sentence(text: str, at: int) -> str:
    return next((m[0] for m in words.SENTENCE.finditer(text) if m.start() <= at < m.end()), text)


def _in_years(value: float, paper: LetterPaper) -> bool:
    """Years 1 to 6 hold Year 4."""
    ends = [figure.value for figure in numbers(paper.offer.year_groups)]
    low = 0.0 if "Reception" in paper.offer.year_groups else min(ends, default=1.0)
    return bool(ends) and " to " in paper.offer.year_groups and low <= value <= max(ends)


def _facts(place: str, text: str, paper: LetterPaper) -> Iterator[Finding]:
    """Words of another outcome, need, phase or path."""
    rest = mask(text, [*school_names(paper), "neither approved nor declined"])
    for pattern in words.OTHER_OUTCOMES.get(paper.kind, ()):
        yield from (_at(Code.OUTCOME, place, text, *m.span()) for m in pattern.finditer(rest))
    offer = paper.offer
    patterns = [p for need, p in words.NEEDS.items() if need is not offer.need]
    patterns += [p for phase, p in words.PHASES.items() if phase is not offer.phase]
    patterns += [p for path, p in words.PATHS.items() if path is not offer.path]
    for pattern in patterns:
        yield from (_at(Code.FACT, place, text, *m.span()) for m in pattern.finditer(rest))


def _claims(place: str, text: str) -> Iterator[Finding]:
    """What a letter about an expression of interest cannot say, unless its sentence denies it or makes it depend."""
    for sentence in words.SENTENCE.finditer(text):
        if words.DENIED.search(sentence[0]):
            continue
        for claim in words.CLAIM.finditer(sentence[0]):
            start = sentence.start() + claim.start()
            yield _at(Code.CLAIM, place, text, start, start + len(claim[0]))


def _at(code: Code, place: str, text: str, start: int, end: int) -> Finding:
    return Finding(code, place, text[start:end].strip(), start, end)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
