"""Column types and habits that every table shares."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

from eoi.extensions import Base

__all__ = ["Base", "UtcDateTime", "enum_column", "new_public_id"]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both engines. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC) if value else None


def new_public_id() -> str:
    """An unguessable name for an address: 22 characters, safe in a URL."""
    return secrets.token_urlsafe(16)


def enum_column(members: type[StrEnum]) -> Enum:
    """A closed set, stored as its value; the check is the type's, so that a new member needs no migration."""
    return Enum(
        members, native_enum=False, length=40, create_constraint=False, values_callable=lambda e: [m.value for m in e]
    )
