"""The blueprint of this world; its endpoints are named `review.…`."""

from flask import Blueprint

bp = Blueprint("review", __name__, url_prefix="/review")
