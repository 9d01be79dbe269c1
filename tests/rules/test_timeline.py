"""What the school sees of a timeline, and what each filter holds."""

import pytest

from eoi.rules.timeline import ABOUT, is_about, school_sees
from eoi.rules.transitions import TRANSITIONS


@pytest.mark.parametrize(
    ("action", "source", "target", "seen"),
    [
        ("submit", "draft", "submitted", True), ("assess", "check", "assessment", True),
        ("propose_ineligible", "check", "ineligible_proposed", False),
        ("approve", "with_head", "approved", False), ("decline", "with_head", "declined", False),
        ("issue_letter", None, None, True), ("lock_scores", None, None, False),
        ("clarify", "visit", "clarification", True),
        ("declare_conflict", None, None, False), ("recommend", "panel", "with_head", True),
    ],
)  # fmt: skip
def test_school_sees_its_own_stage_and_what_it_was_told(action, source, target, seen):
    assert school_sees(action, source, target) is seen


def test_filters_hold_what_they_say():
    assert all(is_about(step.action, "moves") for step in TRANSITIONS)
    assert is_about("lock_scores", "nonsense")
    assert not is_about("lock_scores", "letters")
    assert len({label for label, _ in ABOUT.values()}) == len(ABOUT)
