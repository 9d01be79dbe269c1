"""Finding a school by what people type: one spelling for "St Mary's Church of England" and "st marys cofe"."""

import re
import unicodedata

PHRASES = (
    (r"\bchurch of england\b|\bc ?of ?e\b|\bcofe\b|\bc e\b", "ce"),
    (r"\broman catholic\b|\br c\b|\brc\b", "catholic"),
    (r"\bvoluntary aided\b|\bv a\b", "va"),
    (r"\bvoluntary controlled\b|\bv c\b", "vc"),
    (r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{0,2})\b", r"\1\2"),  # a postcode, also half typed
)
SAINT = {"saint": "st", "saints": "st", "ss": "st", "sts": "st"}
SPELLINGS = {**SAINT, "pri": "primary", "sec": "secondary", "acad": "academy"}
SKIPPED = frozenset(("and", "of", "the", "at", "in", "for"))
# Words that half the schools share: they narrow a search, they never begin one.
COMMON = {"st", "ce", "catholic", "church", "va", "vc"}
COMMON |= {"primary", "secondary", "infant", "junior", "school", "academy", "community"}


def words(typed: str) -> tuple[str, ...]:
    """The words of a search or of a name, spelt one way: no accents, apostrophes, plurals or small words."""
    line = unicodedata.normalize("NFKD", typed.lower())
    line = "".join(c for c in line if not unicodedata.combining(c))
    line = re.sub(r"['’‘`´]", "", line).replace("&", " and ")
    line = re.sub(r"[^a-z0-9]+", " ", line).strip()
    for pattern, short in PHRASES:
        line = re.sub(pattern, short, line)
    return tuple(_spelt(word) for word in line.split() if word not in SKIPPED)


def _spelt(word: str) -> str:
    word = SPELLINGS.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and word.isalpha() else word


def index_words(name: str, *others: str) -> frozenset[str]:
    """All the words that a school is found by: its name's, as the phrases shorten them and as written, and the others'.

    Both, because a name half typed ("church of eng") must be found too.
    """
    written = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("'", "").replace("’", "")).split()
    found = {_spelt(word) for word in written}
    if "st" in found:
        found.add("saint")
    for text in (name, *others):
        found.update(words(text))
    return frozenset(found)


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
