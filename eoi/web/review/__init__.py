"""The council's side: what waits, the list, one case, and every move of the review."""

from eoi.rules import words
from eoi.rules.opinions import EXPERTS, SHARING, VIEWS
from eoi.rules.stages import STAGES
from eoi.web.review import (
    advising,
    asking,
    assigning,
    bulk,
    case,
    comments,
    comparing,
    condition_board,
    conditions,
    dashboard,
    deciding_round,
    decision,
    drafts,
    errands,
    exports,
    figures,
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
    trail,
    views,
    visiting,
)
from eoi.web.review.blueprint import bp

__all__ = [
    "advising", "asking", "assigning", "bp", "bulk", "case", "comments", "comparing", "condition_board",
    "conditions", "dashboard", "deciding_round", "decision", "drafts", "errands", "exports", "figures",
    "handing_over", "holding", "messages", "moving", "opening", "plan", "proposals", "putting_right", "submissions",
    "telling", "trail", "views", "visiting",
]  # fmt: skip


bp.add_app_template_filter(telling.mark_in_words, "mark_in_words")
for word in (words.short_date, words.weekday_date, words.file_size):
    bp.add_app_template_filter(word)
for name, labels in (("expert", EXPERTS), ("sharing", SHARING), ("view", VIEWS)):
    bp.add_app_template_filter(labels.get, name)
bp.add_app_template_global(opening.url_if)
bp.add_app_template_global(trail.trail)
bp.app_context_processor(lambda: {"stage_facts": STAGES})
