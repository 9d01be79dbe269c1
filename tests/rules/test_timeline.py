"""What the school sees of a timeline, and what each filter holds."""

import pytest

from eoi.rules.timeline import ABOUT, is_about, seen_as
from eoi.rules.transitions import TRANSITIONS


@pytest.mark.parametrize(
    ("action", "source", "target", "seen"),
    [
        ("submit", "draft", "submitted", "The school sees this"),
        ("assess", "check", "assessment", "The school reads “Being assessed”"),
        ("propose_ineligible", "check", "ineligible_proposed", ""),
        ("approve", "with_head", "approved", ""),
        ("decline", "with_head", "declined", ""),
        ("issue_letter", None, None, ""),
        ("tell_letter", None, None, "The school sees this"),
        ("lock_scores", None, None, ""),
        ("clarify", "visit", "clarification", "The school sees this"),
        ("declare_conflict", None, None, ""),
        ("recommend", "panel", "with_head", "The school reads “Decision being made”"),
    ],
)  # fmt: skip
def test_school_sees_its_own_stage_and_what_it_was_told(action, source, target, seen):
    assert seen_as(action, source, target) == seen


def test_filters_hold_what_they_say():
    assert all(is_about(step.action, "moves") for step in TRANSITIONS)
    assert is_about("lock_scores", "nonsense")
    assert not is_about("lock_scores", "letters")
    assert len({label for label, _ in ABOUT.values()}) == len(ABOUT)
