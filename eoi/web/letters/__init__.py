"""Letters: written between the facts, looked at, issued; and what officers print: summaries, alone and together."""

from eoi.web.letters import (
    ending,
    issuing,
    releases,
    rounds,
    signature,
    summaries,
    verifying,
    waiting,
    wording,
    writing,
)
from eoi.web.letters.blueprint import bp

__all__ = [
    "bp", "ending", "issuing", "releases", "rounds", "signature", "summaries", "verifying", "waiting", "wording",
    "writing",
]  # fmt: skip
