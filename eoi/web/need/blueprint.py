"""The blueprint of this world; its endpoints are named `need.…`."""

from flask import Blueprint

bp = Blueprint("need", __name__, url_prefix="/need")
