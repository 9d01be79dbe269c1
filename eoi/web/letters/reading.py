"""A letter as part of a page: the words of its print, in the page's own headings, lists and tables."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from eoi.models import Letter
from eoi.outbound.papers import letter_html
from eoi.queries import papers
from eoi.rules.guard import Finding
from eoi.rules.guard.record import own_texts, record_texts
from eoi.rules.papers import LetterPaper
from eoi.rules.papers.frozen import NAME

_LETTER = re.compile(r'<p class="greeting">.*(?=</div>\s*</body>)', re.DOTALL)
_STYLE = re.compile(r' style="[^"]*"')
_LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
_STRONG = re.compile(r'<p class="(?:lead|signature)">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<(/?)(h1|h2|p|ul|ol|table|thead|tbody|tr|th|td|main)\b([^>]*)>")
#: On a narrow screen a table scrolls inside it, also by keyboard.
_FRAME = '<div class="app-table-frame" tabindex="0" role="region" aria-label="Table in the letter">'
AROUND = 60  # characters shown beside the words of a finding
#: What each element becomes: one heading lower, with the page's classes.
SHOWN = {
    "h1": ("h2", "govuk-heading-m"),
    "h2": ("h3", "govuk-heading-s"),
    "p": ("p", "govuk-body"),
    "ul": ("ul", "govuk-list govuk-list--bullet"),
    "ol": ("ol", "govuk-list govuk-list--number"),
    "table": ("table", "govuk-table"),
    "thead": ("thead", "govuk-table__head"),
    "tbody": ("tbody", "govuk-table__body"),
    "tr": ("tr", "govuk-table__row"),
    "th": ("th", "govuk-table__header"),
    "td": ("td", "govuk-table__cell"),
    "main": ("div", ""),
}


def reading(letter: Letter, paper: LetterPaper | None = None) -> Markup:
    """The letter's words for the page; "" where an issued one holds no paper to read them from.

    In a draft what comes from the record is marked: it follows the record, and nobody edits it here.
    """
    if letter.facts is not None and NAME not in letter.facts:
        return Markup()
    return reading_of(paper or papers.letter(letter), marks=not letter.is_issued)


def reading_of(paper: LetterPaper, *, marks: bool) -> Markup:
    """The words of a paper for the page."""
    found = _LETTER.search(letter_html(paper, marks=marks))
    text = _LINK.sub(_breakable, _STYLE.sub("", found[0] if found else ""))
    text = _STRONG.sub(r"<p><b>\1</b></p>", text)
    text = text.replace("<table", f"{_FRAME}<table").replace("</table>", "</table></div>")
    # Safe: the template that this comes from has escaped what people typed.
    return Markup(_numbered(_TAG.sub(_shown, text)))  # nosec B704


def pointed(paper: LetterPaper, found: Sequence[Finding]) -> list[tuple[Finding, Markup]]:
    """Each finding with the words around it, those that it is about marked."""
    texts = {**own_texts(paper), **record_texts(paper)}
    return [(one, _marked(texts.get(one.place, ""), one)) for one in found]


def _marked(text: str, one: Finding) -> Markup:
    if not one.end:
        return Markup("{}").format(one.words)
    before, after = text[max(0, one.start - AROUND) : one.start], text[one.end : one.end + AROUND]
    start = "…" if one.start > AROUND else ""
    return Markup("{}{}<mark>{}</mark>{}").format(start, before, text[one.start : one.end], after)


def _breakable(link: re.Match[str]) -> str:
    """A link that may break after each part of its address, so that a phone shows it whole."""
    href, words = link.groups()
    words = re.sub("([/.@])", r"\1<wbr>", words)
    return f'<a class="govuk-link" href="{href}">{words}</a>'


def _shown(tag: re.Match[str]) -> str:
    closes, name, rest = tag.groups()
    element, look = SHOWN[name]
    if closes:
        return f"</{element}>"
    scope = re.search(r' scope="\w+"', rest)
    classes = f' class="{look}"' if look else ""
    return f"<{element}{classes}{scope[0] if scope else ''}>"


def _numbered(html: str) -> str:
    """The parts of the letter bear the numbers that its style sheet gives them in print."""
    body, copies, rest = html.partition('<div class="copies">')
    parts = iter(range(1, 100))
    numbered = re.sub(r'(<h3 class="govuk-heading-s">)', lambda m: f"{m[0]}{next(parts)}. ", body)
    return numbered + copies + rest
