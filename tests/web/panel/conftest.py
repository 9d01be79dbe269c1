"""Browsers by the name of their person, as in the review's tests."""

from tests.web.review.conftest import as_

__all__ = ["as_"]
