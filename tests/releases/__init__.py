"""A seeded database of each released migration, as SQL: what an upgrade starts from.

After a release with a new migration, `python -m tests.releases.make` adds its dump. None is ever changed.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def dumps() -> list[Path]:
    """The dumps by revision, oldest first: `0001.sql.gz`."""
    return sorted(FOLDER.glob("[0-9]*.sql.gz"))
