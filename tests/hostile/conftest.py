"""The world that hostile requests meet."""

from tests.hostile.world import cast_shelf, peopled, shelf, world

__all__ = ["cast_shelf", "peopled", "shelf", "world"]
