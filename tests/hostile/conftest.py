"""The world that hostile requests meet."""

from tests.hostile.world import world

__all__ = ["world"]
