"""The panel: each scorer's own cases, their declarations, their scores."""

from eoi.web.panel import cases, declaring, scoring
from eoi.web.panel.blueprint import bp

__all__ = ["bp", "cases", "declaring", "scoring"]
