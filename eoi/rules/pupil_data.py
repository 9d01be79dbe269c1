"""Signs of a pupil's personal data in what a school types. They warn; people decide (domain §7, section 10)."""

import re
from collections.abc import Iterator
from typing import Any

_UPN = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{11}[0-9A-Z](?![A-Za-z0-9])", re.ASCII)
_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\b\.?|date of birth|birthday|born)[^\w\n]{0,5}(?:is |was |on |in )?(?:the )?\d{1,2}", re.IGNORECASE
)
_YEAR_CHILD = re.compile(
    r"\b(?:year[ -]?(?:1[0-3]|[1-9])|y(?:1[0-3]|[1-9])|reception|nursery)(?: [a-z]+)? (?:boy|girl)\b", re.IGNORECASE
)
# As in: Jacob's EHC plan; Jacob has an EHC plan; Jacob (EHC plan); Jacob EHCP.
_NAME_EHC = re.compile(
    r"\b([A-Z][a-z]{2,14})(?:['’]s? | (?:has|had|with|got|needs)(?: an| a| his| her| their)? | ?\(| )"
    r"(?:an |final |draft )?(?:EHC|Education,? Health)"
)
# Capitalised words that stand before "EHC plan" without naming a child.
_WORDS = """
The This That These Those Each Every Any All Our Their His Her Its Most Many Some Few Both Other New Current
Existing Annual Pupils Children Students Learners Families Parents Staff Places Primary Secondary Autistic
Autism Kent Council County School Schools Academy Trust Local Named Final Draft Statutory And But For With
Without Where When Having Through Via From Under Only Also Using Write Writing Reviewing Supporting Meeting Of
In On By To As More Fewer Several Half Two Three Four Five Six Seven Eight Nine Ten Everyone Nobody Who Whose
Which
"""
_NOT_NAMES = frozenset(_WORDS.split())

UPN = "a unique pupil number"
NHS = "an NHS number"
BIRTH = "a date of birth"
YEAR = "a description of one pupil, such as “Year 4 boy”"
NAME = "a first name beside an EHC plan"


def signs(text: str) -> tuple[str, ...]:
    """What the text seems to hold: "an NHS number", "a date of birth"… Empty for ordinary text."""
    found = (
        (UPN, bool(_UPN.search(text))),
        (NHS, any(_is_nhs_number(match.group()) for match in _TEN_DIGITS.finditer(text))),
        (BIRTH, bool(_BORN.search(text))),
        (YEAR, bool(_YEAR_CHILD.search(text))),
        (NAME, any(match.group(1) not in _NOT_NAMES for match in _NAME_EHC.finditer(text))),
    )
    return tuple(sign for sign, there in found if there)


def warning(value: Any) -> str:
    """A message where an answer, of any shape, seems to hold a pupil's data; else ""."""
    found = list(dict.fromkeys(sign for text in _texts(value) for sign in signs(text)))
    if not found:
        return ""
    return f"This looks as if it holds {' and '.join(found)}. Remove anything that could identify a pupil"


def _is_nhs_number(text: str) -> bool:
    """Ten digits whose last is the modulus 11 check of the first nine."""
    digits = [int(character) for character in text if character.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and len(set(digits)) > 1


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
