"""Finding a school by what people type: one spelling for "St Mary's Church of England" and "st marys cofe"."""

import re
import unicodedata
from functools import lru_cache

PHRASES = (
    (re.compile(r"\bchurch of england\b|\bc ?of ?e\b|\bcofe\b|\bc e\b"), "ce"),
    (re.compile(r"\broman catholic\b|\br c\b|\brc\b"), "catholic"),
    (re.compile(r"\bvoluntary aided\b|\bv a\b"), "va"),
    (re.compile(r"\bvoluntary controlled\b|\bv c\b"), "vc"),
    (re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{0,2})\b"), r"\1\2"),  # a postcode, also half typed
)
_APOSTROPHES = re.compile("['’‘`´]")
_REST = re.compile("[^a-z0-9]+")
SAINT = {"saint": "st", "saints": "st", "ss": "st", "sts": "st"}
SPELLINGS = {**SAINT, "pri": "primary", "sec": "secondary", "acad": "academy"}
SKIPPED = frozenset(("and", "of", "the", "at", "in", "for"))
# Words that half the schools share: they narrow a search, they never begin one.
COMMON = {"st", "ce", "catholic", "church", "va", "vc"}
COMMON |= {"primary", "secondary", "infant", "junior", "school", "academy", "community"}
UNTELLING = COMMON | SKIPPED


def words(typed: str) -> tuple[str, ...]:
    """The words of a search or of a name, spelt one way: no accents, apostrophes, plurals or small words."""
    return _shortened(_plain(typed))


def _plain(typed: str) -> str:
    """Small letters and digits in words, with single spaces between them."""
    line = typed.lower()
    if not line.isascii():
        line = "".join(c for c in unicodedata.normalize("NFKD", line) if not unicodedata.combining(c))
    return _REST.sub(" ", _APOSTROPHES.sub("", line)).strip()


def _shortened(line: str) -> tuple[str, ...]:
    for pattern, short in PHRASES:
        line = pattern.sub(short, line)
    return tuple(_spelt(word) for word in line.split() if word not in SKIPPED)


def _spelt(word: str) -> str:
    word = SPELLINGS.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and word.isalpha() else word


def index_words(name: str, *others: str) -> frozenset[str]:
    """All the words that a school is found by: its name's, as the phrases shorten them and as written, and the others'.

    Both, because a name half typed ("church of eng") must be found too.
    """
    written = _plain(name)
    found = {_spelt(word) for word in written.split()}
    if "st" in found:
        found.add("saint")
    return frozenset(found.union(_shortened(written), *map(_words_again, others)))


@lru_cache(maxsize=4096)
def _words_again(text: str) -> tuple[str, ...]:
    """As `words`, for towns and districts, which come again and again."""
    return words(text)


def anchor(terms: tuple[str, ...]) -> str | None:
    """The word to begin with: the longest that is not the beginning of a common one, or None."""
    telling = [term for term in terms if not any(common.startswith(term) for common in COMMON)]
    return max(telling, key=len, default=None)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word, or beginning of one, that is one slip of the fingers away; the most alike, or None."""
    close = [k for k in known if _one_slip(word, k[: len(word) + 1]) or _one_slip(word, k[: len(word)])]
    return min(close, key=lambda k: (abs(len(k) - len(word)), k), default=None)


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[at:], other[at:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:] and len(rest) > 1
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def likeness(one: str, other: str) -> int:
    """How many telling words two names of schools share: "Hopefield Primary School", "Hopefield Academy": 1."""
    return len((index_words(one) & index_words(other)) - UNTELLING)
