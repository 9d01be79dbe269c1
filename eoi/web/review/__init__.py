"""The council's side: what waits, the list, one case, and every move of the review."""

from eoi.rules import words
from eoi.rules.stages import STAGES
from eoi.web.review import (
    asking,
    assigning,
    case,
    comparing,
    conditions,
    dashboard,
    decision,
    drafts,
    handing_over,
    moving,
    opening,
    proposals,
    putting_right,
    submissions,
    telling,
)
from eoi.web.review.blueprint import bp

__all__ = [
    "asking", "assigning", "bp", "case", "comparing", "conditions", "dashboard", "decision", "drafts", "handing_over",
    "moving", "opening", "proposals", "putting_right", "submissions", "telling",
]  # fmt: skip


bp.add_app_template_filter(telling.mark_in_words, "mark_in_words")
for word in (words.short_date, words.weekday_date, words.file_size):
    bp.add_app_template_filter(word)
bp.add_app_template_global(opening.url_if)
bp.app_context_processor(lambda: {"stage_facts": STAGES})
