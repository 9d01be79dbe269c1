"""The only Jinja environment outside the web: `templates/mail` and `templates/print`, with no Flask.

Links in mail and print are absolute: whoever calls gives `link(site_url, path)`.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from eoi.rules import phrases, words

_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_ROW = re.compile(r"<(?:tr|li|p|h\d)\b")
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def link(site_url: str, path: str) -> str:
    """The absolute address of a page: `SITE_URL` and a path of this site."""
    return f"{site_url.rstrip('/')}/{path.lstrip('/')}"


def render(template: str, /, **facts: object) -> str:
    """The text of a template under `templates/`, such as `print/letter.html` or `mail/invited.txt`.

    A name that the template uses and `facts` lacks raises `jinja2.UndefinedError`: half a letter never leaves.
    """
    return _environment.get_template(template).render(facts)


def linked(text: str) -> Markup:
    """Words of the record with their addresses as links: mail as it reads, the web without its scheme."""
    # Safe: every part is escaped before it is joined.
    return Markup("").join(_linked(part) for part in _ADDRESS.split(text) if part)


def _linked(part: str) -> Markup:
    if _ADDRESS.fullmatch(part):
        where = part if part.startswith("http") else f"mailto:{part}"
        return Markup('<a href="{}">{}</a>').format(where, part.removeprefix("https://").removeprefix("http://"))
    return escape(part)


def halves(blocks: list[str]) -> tuple[list[str], list[str]]:
    """Blocks of HTML for two columns beside each other, in their order, cut where both are about as long.

    CSS would balance them by laying the page out ten times over: a fifth of a second a page.
    """
    lengths = [_lines(block) for block in blocks]
    cut = min(range(len(blocks)), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return blocks[:cut], blocks[cut:]


def _lines(block: str) -> int:
    """About how many lines a block takes: its rows, items, paragraphs, each of some sixty characters a line."""
    rows = _ROW.split(block)
    return sum(1 + len(_TAG.sub("", row)) // 60 for row in rows) + 1


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape((), ("txt",), default=True),  # all but the plain-text halves of mails
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shapes = (words.label, words.long_date, words.clock_time, words.date_and_time, words.money, words.count_of)
    ours = (words.listed, phrases.paragraphs, phrases.month_and_year, phrases.in_sentence, phrases.lower_first,
            phrases.sentence, halves, linked)  # fmt: skip
    environment.filters |= {shape.__name__: shape for shape in shapes + ours}
    return environment


_environment = _make_environment()
