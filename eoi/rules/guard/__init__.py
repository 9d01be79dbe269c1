"""The guard: what in a letter disagrees with the record that it tells. Pure; each finding points at the words."""

from eoi.rules.guard.checking import check
from eoi.rules.guard.finding import Code, Finding, Known

__all__ = ["Code", "Finding", "Known", "check"]
