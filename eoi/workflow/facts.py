"""The one writer of what lists filter and sort on: facts of a submission that stand in its own columns."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eoi.extensions import db
from eoi.models import CaseText, Submission
from eoi.queries import drafts, review, search
from eoi.rules.searching import Readers


def facts_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns places, opening and partner_urn say for these answers (by question key)."""
    places, opening, partner = answers.get("places"), answers.get("opening"), answers.get("partner_school")
    return {
        "places": places if isinstance(places, int) else None,
        "opening": date.fromisoformat(opening) if isinstance(opening, str) else None,
        "partner_urn": partner if isinstance(partner, int) else None,
    }


def score_of(submission: Submission) -> float | None:
    """The weighted total of the locked scores that count, or None while a criterion has none."""
    scores = review.result_of(submission)
    return scores.total if scores else None


def refresh_facts(submission: Submission, answers: Mapping[str, Any]) -> None:
    """Copy places, opening and partner from the answers (by question key) to their columns. The caller commits."""
    facts = facts_of(answers)
    submission.places, submission.opening = facts["places"], facts["opening"]
    if facts["partner_urn"] != submission.partner_urn:
        submission.partner_urn = facts["partner_urn"]
        db.session.expire(submission, ["partner"])
    if not submission.is_draft:
        refresh_search(submission)


def refresh_score(submission: Submission) -> None:
    """Write the score as it stands. The caller commits."""
    submission.score = score_of(submission)


def refresh_search(submission: Submission) -> None:
    """Write the words that the case is found by, a row an audience; a draft has none. The caller commits."""
    words = {} if submission.is_draft else search.words(submission, drafts.answers(submission))
    rows = {row.readers: row for row in search.rows(submission)}
    for readers in Readers:
        text, row = words.get(readers, ""), rows.get(readers)
        if row and row.body != text:
            row.body = text
        elif row is None and text:
            db.session.add(CaseText(submission_id=submission.id, readers=readers, body=text))


def index_cases() -> None:
    """Write the words of the cases that have none yet. The caller commits."""
    for submission in search.unwritten():
        refresh_search(submission)
