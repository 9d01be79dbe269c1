"""The blueprints of this world; endpoints are named `apply.…`, those of links `links.…`. And what its pages share."""

from typing import Any

from flask import Blueprint, current_app, request

from eoi.extensions import bank_holidays, now, today
from eoi.models import Submission
from eoi.rules import editing, road
from eoi.rules.parsing import clean
from eoi.rules.permissions import Permission
from eoi.rules.questions import form
from eoi.rules.questions.types import Section
from eoi.rules.words import LONDON
from eoi.web.access import allowed

bp = Blueprint("apply", __name__, url_prefix="/apply")
links_bp = Blueprint("links", __name__)  # pages of links in mails, for people who are not signed in


def seen_version() -> int:
    """The version that the page was drawn with; -1, which no row has, for junk."""
    typed = clean(request.form.get("version"))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def sections_now(submission: Submission) -> tuple[Section, ...]:
    """The tasks that the school fills in at this stage, in the order of the form."""
    facts = submission.facts()
    steps = editing.steps_open(submission.stage, facts.detail_with_eoi)
    return editing.sections_of(form(submission.round.form), facts, steps)


def is_shut(submission: Submission) -> bool:
    """Whether a draft cannot be submitted now, because its round is not open. What an officer logs came in time."""
    return submission.is_draft and not submission.round.is_open(now()) and not allowed(Permission.LOG_FOR_SCHOOL)


def standing_of(submission: Submission) -> road.Standing:
    """Where it stands, as its school may know it."""
    return road.standing(
        submission.stage, submission.letter_issued, detail_with_eoi=submission.round.detail_with_eoi,
        decider=current_app.config["COUNCIL_SIGNATORY_ROLE"],
    )  # fmt: skip


def expected_of(submission: Submission) -> road.Dates:
    """When the school can expect what: from the day the round closes, or from the day it submitted."""
    start = submission.round.closes_at or submission.submitted_at or now()
    return road.expected(start.astimezone(LONDON).date(), submission.paused_days, bank_holidays())


@bp.app_template_filter()
def days_left(day: Any) -> str:
    """ "12 days left", "1 day left", "today", "passed"."""
    left = (day - today()).days
    if left < 0:
        return "passed"
    return {0: "today", 1: "1 day left"}.get(left, f"{left} days left")


@bp.app_template_filter()
def local_day(moment: Any) -> Any:
    """The day it was in Kent."""
    return moment.astimezone(LONDON).date()
