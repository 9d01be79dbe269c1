"""What a timeline's entries are about, and which of them the school sees on its own pages or in its mail."""

from collections.abc import Mapping

from eoi.rules.stages import Stage, public_label
from eoi.rules.transitions import BY_ACTION

#: What an entry is about -> the label of its filter and the actions beside the moves of the table.
ABOUT: Mapping[str, tuple[str, frozenset[str]]] = {
    "moves": ("Moves from stage to stage", frozenset(BY_ACTION)),
    "school": ("What the school did", frozenset({
        "start", "ask_exception", "sign", "send_back", "ask_to_sign", "remind_to_sign", "confirm_logged",
        "open_letter", "add_evidence", "submit", "reopen_draft", "answer_return", "send_detail",
        "answer_clarification", "withdraw",
    })),
    "asked": ("What the school was asked", frozenset({"return", "clarify", "extend", "shortlist"})),
    "people": ("Officers, scorers, conflicts", frozenset({"give_officer", "assign_scorers", "declare_conflict"})),
    "judged": ("Scores, visit, panel, decision", frozenset({
        "lock_scores", "reopen_scores", "visit", "visited", "recommend", "approve", "approve_with_conditions",
        "decline", "defer", "panel_again",
    })),
    "letters": ("Letters", frozenset({
        "draft_letter", "write_letter", "issue_letter", "print_letter", "open_letter", "hand_over_letter",
        "overrule_guard", "tell_letter", "withdraw_letter", "correct_letter",
    })),
    "conditions": ("Conditions", frozenset({
        "meet_condition", "extend_condition", "condition_not_met", "add_evidence",
    })),
}  # fmt: skip
#: What the school sees beside a change of its own stage.
_SEEN = ABOUT["school"][1] | {
    "return", "clarify", "extend", "tell_letter", "withdraw_letter", "condition_not_met", "answer_exception",
    "log_for_school", "void_signature",
}  # fmt: skip


def is_about(action: str, about: str) -> bool:
    """Whether the entry belongs to this filter; every entry does where there is no such filter."""
    return about not in ABOUT or action in ABOUT[about][1]


def seen_as(action: str, source: str | None, target: str | None) -> str:
    """What the school sees of it, "" for nothing: what it did or was told, or that its stage has another name.

    The officer's words of a move are never seen. Nor is an outcome before its letter: that is an entry of its own.
    """
    if action in _SEEN:
        return "The school sees this"
    if source is None or target is None:
        return ""
    before, after = public_label(Stage(source), False), public_label(Stage(target), False)
    return f"The school reads “{after}”" if before != after else ""
