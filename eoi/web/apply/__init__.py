"""The school's world: its expressions of interest, from the first question to the letter."""

from eoi.web.apply import (
    ahead,
    asked,
    changing,
    checking,
    colleagues,
    conditions,
    confirming,
    declaring,
    documents,
    exception,
    home,
    messages,
    sections,
    signing,
    starting,
    tasks,
    tracking,
    wishing,
)
from eoi.web.apply.blueprint import bp, links_bp

__all__ = [
    "ahead", "asked", "bp", "changing", "checking", "colleagues", "conditions", "confirming", "declaring",
    "documents", "exception", "home", "links_bp", "messages", "sections", "signing", "starting", "tasks",
    "tracking", "wishing",
]  # fmt: skip
