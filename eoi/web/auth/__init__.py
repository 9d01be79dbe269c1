"""Signing in and out, choosing a password by link, and text kept while somebody was signed out."""

from flask import Flask

from eoi.extensions import login_manager
from eoi.rules.permissions import ROLE_LABELS
from eoi.web.auth import (
    access,
    account,
    by_link,
    chosen,
    confirm,
    council,
    factor,
    kept,
    second_step,
    session,
    sign_in,
    signed_in,
)
from eoi.web.auth.blueprint import bp

__all__ = [
    "access", "account", "bp", "by_link", "chosen", "confirm", "council", "factor", "init_app", "kept", "second_step",
    "sign_in", "signed_in",
]  # fmt: skip


def init_app(app: Flask) -> None:
    """Tell Flask-Login who somebody is and where a stranger goes, and templates what a role is called."""
    login_manager.user_loader(session.load)
    login_manager.unauthorized_handler(kept.to_sign_in)
    app.before_request(session.note_use)
    app.before_request(session.lead_to_second_factor)
    app.before_request(access.lead_to_waiting)
    app.after_request(session.note_last_use)
    app.context_processor(session.about)
    app.add_template_filter(ROLE_LABELS.__getitem__, "role")
