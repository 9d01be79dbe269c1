"""Settings from the environment, strict: a name or a value that cannot be right ends in one clear line.

Another council runs the service by these alone. `create_app` takes the result; `flask settings` prints the table.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import Field, asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from holidays.countries.united_kingdom import UnitedKingdom

from eoi.rules.permissions import Role
from eoi.rules.settings import (
    address,
    areas,
    database,
    email,
    group_roles,
    lines,
    long_secret,
    names,
    one_of,
    origins,
    text,
    whole,
    yes_no,
)

KENT_DISTRICTS = (
    "Ashford, Canterbury, Dartford, Dover, Folkestone and Hythe, Gravesham, Maidstone, Sevenoaks, Swale, Thanet, "
    "Tonbridge and Malling, Tunbridge Wells"
)
KENT_AREAS = (
    "North: Dartford, Gravesham, Sevenoaks; South: Ashford, Dover, Folkestone and Hythe; "
    "East: Canterbury, Swale, Thanet; West: Maidstone, Tonbridge and Malling, Tunbridge Wells"
)
#: Prefixes that are ours: a name that starts so and is not a setting is a slip of the pen.
OURS = ("EOI_", "COUNCIL_", "OIDC_")
MEGABYTE = 1024 * 1024


class SettingsError(Exception):
    """A setting cannot be used. The text is the one line that is printed."""


def setting(default: Any, what: str, parse: Callable[[str], Any] = text, env: str = "") -> Any:
    """One setting: its default, what it is for, how it is read, and its name in the environment where it differs."""
    return field(default=default, metadata={"what": what, "parse": parse, "env": env})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the service is told from outside. The field names are Flask's configuration keys."""

    DATA_DIR: Path = setting(
        Path(__file__).resolve().parent / "instance",
        "The data folder",
        lambda typed: Path(typed).resolve(),
        "EOI_DATA_DIR",
    )
    DEMONSTRATION: bool = setting(
        False, "1 where accounts, cases and decisions are invented", yes_no, "EOI_DEMONSTRATION"
    )
    SECRET_KEY: str = setting("", "Signs sessions; made once and kept in the data folder by default", long_secret)
    DATABASE_URL: str = setting("", "PostgreSQL; a SQLite file in the data folder by default", database)
    FILES_URL: str = setting("", "Where documents are kept; the data folder by default", address("file", "s3"))
    SMTP_URL: str = setting(
        "console:",
        "The mail server; mail is written down by default, not sent",
        address("console", "smtp", "smtps", "smtp+starttls"),
    )
    CLAMD_URL: str = setting("", "The virus scanner; none by default", address("tcp", "unix"))
    ANCHORS_DIR: str = setting(
        "", "Where the audit record is anchored daily; the data folder by default", text, "EOI_ANCHORS_DIR"
    )
    BACKUP_DIR: str = setting("", "Where a backup is made every night; none by default", text, "EOI_BACKUP_DIR")
    BACKUP_DAYS: int = setting(35, "Days after which a backup is deleted", whole(1, 3650), "EOI_BACKUP_DAYS")
    LOG_FORMAT: str = setting(
        "json", "json: every request and event; text: warnings only", one_of("json", "text"), "EOI_LOG_FORMAT"
    )
    PORT: int = setting(5000, "Where the pages are served", whole(1, 65535))
    HOST: str = setting("127.0.0.1", "Which address of the machine serves them", text, "EOI_HOST")
    SITE_URL: str = setting("", "How people reach the service; this machine by default", address("http", "https"))
    EMBEDDERS: tuple[str, ...] = setting(
        (), "Sites that may show the Local Offer inside their pages", origins, "EOI_EMBEDDERS"
    )
    WEB_PROCESSES: int = setting(2, "Processes that answer pages", whole(1, 64), "EOI_WEB_PROCESSES")
    PROXIES: int = setting(0, "Proxies in front whose forwarded headers are believed", whole(0, 5), "EOI_PROXIES")

    OIDC_ISSUER: str = setting("", "The council's own sign-in for its staff (OpenID Connect)", address("https"))
    OIDC_CLIENT_ID: str = setting("", "What this service is called there")
    OIDC_CLIENT_SECRET: str = setting("", "What proves that to it")
    OIDC_GROUPS: tuple[tuple[str, Role], ...] = setting((), "Which group there gives which role", group_roles)
    OIDC_NAME: str = setting("Sign in with your council account", "The words of its button")
    STAFF_PASSWORDS: bool = setting(
        True, "0 where staff sign in only through the council's sign-in", yes_no, "EOI_STAFF_PASSWORDS"
    )

    COUNCIL_NAME: str = setting("Kent County Council", "The council's name")
    COUNCIL_LA_CODE: str = setting("886", "Its local authority code", lambda typed: str(whole(100, 999)(typed)))
    COUNCIL_DISTRICTS: tuple[str, ...] = setting(names(KENT_DISTRICTS), "Its districts, separated by commas", names)
    COUNCIL_AREAS: tuple[tuple[str, tuple[str, ...]], ...] = setting(
        areas(KENT_AREAS), "Its areas with their districts, as in “North: Dartford, Gravesham; South: Dover”", areas
    )
    COUNCIL_SEN_TEAM: str = setting("Special educational needs and inclusion", "The team that answers schools")
    COUNCIL_EMAIL: str = setting("sen.provision@kent.example", "The team's email address", email)
    COUNCIL_SECURITY_EMAIL: str = setting("", "Who hears of weaknesses; the team's address by default", email)
    COUNCIL_DPO_EMAIL: str = setting("dpo@kent.example", "The data protection officer's email address", email)
    COUNCIL_PHONE: str = setting("03000 000000", "The team's telephone number")
    COUNCIL_ADDRESS: str = setting(
        "Sessions House\nCounty Hall\nMaidstone\nKent ME14 1XQ",
        "The letterhead's address, lines separated by \\n",
        lines,
    )
    COUNCIL_SIGNATORY_NAME: str = setting("Harriet Lane", "Who signs letters")
    COUNCIL_SIGNATORY_ROLE: str = setting("Head of SEN", "In which role")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read every setting; the data folder and its secret key are made where they are missing.

        Raises SettingsError: a name that is not a setting, a value of the wrong kind, a folder that cannot be written.
        """
        known = {env_name(f): f for f in fields(cls)}
        for name in environ:
            if name.startswith(OURS) and name not in known and name not in TESTING_NAMES:
                raise SettingsError(f"{name} is not a setting. The settings are {', '.join(sorted(known))}.")
        given = {f.name: parsed(name, f, environ[name]) for name, f in known.items() if environ.get(name)}
        folder = given.get("DATA_DIR", cls.DATA_DIR)
        make_folder(folder)
        given.setdefault("SECRET_KEY", kept_secret(folder / "secret_key"))
        check_sign_in(given)
        return cls(**given)

    def as_flask(self) -> dict[str, Any]:
        """The configuration of the Flask application, derived values and fixed limits included."""
        url = self.DATABASE_URL or f"sqlite:///{self.DATA_DIR / 'eoi.sqlite3'}"
        site = self.SITE_URL or f"http://{self.HOST}:{self.PORT}"
        return {
            **asdict(self),
            "DATABASE_URL": url,
            "SQLALCHEMY_DATABASE_URI": url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
            "FILES_URL": self.FILES_URL or f"file://{self.DATA_DIR / 'files'}",
            "SITE_URL": site,
            "CLOCK": wall_clock,
            "HOLIDAYS": UnitedKingdom(subdiv="ENG"),
            # Files are 10 MB each and 20 MB together (domain §9); the rest of a form is text.
            "MAX_CONTENT_LENGTH": 24 * MEGABYTE,
            "MAX_FORM_MEMORY_SIZE": MEGABYTE,
            "MAX_FORM_PARTS": 2_000,
            # A head types for hours: a token lives as long as its session.
            "WTF_CSRF_TIME_LIMIT": None,
            # Unused for an hour, or after twelve, a session ends; its cookie lives longer, so that late text goes back
            # to its owner.
            "SESSION_IDLE": timedelta(hours=1),
            "SESSION_LONGEST": timedelta(hours=12),
            "SECOND_FACTOR_FOR_STAFF": not self.DEMONSTRATION,
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=24),
            # A name that browsers take only over TLS, for this host and no other.
            "SESSION_COOKIE_NAME": "__Host-session" if site.startswith("https:") else "session",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": site.startswith("https:"),
            # A request for any other name is refused; monitors ask this machine by its own.
            "TRUSTED_HOSTS": [urlsplit(site).hostname, "localhost", "127.0.0.1"],
        }


#: Names under our prefix that the tests and the set-up read, not the service.
TESTING_NAMES = frozenset({"EOI_TEST_ENGINE", "EOI_TEST_POSTGRES"})


def env_name(setting: "Field[Any]") -> str:
    """What a setting is called in the environment."""
    return setting.metadata["env"] or setting.name


def parsed(name: str, setting: "Field[Any]", typed: str) -> Any:
    """The typed value, or SettingsError with what was expected. A secret or a password is never shown."""
    try:
        return setting.metadata["parse"](typed.strip())
    except ValueError as wrong:
        shown = "" if name.endswith(("_URL", "_KEY", "_SECRET")) else f", not {typed.strip()[:60]!r}"
        raise SettingsError(f"{name} must be {wrong}{shown}.") from None


def check_sign_in(given: Mapping[str, Any]) -> None:
    """Raises SettingsError where the council's sign-in is set by half, or nobody of the council could sign in."""
    oidc = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_GROUPS")
    missing = [name for name in oidc if not given.get(name)]
    if missing and len(missing) < len(oidc):
        raise SettingsError(f"The council's sign-in needs {' and '.join(missing)} too.")
    if missing and not given.get("STAFF_PASSWORDS", True):
        raise SettingsError(
            "EOI_STAFF_PASSWORDS=0 needs the council's sign-in: set OIDC_ISSUER and the settings with it."
        )


def make_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner only, or say that it cannot be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as wrong:
        advice = "Choose another with EOI_DATA_DIR=FOLDER."
        raise SettingsError(f"The data folder {folder} cannot be written ({wrong.strerror}). {advice}") from None


def kept_secret(file: Path) -> str:
    """The secret key of this data folder, made the first time. Two processes that start together agree on one."""
    try:
        if not file.exists():
            draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
                made.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
        return long_secret(file.read_text().strip())
    except (OSError, ValueError):
        raise SettingsError(f"The secret key in {file} cannot be used. Delete it to make a new one.") from None


def engine_options(url: str) -> dict[str, Any]:
    """How the engine opens this database. SQLite: reads never lock, the first write takes the lock at once.

    What was bound to a statement is never told with an error: it is what people typed.
    """
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": "IMMEDIATE"}, "hide_parameters": True}
    return {"pool_pre_ping": True, "hide_parameters": True}


def wall_clock() -> datetime:
    """The moment, from the machine."""
    return datetime.now(UTC)


def described() -> Iterator[tuple[str, str, str]]:
    """Each setting's name in the environment, its default as it would be typed, and what it is for."""
    for f in fields(Settings):
        held: Any = f.default
        default = ", ".join(map(str, held)) if isinstance(held, tuple) else str(held).replace("\n", "\\n")
        if isinstance(f.default, bool):
            default = str(int(f.default))
        if f.name == "COUNCIL_AREAS":
            default = "; ".join(f"{area}: {', '.join(districts)}" for area, districts in held)
        yield env_name(f), "instance" if f.name == "DATA_DIR" else default, f.metadata["what"]
