"""The world that hostile requests meet."""

from tests.hostile.world import shelf, world

__all__ = ["shelf", "world"]
