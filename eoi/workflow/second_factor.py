"""The second factor: set up, asked for, reset. The only code that writes `SecondFactor` and `RecoveryCode`.

The caller commits. Whoever asks for a code counts the try first: `throttling.count`.
"""

from flask import current_app
from sqlalchemy import delete, func, select, update

from eoi.extensions import db, now, today
from eoi.models import RecoveryCode, SecondFactor, User
from eoi.rules import second_factor as rules
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit, notices, sign_ins

WRONG = "Enter the code that the app shows now"


def is_needed(user: User) -> bool:
    """Whether this person has to have one before anything else: the council's people, outside a demonstration."""
    return bool(current_app.config["SECOND_FACTOR_FOR_STAFF"] and user.roles)


def set_up(user: User, secret: str, code: str) -> list[str]:
    """Keep the secret of the person's app, which has just shown this code: the recovery codes, never shown again.

    Raises Refused where there is one already, Invalid for another code.
    """
    if user.second_factor:
        raise Refused("An app is set up already. Ask an administrator to reset it if you have lost it.")
    step = rules.step_of(secret, code, now())
    if step is None:
        raise Invalid({"code": WRONG})
    kept = rules.encrypted(secret, current_app.config["SECRET_KEY"])
    user.second_factor = SecondFactor(secret=kept, last_step=step, set_up_at=now())
    _told(user, "set up a second factor", "An authenticator app has been added to your account.", user.actor(today()))
    return _new_codes(user)


def take(user: User, typed: str) -> bool:
    """Whether this is the app's code of now, or a recovery code. Either is taken once, also by two at one moment."""
    factor = user.second_factor
    if factor is None:
        return False
    secret = rules.decrypted(factor.secret, current_app.config["SECRET_KEY"])
    step = rules.step_of(secret, typed, now(), factor.last_step) if secret else None
    if step is not None:
        later = update(SecondFactor).where(SecondFactor.user_id == user.id, SecondFactor.last_step < step)
        return db.session.scalar(later.values(last_step=step).returning(SecondFactor.user_id)) is not None
    return _take_recovery(user, typed)


def renew_codes(user: User) -> list[str]:
    """Ten new recovery codes; the old ones end."""
    if user.second_factor is None:
        raise Refused("Set up an authenticator app first.")
    _told(user, "made new recovery codes", "Your recovery codes have been replaced.", user.actor(today()))
    return _new_codes(user)


def codes_left(user: User) -> int:
    left = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def reset(user: User, *, by: Actor, reason: str = "") -> None:
    """Take the second factor away: a person's own, where they need none, or by an administrator, with the reason.

    Every session ends. Raises NotAllowed.
    """
    own = by.id == user.id
    if not own and not may(by, Permission.MANAGE_USERS):
        raise NotAllowed
    if own and is_needed(user):
        raise NotAllowed("People at the council need a second step. Ask an administrator to reset yours.")
    if user.second_factor is None:
        return
    user.second_factor = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    sign_ins.end_all(user)
    words = "The authenticator app has been removed from your account, and you have been signed out."
    _told(user, "reset the second factor", words, by, reason)


def _take_recovery(user: User, typed: str) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == rules.recovery_hash(typed),
        RecoveryCode.used_at.is_(None),
    )
    if db.session.scalar(unused.values(used_at=now()).returning(RecoveryCode.id)) is None:
        return False
    left = codes_left(user)
    words = f"A recovery code was used to sign in to your account. Codes that are left: {left}."
    _told(user, "used a recovery code", words, user.actor(today()))
    return True


def _new_codes(user: User) -> list[str]:
    codes = rules.new_recovery_codes()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=rules.recovery_hash(code)) for code in codes)
    db.session.flush()
    return codes


def _told(user: User, action: str, words: str, by: Actor, reason: str = "") -> None:
    """On the record, and in the person's mail: whoever did it, they hear of it."""
    seq = audit.record(f"user:{user.id}", action, by=by, detail={"reason": reason} if reason else None)
    notices.mail(
        "sign_in_changed", user.email, f"{action} {user.id} {seq}", path="/account", name=user.name, what=words
    )
