"""The blueprint of this world; its endpoints are named `letters.…`."""

from flask import Blueprint

bp = Blueprint("letters", __name__)
