"""Letters: written between the facts, looked at, issued; and what officers print: summaries, alone and together."""

from eoi.web.letters import issuing, summaries, waiting, writing
from eoi.web.letters.blueprint import bp

__all__ = ["bp", "issuing", "summaries", "waiting", "writing"]
