"""The panel: each scorer's cases, declarations and scores; meetings, with their packs and minutes."""

from eoi.web.panel import cases, declaring, meetings, minutes, packs, scoring
from eoi.web.panel.blueprint import bp

__all__ = ["bp", "cases", "declaring", "meetings", "minutes", "packs", "scoring"]
