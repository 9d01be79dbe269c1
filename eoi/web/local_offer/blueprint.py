"""The blueprint of this world; its endpoints are named `local_offer.…`. Everything here is for everybody."""

from flask import Blueprint

bp = Blueprint("local_offer", __name__, url_prefix="/local-offer")
