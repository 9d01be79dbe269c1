"""Email addresses: whether one can be, and what it says about a school.

Little: pupils may share its host, so a match proves nothing.
"""

from urllib.parse import urlsplit

from eoi.rules.parsing import examine
from eoi.rules.questions.types import Kind, Question

ASKED = Question("email", "Email address", Kind.EMAIL, noun="an email address")


def host_of_email(email: str) -> str:
    """head@hopefield.kent.sch.uk -> hopefield.kent.sch.uk"""
    return email.strip().lower().rpartition("@")[2]


def host_of_website(website: str) -> str:
    """https://www.hopefield.kent.sch.uk/about, with or without the beginning -> hopefield.kent.sch.uk; "" for none."""
    typed = website.strip().lower()
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def email_wrong(email: str) -> str:
    """What is wrong with an address that somebody has to be reached at; "" where nothing is."""
    if not email.strip():
        return "Enter their email address"
    return examine(ASKED, email).errors.get("", "")
