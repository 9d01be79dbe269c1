"""How words stand inside a sentence: small shapes that letters, pages and mails share."""

from datetime import date
from enum import StrEnum

from eoi.rules import words


def paragraphs(text: str) -> list[str]:
    """What somebody typed, cut at its blank lines."""
    return [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def month_and_year(day: date) -> str:
    """September 2028."""
    return f"{day:%B %Y}"


def in_sentence(member: StrEnum) -> str:
    """The label of a member as it stands inside a sentence: autism, resourced provision."""
    return lower_first(words.label(member))


def lower_first(text: str) -> str:
    """Text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Text that ends as a sentence does, so that what people typed can be followed by another sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."


def one_line(text: str) -> str:
    """What somebody typed in several paragraphs, as one that ends as a sentence does."""
    return sentence(" ".join(paragraphs(text)))
