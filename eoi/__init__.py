"""Expressions of interest in hosting specialist SEN provision, from a school's form to a decision letter."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application for these settings; those of the environment by default."""
    from eoi.app import build  # the rules inside this package must import without Flask

    return build(settings)
