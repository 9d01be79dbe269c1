"""The worker and the postman of a walk: what was promised is done, and the mail is read as its receiver does."""

import re
from email.message import EmailMessage

from flask import Flask

from eoi import jobs
from tests.mailbox import Mailbox

LINK = re.compile(r"https?://\S+")


class Post:
    """`deliver()` lets the worker do all that is due; what arrived since is `(to, subject)` in `arrived`."""

    def __init__(self, app: Flask, mailbox: Mailbox) -> None:
        self.app, self.mailbox = app, mailbox

    def deliver(self) -> None:
        with self.app.app_context():
            jobs.drain()

    @property
    def arrived(self) -> list[tuple[str, str]]:
        return [(message["To"], message["Subject"]) for message in self.mailbox.messages]

    def link(self, to: str, about: str = "") -> str:
        """The path on our site that the last mail to this address leads to; `about` is part of its subject."""
        found = [text for mail, text in self._texts() if mail["To"] == to and about in mail["Subject"]]
        assert found, f"no mail to {to} about {about!r}: {self.arrived}"
        (address,) = {link.rstrip(".,") for link in LINK.findall(found[-1])}
        site = self.app.config["SITE_URL"]
        assert address.startswith(f"{site}/"), f"{address} is not ours"
        return address.removeprefix(site)

    def _texts(self) -> list[tuple[EmailMessage, str]]:
        return list(zip(self.mailbox.messages, self.mailbox.texts, strict=True))
