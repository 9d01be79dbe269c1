"""What a password must be, and how it is kept: Argon2id, as RFC 9106 advises where memory is short."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 12, 200  # characters; the NCSC advises length over rules about kinds of characters
FEWEST_DIFFERENT = 5

Cost = tuple[int, int, int]  # passes, KiB of memory, lanes
COST: Cost = (3, 65_536, 4)

#: Long passwords that attackers try first, and the ones printed in this project.
WELL_KNOWN = frozenset(
    (
        "password1234", "password12345", "password123456", "passwordpassword", "qwertyuiop123", "qwertyuiopasdf",
        "1q2w3e4r5t6y", "123456789012", "1234567890123", "iloveyou1234", "letmein12345", "welcome12345",
        "administrator", "changeme1234", "football1234", "sunshine1234", "headteacher1", "headteacher123",
        "kentcountycouncil", "demonstration-only",
    )
)  # fmt: skip


def cost_of(config: Mapping[str, Any]) -> Cost:
    """The cost that the configuration asks for; tests ask for the least."""
    names = ("ARGON2_TIME_COST", "ARGON2_MEMORY_KIB", "ARGON2_PARALLELISM")
    passes, memory, lanes = (config.get(name, usual) for name, usual in zip(names, COST, strict=True))
    return passes, memory, lanes


def wrong_with(password: str, email: str) -> str:
    """What is wrong with a new password, as the message at its field; "" when nothing is."""
    low = password.lower()
    if len(password) < LEAST:
        return f"Choose a password of {LEAST} characters or more"
    if len(password) > MOST:
        return f"Choose a password of {MOST} characters or fewer"
    if len(set(low)) < FEWEST_DIFFERENT or low in WELL_KNOWN:
        return "Choose a password that is harder to guess, such as three words that do not belong together"
    if email and (email.lower() in low or email.partition("@")[0].lower() == low):
        return "Choose a password that does not contain your email address"
    return ""


def hashed(password: str, cost: Cost = COST) -> str:
    """The hash to keep. Slow on purpose (a tenth of a second): never between a write and its commit."""
    return _hasher(cost).hash(password)


def is_right(password: str, kept: str | None, cost: Cost = COST) -> bool:
    """Whether the password is the one that was kept.

    One verification is made whether or not there is anything to compare with, so that the time does not tell which
    accounts exist.
    """
    dummy = _dummy(cost)
    try:
        _hasher(cost).verify(kept or dummy, password[: MOST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@lru_cache
def _hasher(cost: Cost) -> PasswordHasher:
    passes, memory, lanes = cost
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)


@lru_cache
def _dummy(cost: Cost) -> str:
    return _hasher(cost).hash("nobody has this password")
