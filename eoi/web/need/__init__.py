"""What the council knows: places sought and there already, figures about schools, and what could come of offers."""

from eoi.web.need import board, council_data, delivery, existing, lines, pool, problems, round_reports, uploads, what_if
from eoi.web.need.blueprint import bp

__all__ = [
    "board", "bp", "council_data", "delivery", "existing", "lines", "pool", "problems", "round_reports", "uploads",
    "what_if",
]  # fmt: skip
