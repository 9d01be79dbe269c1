"""The council's side: what waits, the list, one case, and every move of the review."""

from eoi.rules import words
from eoi.rules.opinions import EXPERTS, SHARING, VIEWS
from eoi.rules.stages import STAGES
from eoi.web.review import (
    advising,
    asking,
    assigning,
    case,
    comments,
    comparing,
    conditions,
    dashboard,
    deciding_round,
    decision,
    drafts,
    handing_over,
    holding,
    messages,
    moving,
    opening,
    plan,
    proposals,
    putting_right,
    submissions,
    telling,
    visiting,
)
from eoi.web.review.blueprint import bp

__all__ = [
    "advising", "asking", "assigning", "bp", "case", "comments", "comparing", "conditions", "dashboard",
    "deciding_round", "decision", "drafts", "handing_over", "holding", "messages", "moving", "opening", "plan",
    "proposals", "putting_right", "submissions", "telling", "visiting",
]  # fmt: skip


bp.add_app_template_filter(telling.mark_in_words, "mark_in_words")
for word in (words.short_date, words.weekday_date, words.file_size):
    bp.add_app_template_filter(word)
for name, labels in (("expert", EXPERTS), ("sharing", SHARING), ("view", VIEWS)):
    bp.add_app_template_filter(labels.get, name)
bp.add_app_template_global(opening.url_if)
bp.app_context_processor(lambda: {"stage_facts": STAGES})
