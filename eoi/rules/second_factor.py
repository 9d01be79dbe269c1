"""Codes of an authenticator app (TOTP, RFC 6238), the secret they follow from, and the codes for a lost phone."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp.utils import strings_equal

STEP = 30  # seconds that a code stands
DRIFT = 1  # steps that a phone's clock may be early or late
RECOVERY_CODES = 10
#: No 0, 1, 8, 9, which are read as other letters. Four groups of six are 120 bits: guessing is hopeless.
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
GROUPS, LETTERS = 4, 6


def new_secret() -> str:
    """160 random bits, as base 32: what an app and we share."""
    return pyotp.random_base32()


def address(secret: str, email: str, service: str) -> str:
    """What the QR code says, so that an app knows whose code this is."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=service)


def in_groups(secret: str) -> str:
    """The secret as people type it: four characters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(secret: str, typed: str, moment: datetime, last: int = 0) -> int | None:
    """The half-minute whose code was typed, if it is one of now and later than the `last` that was taken."""
    code = "".join(typed.split())
    now = int(moment.timestamp()) // STEP
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if strings_equal(pyotp.TOTP(secret).generate_otp(step), code) and step > last:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes, each for one sign-in without the app."""
    return ["-".join(_letters() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]


def recovery_hash(typed: str) -> str:
    """What is kept of a recovery code, however it was typed: capitals, spaces and dashes make no difference."""
    return hashlib.sha256("".join(c for c in typed.lower() if c in ALPHABET).encode()).hexdigest()


def encrypted(secret: str, key: str) -> bytes:
    """The secret as it is kept. `key` is the service's own."""
    return _box(key).encrypt(secret.encode())


def decrypted(kept: bytes | str, key: str, lasts: timedelta | None = None) -> str | None:
    """The secret that was kept; None where the key is another, or it was encrypted longer ago than it `lasts`."""
    try:
        return _box(key).decrypt(kept, ttl=int(lasts.total_seconds()) if lasts else None).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    """AES and HMAC with a key of this purpose only."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor").derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
