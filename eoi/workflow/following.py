"""Letters that a move brings with it: the approval lapsed, a review of process done. Drafts; people hand them over.

The caller commits.
"""

from typing import Any

from eoi.models import Submission
from eoi.queries import review
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Actor
from eoi.workflow import letters, stages

FOLLOWS = {
    "lapse": LetterKind.LAPSED,
    "review_stands": LetterKind.PROCESS_REVIEW,
    "decide_again": LetterKind.PROCESS_REVIEW,
}


def move(submission: Submission, action: str, *, by: Actor, **given: Any) -> None:
    """Make a move of the table, and draft the letter that tells it where one does. Raises what the move raises."""
    stages.move(submission, action, by=by, **given)
    decision = review.decision(submission)
    if action in FOLLOWS and decision:
        letters.draft_after(submission, FOLLOWS[action], decision.id, by=by)
