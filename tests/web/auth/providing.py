"""A provider of the council's own sign-in, written by others, that really answers on a port of this machine."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

GROUPS = (("g-officers", "sen_officer"), ("g-heads", "head_of_sen"), ("g-admins", "admin"))
OLU = {"email": "olu@example.org", "email_verified": True, "name": "Olu Example", "groups": ["g-officers", "g-others"]}


@contextmanager
def providing(lasts: timedelta = timedelta(hours=1)) -> Iterator[str]:
    """The address of a provider whose tokens last so long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is built on parts that its own library is about to drop
        from oidc_provider_mock import run_server_in_thread  # its import warns

    with run_server_in_thread(access_token_max_age=lasts) as server:
        yield f"http://localhost:{server.server_port}"


def settings_of(provider: str) -> dict[str, Any]:
    """What a council would set."""
    return {"OIDC_ISSUER": provider, "OIDC_CLIENT_ID": "eoi", "OIDC_CLIENT_SECRET": "secret", "OIDC_GROUPS": GROUPS}


def known(provider: str, subject: str, claims: dict[str, Any]) -> None:
    """Have the provider know this person."""
    assert requests.put(f"{provider}/users/{quote(subject)}", json=claims, timeout=5).status_code == 204


def authorised(address: str, subject: str, **changed: str) -> str:
    """Sign in at the provider, at this address or one with parts of its query changed: where it sends the browser."""
    parts = urlsplit(address)
    query = urlencode({**dict(parse_qsl(parts.query)), **changed})
    answer = requests.post(
        parts._replace(query=query).geturl(), data={"sub": subject}, allow_redirects=False, timeout=5
    )
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def through(client: FlaskClient, subject: str, start: str = "/sign-in/council", **changed: str) -> TestResponse:
    """The whole way: out, signed in there, and back."""
    away = client.get(start)
    assert away.status_code == 302, away.text
    return client.get(authorised(away.location, subject, **changed))
