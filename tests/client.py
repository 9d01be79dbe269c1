"""A browser without a screen: each request in a context of its own, as a server would answer it."""

import secrets
from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from eoi.extensions import db


class Client(FlaskClient):
    """Sends the forgery token by itself, as a page's form would; `forged=True` leaves it out.

    A test that holds a database session commits before it asks; afterwards its rows are read afresh.
    """

    def open(self, *args: Any, forged: bool = False, **kwargs: Any) -> TestResponse:
        if kwargs.get("method", "GET") not in ("GET", "HEAD") and not forged:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": Context().run(self.token)}
        kwargs.setdefault("buffered", True)
        if has_app_context():
            unsaved = [*db.session.new, *db.session.dirty, *db.session.deleted]
            assert unsaved == [], "commit before you ask"
            db.session.rollback()
        response = Context().run(super().open, *args, **kwargs)
        response.request.environ["wsgi.input"].close()  # what is large was sent from a temporary file
        return response

    def token(self) -> str:
        """The token that pages of this browser's session carry."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self.application.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw))
