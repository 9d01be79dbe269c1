"""Numbers and sums of money in a text, in digits and in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))}"
_MONEY = re.compile(
    r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|bn|thousand|million)?\b|\b(\d[\d,]*(?:\.\d+)?)\s?(k|m|thousand|million)?\s?pounds?\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![\w£.,/-])(\d[\d,]*(?:\.\d+)?|{_WORD})(?![\w/]|-\d)", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
_NOUN = re.compile(r"\s*(%|per cent)|[\s-]*(?:\w+[\s-]+){0,2}?(places?|pupils?|conditions?)\b", re.IGNORECASE)
_YEAR_GROUP = re.compile(r"\byears?\s+$", re.IGNORECASE)
HARMLESS = {1.0}  # "one of the strengths"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts ("place", "pupil", "condition", "%", "year", "" where that is not said), and where."""

    value: float
    counts: str
    words: str
    start: int
    end: int


def sums(text: str) -> Iterator[Figure]:
    """Sums of money, in pounds."""
    for found in _MONEY.finditer(text):
        digits, times = (found[1], found[2]) if found[1] else (found[3], found[4])
        value = float(digits.replace(",", "")) * _TIMES[(times or "").lower()]
        yield Figure(value, "£", found[0].strip(), found.start(), found.end())


def numbers(text: str) -> Iterator[Figure]:
    """Numbers that are no sums of money. Dates and references are for the caller to take out first."""
    for found in _NUMBER.finditer(_MONEY.sub(lambda m: " " * len(m[0]), text)):
        value = _value(found[1])
        noun = _NOUN.match(text, found.end())
        counts = (noun[1] and "%") or (noun[2] or "").lower().rstrip("s") if noun else ""
        if not counts and _YEAR_GROUP.search(text[: found.start()]):
            counts = "year"
        yield Figure(value, counts, found[1], found.start(), found.end())


def _value(said: str) -> float:
    if said[0].isdigit():
        return float(said.rstrip(",").replace(",", ""))
    parts = re.split(r"[- ]", said.lower())
    return float(sum((TENS.index(p) + 2) * 10 if p in TENS else UNITS.index(p) for p in parts))


def in_words(number: int) -> str:
    """Fifteen, twenty-one: numbers under 100."""
    if number < 20:
        return UNITS[number]
    rest = f"-{UNITS[number % 10]}" if number % 10 else ""
    return TENS[number // 10 - 2] + rest
