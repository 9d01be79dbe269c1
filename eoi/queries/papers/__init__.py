"""From the record to what is printed: letters, the officers' summary, the school's copy, as frozen plain values."""

from eoi.queries.papers.letters import letter
from eoi.queries.papers.snapshots import eoi
from eoi.queries.papers.summary import summary

__all__ = ["eoi", "letter", "summary"]
