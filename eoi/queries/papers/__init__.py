"""From the record to what is printed: letters, summaries, the school's copy, the panel's papers, as frozen values."""

from eoi.queries.papers.letters import letter
from eoi.queries.papers.panel import minute, pack
from eoi.queries.papers.snapshots import eoi
from eoi.queries.papers.summary import summary

__all__ = ["eoi", "letter", "minute", "pack", "summary"]
