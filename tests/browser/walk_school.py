"""The headteacher on the road: starts, fills in, uploads, declares, submits, answers, reads letters."""

import io
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pikepdf

from eoi.cli.seed.answers import Writer
from eoi.extensions import today
from eoi.queries import submissions
from eoi.rules.permissions import SYSTEM
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind, Question
from eoi.rules.words import Need, Path, Phase, Step
from tests.browser.walk import NAMES, SIGNATORIES, Person, Walk
from tests.browser.walk_pens import Keys, Pen
from tests.browser.walk_writing import write

FORM = form("y2026")
LAST = "Check your answers"
OPEN_TASK = ".govuk-task-list li:not(:has-text('Completed')) a"


def drawing() -> bytes:
    """A real PDF of one empty page."""
    paper, out = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    paper.save(out)
    return out.getvalue()


class School(Person):
    """The school `called` so. `own` are its answers in its own words; an invented writer gives the others."""

    home = ""  # the address of its expression of interest
    reference = ""

    def __init__(
        self, walk: Walk, name: str, called: str, *, partner: int | None = None, keyed: tuple[str, ...] = (),
        own: Mapping[str, Any] | None = None, by_keyboard: bool = False,
    ) -> None:  # fmt: skip
        """`keyed` names the pages that are filled in without a mouse; `by_keyboard` does everything so."""
        super().__init__(walk, name, by_keyboard=by_keyboard)
        self.called, self.partner, self.keyed = called, partner, keyed
        self.own = {"head_name": NAMES[name], "head_email": self.email, **(own or {})}

    def start(self, path: Path, need: Need, phase: Phase) -> None:
        """From the start page to an empty task list."""
        self.press("Start now")
        self.press("Start an expression of interest")
        for name, value in (("path", path), ("need", need), ("phase", phase)):
            self.pen.choose(name, value)
        self.press("Continue")
        assert self.reads == "You can start"
        self.press("Start")
        self.home = urlsplit(self.page.url).path

    def fill(self, step: Step, *more_files: str, until: str = LAST) -> None:
        """From the first task that is open to the page `until`. Files: those required, and these."""
        answers = self.invented(step)
        self._go(lambda: self.pen.go(self.page.locator(OPEN_TASK).first))
        while self.reads not in (until, LAST):
            key = urlsplit(self.page.url).path.rpartition("/")[2]
            self.fill_section(key, answers.get(key, {}), more_files)

    def fill_section(self, key: str, answers: Mapping[str, Any], more_files: tuple[str, ...] = ()) -> None:
        """One page of the form, and on to the next."""
        questions = FORM.section(key).questions
        pen: Pen = Keys(self.page) if key in self.keyed else self.pen
        write(pen, questions, answers)
        for question in questions:
            if question.kind is Kind.FILE and (question.required or question.key in more_files):
                self.upload(question)
        here = self.page.url
        self._go(lambda: pen.press("Save and continue"))
        if self.page.url == here:
            self.sees("before you go on")
            self.press("Save and continue")

    def upload(self, question: Question) -> None:
        """Choose a file, say that it holds no pupil data, and send it before the rest of the page."""
        name = f"{question.key.replace('_', ' ').capitalize()}.pdf"
        if self.page.locator(f'[name="{question.key}"]').count():
            file = {"name": name, "mimeType": "application/pdf", "buffer": drawing()}
            self.page.set_input_files(f'[name="{question.key}"]', [file])  # type: ignore[list-item]
            self.pen.tick(f"{question.key}-no-pupil-data")
            self.press(f"Upload: {question.label[:1].lower()}{question.label[1:]}")
            self.sees(name)

    def mend(self, key: str, question: str, typed: str, refused: str) -> None:
        """Type something that cannot be, and read what the page says to it."""
        self.open(f"{self.home}/{key}")
        kept = self.page.locator(f'[name="{question}"]').input_value()
        self.pen.type(question, typed)
        self.press("Save and continue")
        assert self.page.title().startswith("Error: ")
        self.sees(refused)
        assert self.page.locator(f'[name="{question}"]').input_value() == typed
        self.pen.type(question, kept)
        self.press("Save and continue")

    def submit(self) -> str:
        """From "Check your answers" to the reference."""
        self.press("Continue to the declaration")
        self.pen.tick("declared")
        for box in self.page.locator("[name$=_email]").all():
            who = (box.get_attribute("name") or "").removesuffix("_email")
            if not self.page.locator(f'[name="{who}"]').input_value():
                self.pen.type(who, "Morgan Vale" if who == "partner_head" else "Robin Ashdown")
            self.pen.type(f"{who}_email", f"{who}{SIGNATORIES}")
        self.press("Submit your expression of interest")
        assert self.reads == "Expression of interest submitted"
        self.reference = self.page.locator(".govuk-panel__body strong").inner_text()
        return self.reference

    def invented(self, step: Step) -> dict[str, dict[str, Any]]:
        """What this school types, by section and question."""
        with self.walk.live.app.app_context():
            submission = submissions.find(self.home.rpartition("/")[2], SYSTEM)
            assert submission
            facts = submission.facts()
            decisions = submission.round.decisions_by or today() + timedelta(days=90)
            told = {"places": submission.places or 15}
            filled = Writer(Random(3), facts, today(), decisions, self.partner, told).fill(FORM, (step,))
        for key, value in self.own.items():
            if (section := FORM.question(key)[0].key) in filled:
                filled[section][key] = value
        return filled

    @property
    def letters(self) -> list[str]:
        """The addresses of the letters that the page lists."""
        links = self.page.locator("a[href*='/letters/']:not([href*='/letters/verify'])").all()
        return [link.get_attribute("href") or "" for link in links]

    def change(self, question: str, text: str, reply: str) -> None:
        """Answer what the council asked: one answer of the form changed, with a word beside."""
        self._go(lambda: self.pen.go(self.page.locator(".govuk-task-list a").first))
        self.pen.type(question, text)
        self.press("Save and continue")
        self.pen.type("reply", reply)
        self.press("Send your answers")
        assert self.reads == "Answers sent"

    def _day(self, days: int) -> str:
        with self.walk.live.app.app_context():
            return (today() + timedelta(days=days)).isoformat()
