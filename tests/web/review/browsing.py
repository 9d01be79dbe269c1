"""Browsers of the review's people, and the forms that they send."""

from typing import Any

from eoi.models import Submission
from eoi.rules.questions.types import Question
from eoi.rules.records import RECORDS
from tests.pages import Pages
from tests.people import People
from tests.web.entering import enter as signed_in


def enter(app, people: People, name: str) -> Pages:
    """A browser of its own in which this person is signed in."""
    return signed_in(app.test_client(), people.by_name[name])


def at(submission: Submission, page: str = "") -> str:
    """The address of a page of a case."""
    return f"/review/submissions/{submission.reference}{page}"


def send(pages: Pages, path: str, form: dict[str, Any], status: int = 302):
    """Send a form. A verb that writes may ask more than a page that shows."""
    return pages.post(path, form, status=status, check=False)


def refused(pages: Pages, path: str, form: dict[str, Any]) -> str:
    """The page that tells what a verb refused: whole, though it asked more than a page that shows."""
    usual, pages.most_queries = pages.most_queries, 30
    page = pages.post(path, form, status=200).text
    pages.most_queries = usual
    assert "There is a problem" in page
    return page


def record_form(name: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A record's answers as its page would send them."""
    fields: dict[str, Any] = {}
    for question in RECORDS[name].questions:
        fields |= _fields(question, question.key, answers.get(question.key))
    return fields


def _fields(question: Question, name: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if question.kind == "date":
        year, month, day = value.split("-")
        return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    if question.kind == "rows":
        return {
            field: typed
            for number, row in enumerate(value)
            for part in question.parts
            for field, typed in _fields(part, f"{name}-{number}-{part.key}", row.get(part.key)).items()
        }
    if question.kind == "yes_no":
        return {name: "yes" if value else "no"}
    return {name: str(value)}
