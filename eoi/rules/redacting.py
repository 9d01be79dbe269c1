"""Taking words out of what is stored, whatever its shape: text, or JSON of any depth."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from eoi.rules.words import long_date

STUB = "Redacted document.txt"  # the name of what stands in the place of a file
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+44|\(?0)[\d ()-]{8,14}\d(?!\w)")


def mark(moment: datetime) -> str:
    """What stands where words were taken out."""
    return f"[Redacted on {long_date(moment)}]"


def is_mark(value: Any) -> bool:
    """Whether words were taken out here already."""
    return isinstance(value, str) and value.startswith("[Redacted on ")


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same shape with every text changed; the keys of objects stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: mapped(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(one, change) for one in value]
    return value


def texts(value: Any) -> Iterator[str]:
    """Every text in the value, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def replaced(value: Any, words: Mapping[str, str]) -> Any:
    """The value with each of these words, in whatever case it is written, replaced by its stand-in."""
    wanted = {word.lower(): stand_in for word, stand_in in words.items() if word.strip()}
    if not wanted:
        return value
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
    return mapped(value, lambda text: pattern.sub(lambda found: wanted[found.group().lower()], text))


def spellings(words: Sequence[str]) -> list[str]:
    """Each of the words as it is, in lower case, and as JSON spells both: what a search of the tables looks for."""
    found = [form for word in words if word.strip() for form in (word, word.lower())]
    return list(dict.fromkeys([*found, *(json.dumps(word)[1:-1] for word in found)]))
