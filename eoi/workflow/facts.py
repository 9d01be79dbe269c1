"""The one writer of what lists filter and sort on: facts of a submission that stand in its own columns."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eoi.extensions import db
from eoi.models import Submission
from eoi.queries import review
from eoi.rules.scoring import result


def refresh_facts(submission: Submission, answers: Mapping[str, Any]) -> None:
    """Copy places, opening and partner from the answers (by question key) to their columns. The caller commits."""
    places, opening, partner = answers.get("places"), answers.get("opening"), answers.get("partner_school")
    submission.places = places if isinstance(places, int) else None
    submission.opening = date.fromisoformat(opening) if isinstance(opening, str) else None
    urn = partner if isinstance(partner, int) else None
    if urn != submission.partner_urn:
        submission.partner_urn = urn
        db.session.expire(submission, ["partner"])


def refresh_score(submission: Submission) -> None:
    """The weighted total of the locked scores that count, or None while a criterion has none. The caller commits."""
    scores = result(submission.round.criteria, review.scores_by_criterion(submission))
    submission.score = scores.total if scores else None
