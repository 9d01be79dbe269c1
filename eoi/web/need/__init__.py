"""What the council knows: places sought by district, and figures about schools, so that schools are not asked."""

from eoi.web.need import council_data, lines, uploads
from eoi.web.need.blueprint import bp

__all__ = ["bp", "council_data", "lines", "uploads"]
