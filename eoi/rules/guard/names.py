"""Schools that a letter names, and words that stand in an internal note."""

import re
from collections.abc import Iterator, Sequence

SpanIn = tuple[int, int]
_KIND = (
    r"(?:(?:Church of England|CofE|C of E|CE|Catholic|RC|Community|Voluntary (?:Aided|Controlled)|Foundation|Primary|"
    r"Infants?|Juniors?|Secondary|Grammar|High|Special|Free|Nursery|Academy|School|College)\b[ ]?)+"
)
_NAMED = re.compile(r"\b(?:St\.? |Saint )?[A-Z][\w’']+(?:[ -](?:and|of|the|in|on|[A-Z][\w’']+)){0,8}?[ ]" + _KIND)
_URN = re.compile(r"\bURN:?\s*(\d{5,6})\b", re.IGNORECASE)
_ENDINGS = re.compile(rf"\s+{_KIND}$")
COPIED = 6  # words in a row that are no accident
_WORD = re.compile(r"[\w’']+")


def plain(name: str) -> str:
    """A name as it is compared: one space, one kind of apostrophe, no case."""
    return " ".join(name.replace("'", "’").split()).casefold()


def mask(text: str, names: Sequence[str]) -> str:
    """The text with these names blanked out, so that words in them are not read as facts."""
    for name in sorted(names, key=len, reverse=True):
        pattern = re.escape(name).replace(r"\ ", r"\s+").replace("’", "[’']").replace("'", "[’']")
        text = re.sub(pattern, lambda m: " " * len(m[0]), text, flags=re.IGNORECASE)
    return text


def others(text: str, own: Sequence[str], schools: Sequence[tuple[int, str]]) -> Iterator[SpanIn]:
    """Where another school is named: one of the register by name or URN, or anything that reads as a school's name."""
    mine = {plain(name) for name in own}
    masked = mask(text, [*own, *(short for name in own if (short := _short(name)))])
    seen: list[range] = []
    for start, end in [*_of_register(masked, mine, schools), *((m.start(), m.end()) for m in _NAMED.finditer(masked))]:
        if not any(start in span for span in seen):
            seen.append(range(start, end))
            yield start, end
    for urn in _URN.finditer(text):
        if not any(number == int(urn[1]) and plain(name) in mine for number, name in schools):
            yield urn.span()


def _of_register(masked: str, mine: set[str], schools: Sequence[tuple[int, str]]) -> Iterator[SpanIn]:
    lowered = masked.replace("'", "’").casefold()
    if len(lowered) != len(masked):  # a letter that folds to two: positions would lie
        lowered = masked.replace("'", "’").lower()
    for _, name in schools:
        if plain(name) in mine:
            continue
        for form in {plain(name), plain(_short(name))} - {""}:
            at = lowered.find(form)
            if at >= 0 and not lowered[at - 1 : at].isalnum() and not lowered[at + len(form) :][:1].isalnum():
                yield at, at + len(form)


def _short(name: str) -> str:
    """The name without what kind of school it is, where that still names it: two words or more."""
    short = _ENDINGS.sub("", name)
    return short if short != name and len(short.split()) > 1 else ""


def copied(text: str, internal: Sequence[str], printed: str) -> Iterator[SpanIn]:
    """Where so many words in a row stand in an internal note too, and not in the letter's own facts."""
    here = [(m[0].casefold(), m.span()) for m in _WORD.finditer(text)]
    known = _runs(printed)
    inside = {run for note in internal for run in _runs(note)} - known
    at = 0
    while at + COPIED <= len(here):
        if tuple(word for word, _ in here[at : at + COPIED]) in inside:
            yield here[at][1][0], here[at + COPIED - 1][1][1]
            at += COPIED
        else:
            at += 1


def _runs(text: str) -> set[tuple[str, ...]]:
    found = [m[0].casefold() for m in _WORD.finditer(text)]
    return {tuple(found[at : at + COPIED]) for at in range(len(found) - COPIED + 1)}
