"""Signing in and out, choosing a password by link, and text kept while somebody was signed out."""

from flask import Flask

from eoi.extensions import login_manager
from eoi.rules.permissions import ROLE_LABELS
from eoi.web.auth import account, chosen, kept, session, sign_in
from eoi.web.auth.blueprint import bp

__all__ = ["account", "bp", "chosen", "init_app", "kept", "sign_in"]


def init_app(app: Flask) -> None:
    """Tell Flask-Login who somebody is and where a stranger goes, and templates what a role is called."""
    login_manager.user_loader(session.load)
    login_manager.unauthorized_handler(kept.to_sign_in)
    app.before_request(session.note_use)
    app.add_template_filter(ROLE_LABELS.__getitem__, "role")
