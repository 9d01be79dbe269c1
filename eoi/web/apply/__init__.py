"""The school's world: its expressions of interest, from the first question to the letter."""

from eoi.web.apply import (
    asked,
    changing,
    checking,
    declaring,
    documents,
    exception,
    home,
    sections,
    starting,
    tasks,
    tracking,
)
from eoi.web.apply.blueprint import bp

__all__ = [
    "asked", "bp", "changing", "checking", "declaring", "documents", "exception", "home", "sections",
    "starting", "tasks", "tracking",
]  # fmt: skip
