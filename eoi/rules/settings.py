"""How a setting is read from what was typed: each function gives the value, or raises ValueError with what it wants."""

from collections.abc import Callable
from urllib.parse import urlsplit

from eoi.rules.permissions import SCHOOL_ROLES, Role


def text(typed: str) -> str:
    """Any words, on one line."""
    if "\n" in typed:
        raise ValueError("a single line")
    return typed


def lines(typed: str) -> str:
    """Any words; `\\n` or a line break starts a new line."""
    return typed.replace("\\n", "\n")


def names(typed: str) -> tuple[str, ...]:
    """Names separated by commas."""
    found = tuple(name.strip() for name in typed.split(",") if name.strip())
    if not found:
        raise ValueError("one or more names separated by commas")
    return found


def areas(typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Areas separated by semicolons, each a name, a colon and its districts."""
    parts = [part.partition(":") for part in typed.split(";") if part.strip()]
    if not parts or not all(name.strip() and colon and districts.strip() for name, colon, districts in parts):
        raise ValueError("areas with their districts, as in “North: Dartford, Gravesham; South: Dover”")
    return tuple((name.strip(), names(districts)) for name, _, districts in parts)


def origins(typed: str) -> tuple[str, ...]:
    """Origins of sites separated by commas: https and a host, no path."""
    found = tuple(one.strip().rstrip("/").lower() for one in typed.split(",") if one.strip())
    for one in found:
        parts = urlsplit(one)
        plain = parts.scheme == "https" and parts.hostname and one == f"https://{parts.netloc}"
        if not plain or set(parts.netloc) & set(" ;'\"*@"):
            raise ValueError("one or more addresses such as https://www.council.gov.uk, separated by commas")
    return found


def yes_no(typed: str) -> bool:
    """1 or 0."""
    if typed not in ("0", "1"):
        raise ValueError("1 or 0")
    return typed == "1"


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number within these bounds."""

    def parse(typed: str) -> int:
        if not (typed.isascii() and typed.isdigit() and low <= int(typed) <= high):
            raise ValueError(f"a whole number from {low} to {high}")
        return int(typed)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    """One of these words."""

    def parse(typed: str) -> str:
        if typed not in words:
            raise ValueError(" or ".join(words))
        return typed

    return parse


def address(*schemes: str) -> Callable[[str], str]:
    """A URL of one of these schemes."""

    def parse(typed: str) -> str:
        if urlsplit(typed).scheme not in schemes:
            raise ValueError("an address that starts with " + " or ".join(f"{s}:" for s in schemes))
        return typed.rstrip("/")

    return parse


def database(typed: str) -> str:
    """Where the data are: PostgreSQL through psycopg, or a SQLite file."""
    if not typed.startswith(("postgresql+psycopg://", "sqlite:///")):
        raise ValueError("postgresql+psycopg://... or sqlite:///FILE")
    return typed


def group_roles(typed: str) -> tuple[tuple[str, Role], ...]:
    """Groups of the council's directory and the council role each gives: `group=role, group=role`."""
    known = {role.value: role for role in Role if role not in SCHOOL_ROLES}
    pairs = [pair.strip().rpartition("=") for pair in typed.split(",")]
    if any(not group or role not in known for group, _, role in pairs):
        raise ValueError(f"group=role pairs separated by commas; the roles are {', '.join(known)}")
    return tuple((group.strip(), known[role]) for group, _, role in pairs)


def email(typed: str) -> str:
    """Somebody's email address."""
    if typed.count("@") != 1 or not all(typed.split("@")) or " " in typed:
        raise ValueError("an email address")
    return typed


def long_secret(typed: str) -> str:
    """A key that nobody guesses."""
    if len(typed) < 32:
        raise ValueError("32 characters or more")
    return typed
