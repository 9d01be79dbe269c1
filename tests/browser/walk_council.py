"""The council's people on the road: officers move a case, scorers score it, the Head of SEN decides and issues."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from eoi.cli.seed.records import believable
from eoi.rules.decision import section as decision_section
from eoi.rules.records import RECORDS
from eoi.rules.scoring import RUBRIC
from eoi.rules.transitions import BY_ACTION
from eoi.web.panel.scoring import questions_of
from tests.browser.walk import Person
from tests.browser.walk_writing import write


class Officer(Person):
    """Whoever moves a case: SEN officer, area education officer, panel chair."""

    def case(self, reference: str) -> str:
        """Open the page of a case; its address."""
        path = f"/review/submissions/{reference}"
        self.open(path)
        return path

    def move(self, action: str, reference: str, **record: Any) -> None:
        """Make a move from the page of the case, with what must be recorded; these answers in one's own words."""
        step = BY_ACTION[action]
        self.case(reference)
        self.press(step.label)
        if step.record:
            write(self.pen, RECORDS[step.record].questions, self._record(step.record) | record)
        self.press(step.label)
        self.sees(f"{reference}: {step.done.lower()}")

    def assign(self, reference: str, officer: str, scorers: list[str]) -> None:
        """Give the case its officer and its scorers, chosen by their names."""
        self.case(reference)
        self.press("Assign officer and scorers")
        self.page.get_by_label("Case officer").select_option(label=officer)
        for name in scorers:
            self.page.get_by_label(name, exact=True).check()
        self.press("Assign")

    def ask(self, reference: str, action: str, question: str, text: str) -> None:
        """Return it for information, or ask for a clarification, on one question of the form."""
        label = BY_ACTION[action].label
        self.case(reference)
        self.press(label)
        self.pen.type("text", text)
        self.page.locator(f'[name^="ask-"][value="{question}"]').check()
        self.press(label)

    def read_all(self, reference: str) -> None:
        """Every page of a case."""
        self.case(reference)
        for page in ("Answers", "Review", "Decision", "Timeline", "Summary"):
            self.press(page)

    def _record(self, name: str) -> dict[str, Any]:
        with self.walk.live.app.app_context():
            return believable(name, Random(1))

    def hand_over(self, letter: str) -> None:
        """From the list of letters: this one is ready to be issued by somebody else."""
        self.open("/letters")
        self.press(letter)
        self.press("Hand it over to be issued")
        self.sees("is handed over")


class Scorer(Person):
    def declare_none(self, school: str) -> None:
        """From the list of one's cases: the case opens once the declaration is made."""
        self.open("/panel")
        self.press(school)
        assert self.reads == "Conflict of interest"
        self.pen.choose("conflicted", "no")
        self.press("Declare")
        assert self.reads == "Score this case"

    def score(self, marks: Sequence[int], comments: Sequence[str]) -> None:
        """A mark and a comment for each criterion, in its order."""
        for criterion, mark, comment in zip(RUBRIC, marks, comments, strict=True):
            grade, text = questions_of(criterion)
            write(self.pen, [grade, text], {grade.key: str(mark), text.key: comment})

    def lock(self) -> None:
        self.press("Save and lock")
        self.press("Lock your scores")
        assert self.reads == "Your cases to score"


class Head(Officer):
    def decide(self, reference: str, decision: Mapping[str, Any]) -> None:
        """Fill in the decision and look at what will be recorded."""
        self.case(reference)
        self.press("Decide")
        write(self.pen, decision_section(RUBRIC).questions, decision)

    def record(self) -> None:
        self.press("Check before recording")
        assert self.reads == "Check what will be recorded"
        self.press("Record the decision")
        assert self.reads.startswith("Letter L")

    def preview(self, letter: str) -> bytes:
        """From the list of letters: this one as it would print today."""
        self.open("/letters")
        self.press(letter)
        return self.fetch_link("Preview as PDF")

    def issue(self) -> None:
        self.press("Go on to issue it")
        self.press("Issue the letter")
        self.sees("is issued")
