"""How far somebody has read what changed. It tells nothing of a case, so the audit record is silent."""

from datetime import datetime

from eoi.extensions import now
from eoi.models import User
from eoi.rules.errors import Refused
from eoi.rules.permissions import Actor


def read_up_to(person: User, until: datetime | None, *, by: Actor) -> None:
    """Note that the person has read up to this moment, never back. The caller commits. Raises Refused."""
    if until is None or until > now() or person.id != by.id:
        raise Refused("Open the dashboard again, then mark it as read.")
    if person.read_until is None or until > person.read_until:
        person.read_until = until
