"""Signs of a pupil's personal data in what a school types. They warn; people decide (domain §7, section 10)."""

import re
from collections.abc import Iterator
from typing import Any

_UPN = re.compile(r"(?<![a-z0-9])[a-z](?:[ -]?\d){11}[ -]?[0-9a-z](?![a-z0-9])", re.ASCII | re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
_CHILD = r"(?:boy|girl|pupil|student|child|learner)"
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\b\.?|date of birth|birthday|born)[^\w\n]{0,5}(?:is |was |on |in )?(?:the )?"
    rf"(?:\d{{1,2}}(?!\d)|\d{{4}}-\d\d-\d\d|{_MONTH}\b)"
    rf"|\bb\. ?\d{{1,2}}[ /.-]|\b(?:{_CHILD}|twins) ?\({_DAY}\)"
    r"|\b(?:he|she|who) (?:was|is|turned) \d{1,2} on \d{1,2}\b",
    re.IGNORECASE,
)

_YEAR = r"(?:year[ -]?(?:1[0-3]|[1-9])|y(?:1[0-3]|[1-9])|reception|nursery)"
_AGE = r"(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)"
_YEAR_CHILD = re.compile(
    rf"(?<!each )(?<!every )(?<!any )\b{_YEAR}(?: [a-z-]+)? (?:boy|girl|twins)\b"
    rf"|(?<!each )(?<!every )(?<!any )\by(?:ear)?[ -]?\d{{1,2}} (?:pupil|student|child|learner)\b"
    r"(?! (?:voice|premium|council|numbers|places|leaders))"
    rf"|\b(?:a|an|one|the|our|this|only)(?: [\w-]+){{0,3}} {_CHILD} in {_YEAR}\b"
    rf"|\b{_AGE}[- ]year[- ]old(?: [a-z]+)? {_CHILD}\b",
    re.IGNORECASE,
)

# 1 to 4 beside what counts pupils, not beside the name of a year or key stage, and not in a ratio.
_FEW = re.compile(
    r"(?<![\d.,/£])(?<!stage )(?<!year )(?<!years )(?<!\band )(?<! to )(?<!groups of )(?<!\bor )"
    r"\b(?:[1-4]|one|two|three|four|a single)(?: of (?:our|the|these|those|my))?"
    r" (?:pupils?|child(?:ren)?|students?|learners?|boys?|girls?|EHC plans?|EHCPs?)\b"
    r"(?! (?:voice|premium|places|each|at a time))"
    r"|\b(?:pupils?|children|students|learners|boys|girls|EHC plans|EHCPs)\b[^.:\n]{0,40}: ?"
    r"(?:[1-4]|one|two|three|four)\b(?![.,/%]?\d)",
    re.IGNORECASE,
)

# As in: Jacob's EHC plan; Jacob, who has an EHC plan; Jacob (EHC plan); the EHC plan of Jacob; Jacob EHCP.
_A_NAME = r"(?<!St )(?<!Mr )(?<!Mrs )(?<!Ms )(?<!Miss )(?<!Dr )\b([^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]{2,})*[a-zà-ÿ])"
_PLAN = r"(?:EHC|Education,? Health)"
_HAS = r"(?:has|had|have|with|got|received|gained|needs|awaits|is awaiting|is waiting for)"
_NAME_EHC = re.compile(
    rf"{_A_NAME}(?:"
    rf"['’]s? (?:[a-z]+ ){{0,6}}{_PLAN}"
    rf"|,? (?:who |both )?{_HAS}(?: an| a| his| her| their)?(?: final| draft)? {_PLAN}"
    rf"| and (?:his|her|their) {_PLAN}"
    rf"| ?\({_PLAN}"
    rf"| {_PLAN}"
    r")"
)
_EHC_NAME = re.compile(
    rf"(?:EHC plans?|EHCPs?|EHC (?:needs )?assessments?)(?: of| for|:) {_A_NAME}"
    rf"|(?:mother|father|parents?) of {_A_NAME}(?=[^.\n]{{0,60}}{_PLAN})"
)
# Capitalised words that stand before "EHC plan" without naming a child.
_WORDS = """
The This That These Those Each Every Any All Our Their His Her Its Most Many Some Few Both Other New Current
Existing Annual Pupils Children Students Learners Families Parents Staff Places Primary Secondary Autistic
Autism Kent Council County School Schools Academy Trust Local Named Final Draft Statutory And But For With
Without Where When Having Through Via From Under Only Also Using Write Writing Reviewing Supporting Meeting Of
In On By To As More Fewer Several Half Two Three Four Five Six Seven Eight Nine Ten Everyone Nobody Who Whose
Which January February March April May June July August September October November December Monday Tuesday
Wednesday Thursday Friday Today Tomorrow Usually Often Sometimes Before After Since While Because If Once Then
Teachers Teacher Assistants Governors Trustees Leaders Headteachers Carers Boys Girls Adults Therapists SENCO
SENCOs Ofsted Medway Ashford Canterbury Dartford Dover Folkestone Gravesham Hythe Maidstone Sevenoaks Swale Thanet
Tonbridge Tunbridge Malling Wells England Number Numbers Total Totals Year Reception Nursery Class Base Hub We They
He She It You There Here Not No Yes SEND SEN SEMH ASD
"""
_NOT_NAMES = frozenset(_WORDS.split())

UPN = "a unique pupil number"
NHS = "an NHS number"
BIRTH = "a date of birth"
YEAR = "a description of one pupil, such as “Year 4 boy”"
NAME = "a first name beside an EHC plan"
FEW = "a number of pupils from 1 to 4"


def signs(text: str) -> tuple[str, ...]:
    """What the text seems to hold: "an NHS number", "a date of birth"… Empty for ordinary text."""
    found = (
        (UPN, bool(_UPN.search(text))),
        (NHS, any(_is_nhs_number(match.group()) for match in _TEN_DIGITS.finditer(text))),
        (BIRTH, bool(_BORN.search(text))),
        (YEAR, bool(_YEAR_CHILD.search(text))),
        (NAME, any(_named(text))),
        (FEW, bool(_FEW.search(text))),
    )
    return tuple(sign for sign, there in found if there)


def warning(value: Any) -> str:
    """A message where an answer, of any shape, seems to hold a pupil's data; else ""."""
    found = list(dict.fromkeys(sign for text in _texts(value) for sign in signs(text)))
    if not found:
        return ""
    return f"This looks as if it holds {' and '.join(found)}. Remove anything that could identify a pupil"


def in_file_name(name: str) -> str:
    """The same for the name of a file, whose words may hang together: "Jacob_EHCP.pdf"."""
    return warning(re.sub(r"[_+.-]+", " ", name))


def _named(text: str) -> Iterator[bool]:
    """Of each capitalised word that stands by an EHC plan, whether it can be a first name."""
    for pattern in (_NAME_EHC, _EHC_NAME):
        for match in pattern.finditer(text):
            yield next(filter(None, match.groups())) not in _NOT_NAMES


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
