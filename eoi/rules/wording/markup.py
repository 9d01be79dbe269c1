"""The markup that letter templates are written in, and nothing more.

A blank line ends a block. `## ` begins a heading, `- ` an item of a list, `1. ` an item of a numbered list; all else is
a paragraph. `**bold**` and `{{field}}` stand inside a line. A field that is a list or a table stands alone.
"""

import re
from dataclasses import dataclass

LONGEST = 20_000  # characters
MOST_BLOCKS = 200
_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ITEM = re.compile(r"(?:- |\d{1,2}\. )")
_CODE = re.compile(r"\{%|\{#|<!--|</?[a-zA-Z][^>\n]*>")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: words, or the name of a field; bold or not."""

    text: str
    field: bool = False
    bold: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    runs: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Line


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A field that stands alone: a list, a table or paragraphs."""

    name: str


Block = Heading | Paragraph | Listing | Whole


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template, and the words it is about."""

    message: str
    words: str = ""


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a template. Never raises: what `mistakes` would name is kept as text."""
    blocks = [block for block in re.split(r"\n\s*\n", _clean(text)) if block.strip()]
    return tuple(part for block in blocks for part in _block(block))


def mistakes(text: str) -> list[Mistake]:
    """What is wrong with the markup itself. Whether its fields are known is for `wording.fields`."""
    if len(text) > LONGEST:
        return [Mistake(f"A template has at most {LONGEST:,} characters")]
    found = []
    for name in _FIELD.findall(text):
        if "{" in name or "\n" in name:
            found.append(Mistake("A field cannot hold another field or run over a line", name.strip()[:60]))
    rest = _FIELD.sub("", text)
    if "{{" in rest or "}}" in rest:
        found.append(Mistake("A field begins with {{ and ends with }}, both on one line", _around(rest)))
    if code := _CODE.search(rest):
        found.append(Mistake("Only plain words, ## headings, lists, **bold** and {{fields}} can be used", code[0][:60]))
    if len(parse(text)) > MOST_BLOCKS:
        found.append(Mistake(f"A template has at most {MOST_BLOCKS} paragraphs, lists and headings"))
    return found


def field_names(text: str) -> list[str]:
    """The names of the fields, in the order they stand, each as often as it does."""
    return [_tidy(name) for name in _FIELD.findall(text)]


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _around(text: str) -> str:
    at = min(at for at in (text.find("{{"), text.find("}}")) if at >= 0)
    return text[max(0, at - 15) : at + 15].strip()


def _tidy(name: str) -> str:
    return " ".join(name.split()).lower()


def _block(block: str) -> list[Block]:
    lines = [line.strip() for line in block.strip().split("\n")]
    if lines[0].startswith("## "):
        rest = "\n".join(lines[1:])
        return [Heading(_runs(lines[0][3:])), *(_block(rest) if rest.strip() else [])]
    if alone := re.fullmatch(r"\{\{([^{}]*)\}\}", block.strip()):
        return [Whole(_tidy(alone[1]))]
    if all(_ITEM.match(line) for line in lines):
        items = tuple(_runs(_ITEM.sub("", line, count=1)) for line in lines)
        return [Listing(items, numbered=not lines[0].startswith("- "))]
    return [Paragraph(_runs(" ".join(lines)))]


def _runs(line: str) -> Line:
    """The line cut at its bold parts and its fields."""
    runs: list[Run] = []
    at = 0
    for bold in _BOLD.finditer(line):
        runs += _fields(line[at : bold.start()], bold=False) + _fields(bold[1], bold=True)
        at = bold.end()
    return tuple(runs + _fields(line[at:], bold=False))


def _fields(text: str, *, bold: bool) -> list[Run]:
    parts = re.split(r"\{\{([^{}]*)\}\}", text)
    runs = [Run(_tidy(part), True, bold) if at % 2 else Run(part, False, bold) for at, part in enumerate(parts)]
    return [run for run in runs if run.text]
