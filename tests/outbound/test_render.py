"""The plain Jinja environment."""

import subprocess
import sys

import pytest
from jinja2 import UndefinedError

from eoi.outbound.render import halves, link, render
from eoi.rules.phrases import in_sentence, lower_first, paragraphs, sentence
from eoi.rules.words import Need

BLOCKED = """
import sys
for name in ("flask", "sqlalchemy", "flask_sqlalchemy", "weasyprint"):
    sys.modules[name] = None
import eoi.outbound.render, eoi.outbound.papers, eoi.rules.papers, eoi.rules.statutory
"""


def test_render_imports_without_flask_and_database() -> None:
    subprocess.run([sys.executable, "-c", BLOCKED], check=True)


def test_render_refuses_a_missing_fact() -> None:
    with pytest.raises(UndefinedError):
        render("print/letter.html", mark="")


def test_link_joins_site_and_path_with_one_slash() -> None:
    assert link("https://eoi.example/", "/apply/7f3k9q") == "https://eoi.example/apply/7f3k9q"
    assert link("https://eoi.example", "need") == "https://eoi.example/need"


def test_shapes_of_text() -> None:
    assert paragraphs("One\nline.\r\n\r\n  Two. \n\n\n") == ["One line.", "Two."]
    assert sentence(" It ends ") == "It ends."
    assert sentence("Does it?") == "Does it?"
    assert sentence("") == ""
    assert in_sentence(Need.ASD) == "autism"
    assert lower_first("Years 1 to 6") == "years 1 to 6"


def test_halves_keep_the_order_and_are_about_as_long() -> None:
    short, long = "<p>A line.</p>", "<table>" + "<tr><td>A row</td></tr>" * 9 + "</table>"
    assert halves([short, short, long]) == ([short, short], [long])
    assert halves([long, short, short, short]) == ([long], [short, short, short])
    assert halves([long]) == ([], [long])
