"""The blueprint of this world; its endpoints are named `auth.…`."""

from flask import Blueprint

bp = Blueprint("auth", __name__)
