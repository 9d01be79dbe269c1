"""A browser in which somebody of a school is signed in, at the pages of one expression of interest."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from eoi.models import Submission, User
from tests.pages import Pages, look_at
from tests.web.entering import enter

MOST_OF_A_SAVE = 42


class School:
    """`page("rooms")` and `send("rooms", {...})` are at the submission; `pages` for any other address."""

    def __init__(self, app: Flask, user: User, submission: Submission | None = None) -> None:
        self.app, self.submission = app, submission
        self.public_id = submission.public_id if submission else ""
        self.pages: Pages = enter(app.test_client(), user)

    def at(self, name: str = "") -> str:
        return f"/apply/{self.public_id}/{name}".rstrip("/")

    def page(self, name: str = "", status: int = 200) -> str:
        return self.pages.get(self.at(name), status=status).text

    def send(self, name: str, form: dict[str, Any], status: int = 302) -> TestResponse:
        """Send a form. A verb that writes asks more than a page that shows; a page that answers is looked at too."""
        answer = self.pages.post(self.at(name), form, status=status, check=False)
        assert len(self.pages.queries) <= MOST_OF_A_SAVE, f"{len(self.pages.queries)} queries"
        if status not in (301, 302) and answer.mimetype == "text/html":
            look_at(answer.text, self.at(name), self.app)
        return answer

    def refused(self, name: str, form: dict[str, Any]) -> str:
        """The page that says what is wrong."""
        page = self.send(name, form, 422).text
        assert "There is a problem" in page
        assert "<title>Error: " in page
        return page
