"""One-time links: made, found, used up, withdrawn. The only code that writes `Link`. The caller commits."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from eoi.extensions import db, now
from eoi.models.link import Link, Purpose
from eoi.models.user import User
from eoi.outbound.render import link as address_on_site
from eoi.rules.errors import LinkDead

#: Where the holder of a link goes. The web layer serves each of these.
PATHS = {
    Purpose.INVITE: "/invitation/",
    Purpose.RESET: "/reset/",
    Purpose.SIGN_IN: "/sign-in/link/",
    Purpose.ACCESS: "/access/",
    Purpose.CONFIRM_LOGGED: "/confirm/",
    Purpose.SIGN: "/sign/",
    Purpose.PARTNER: "/partner/",
    Purpose.ADVISE: "/advise/",
}

#: How long a link lives unless its maker says otherwise.
LASTS = {
    Purpose.INVITE: timedelta(days=14),
    Purpose.RESET: timedelta(hours=1),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.ACCESS: timedelta(days=2),
    Purpose.CONFIRM_LOGGED: timedelta(days=28),
    Purpose.SIGN: timedelta(days=28),
    Purpose.PARTNER: timedelta(days=28),
    Purpose.ADVISE: timedelta(days=28),
}

UNCONFIRMED_KEPT = timedelta(days=7)


def make(
    purpose: Purpose,
    *,
    email: str,
    name: str = "",
    user: User | None = None,
    submission_id: int | None = None,
    payload: dict[str, Any] | None = None,
    lasts: timedelta | None = None,
) -> Link:
    """A new link of this purpose. Promise its mail with `notices.mail(..., link=link)`."""
    nonce = secrets.token_hex(16)
    link = Link(
        purpose=purpose,
        nonce=nonce,
        token_hash=_hash(_token(nonce)),
        user=user,
        submission_id=submission_id,
        email=email.strip().lower(),
        name=name,
        payload=payload or {},
        created_at=now(),
        expires_at=now() + (lasts or LASTS[purpose]),
    )
    db.session.add(link)
    db.session.flush()
    return link


def address(link: Link) -> str:
    """The whole address with its token, for the mail and for nothing else: it is neither stored nor logged."""
    return address_on_site(current_app.config["SITE_URL"], PATHS[link.purpose] + _token(link.nonce))


def find(token: str, purpose: Purpose) -> Link:
    """The live link with this token. Opening it changes nothing. Raises LinkDead, which says what is wrong with it."""
    link = db.session.scalar(select(Link).where(Link.token_hash == _hash(token), Link.purpose == purpose))
    if link is None:
        raise LinkDead("The service does not know this link. Check that you copied all of it from the email.")
    if link.used_at:
        raise LinkDead("This link has been used. Each link works once.")
    if not link.is_live(now()):
        raise LinkDead("This link was withdrawn." if link.revoked_at else "This link has expired.")
    return link


def use(link: Link) -> None:
    """Use the link up. Of two at the same moment one succeeds, the other gets LinkDead."""
    used = update(Link).where(Link.id == link.id, Link.used_at.is_(None), Link.revoked_at.is_(None))
    if not db.session.scalar(used.values(used_at=now()).returning(Link.id)):
        raise LinkDead


def give(link: Link, user: User) -> None:
    """The link was used by this person, whose account began with it: it goes when the account goes."""
    link.user = user


def withdraw(*purposes: Purpose, user: User | None = None, submission_id: int | None = None) -> None:
    """Withdraw the unused links of these purposes, of one person or one case."""
    theirs = Link.user_id == user.id if user else Link.submission_id == submission_id
    unused = update(Link).where(theirs, Link.purpose.in_(purposes), Link.used_at.is_(None), Link.revoked_at.is_(None))
    db.session.execute(unused.values(revoked_at=now()))


def tidy() -> None:
    """Forget who asked for access and never confirmed the address, a week after the link went out of date."""
    old = (Link.expires_at <= now() - UNCONFIRMED_KEPT, Link.used_at.is_(None))
    db.session.execute(delete(Link).where(Link.purpose == Purpose.ACCESS, *old))


def end(link: Link) -> None:
    """Withdraw this one link, where it has not been used."""
    unused = update(Link).where(Link.id == link.id, Link.used_at.is_(None), Link.revoked_at.is_(None))
    db.session.execute(unused.values(revoked_at=now()))


def _token(nonce: str) -> str:
    """43 characters, which only who holds the secret key can work out."""
    key = current_app.config["SECRET_KEY"]
    digest = hmac.digest(key.encode() if isinstance(key, str) else key, f"link {nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
