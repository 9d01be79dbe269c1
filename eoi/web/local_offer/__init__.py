"""What families may ask for: provision that is open, as pages, and as open data for machines."""

from eoi.web.local_offer import feeds, pages
from eoi.web.local_offer.blueprint import bp

__all__ = ["bp", "feeds", "pages"]
