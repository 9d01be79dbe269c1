"""People who come through the council's own sign-in. The only code that writes `Identity`. The caller commits."""

from collections.abc import Collection, Mapping
from typing import Any

from eoi.extensions import db, now, today
from eoi.models import Identity, User, UserRole
from eoi.queries import users
from eoi.rules.errors import SignInRefused
from eoi.rules.permissions import SYSTEM, Role
from eoi.workflow import audit, sign_ins


def recognise(claims: Mapping[str, Any], groups: Collection[tuple[str, Role]]) -> User:
    """The invited person whom these proven claims name, with the roles that their groups give. Commit also a refusal.

    Known by issuer and subject; the first time by a verified email address, and never after. Raises SignInRefused.
    """
    user = users.by_identity(claims["iss"], claims["sub"]) or _linked(claims)
    if not user.active:
        raise SignInRefused(f"The account of {user.email} is switched off. Ask an administrator of this service.")
    theirs = _groups(claims)
    wanted = frozenset(role for group, role in groups if group in theirs)
    _follow(user, wanted)
    if not wanted:
        raise SignInRefused(
            f"Your council account ({user.email}) is in none of the groups that may use this service. "
            "Ask an administrator of this service which group you need."
        )
    return user


def _linked(claims: Mapping[str, Any]) -> User:
    """The invited person with this verified address, who has come for the first time."""
    verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    email = str(claims.get("email") or "")
    user = users.by_email(email) if verified and email else None
    if user is None or user.identity or _only_at_school(user):
        raise SignInRefused(
            "No account of this service goes with your council account. Ask an administrator to invite you with the "
            "email address of your council account."
        )
    user.identity = Identity(issuer=claims["iss"], subject=claims["sub"], linked_at=now())
    audit.record(f"user:{user.id}", "linked to a council account", by=user.actor(today()))
    db.session.flush()
    return user


def _only_at_school(user: User) -> bool:
    return bool(user.memberships) and not user.roles


def _groups(claims: Mapping[str, Any]) -> list[str]:
    """The groups of the person. Entra ID leaves them out where they are too many, and says so.

    Raises SignInRefused.
    """
    if "groups" in (claims.get("_claim_names") or {}):
        raise SignInRefused(
            "Your council account is in too many groups for this service to be told. Ask the council's ICT team to "
            "send it only the groups that are assigned to it."
        )
    groups = claims.get("groups") or []
    return [str(group) for group in groups] if isinstance(groups, list) else []


def _follow(user: User, wanted: frozenset[Role]) -> None:
    """Give exactly the roles of the groups; older sessions, begun with other roles, end."""
    before = user.roles
    if wanted == before:
        return
    user.role_rows = [row for row in user.role_rows if row.role in wanted]
    user.role_rows += [UserRole(role=role) for role in sorted(wanted - before)]
    sign_ins.end_all(user)
    detail = {"from": sorted(before), "to": sorted(wanted), "reason": "the groups of the council account"}
    audit.record(f"user:{user.id}", "roles changed", by=SYSTEM, detail=detail)
