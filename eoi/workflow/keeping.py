"""Text that arrived signed out, kept until its owner is back. The only code that writes `KeptForm`.

The caller commits.
"""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete

from eoi.extensions import db, now
from eoi.models import KeptForm

LASTS = timedelta(hours=12)
LARGEST = 500_000  # characters; the longest section of the form is some 20,000


def keep(path: str, pairs: list[tuple[str, str]], user_id: int | None) -> str | None:
    """Keep what was typed and return the token that finds it; None where it is too much to be a form of ours.

    `user_id` is whose session it was, where that is known: nobody else gets it back.
    """
    if not pairs or sum(len(name) + len(value) for name, value in pairs) > LARGEST:
        return None
    token = secrets.token_urlsafe(24)
    db.session.add(
        KeptForm(
            token_hash=_hash(token),
            path=path,
            pairs=[list(pair) for pair in pairs],
            user_id=user_id,
            created_at=now(),
            expires_at=now() + LASTS,
        )
    )
    return token


def claim(token: str, user_id: int) -> KeptForm | None:
    """Give the kept form to the person who has signed in; None where it was somebody else's, who then keeps it."""
    form = db.session.get(KeptForm, _hash(token))
    if form is None or form.expires_at <= now() or form.user_id not in (None, user_id):
        return None
    form.user_id = user_id
    return form


def find(token: str, user_id: int | None) -> KeptForm | None:
    """The form that this person claimed."""
    form = db.session.get(KeptForm, _hash(token))
    return form if form and user_id is not None and form.user_id == user_id and form.expires_at > now() else None


def drop(form: KeptForm) -> None:
    db.session.delete(form)


def tidy() -> None:
    """Drop what nobody came back for."""
    db.session.execute(delete(KeptForm).where(KeptForm.expires_at <= now()))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
