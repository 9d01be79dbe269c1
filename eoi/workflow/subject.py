"""A person's rights over their data: put right, and erased. The caller commits.

Erasing keeps what the council decided and who held which office; it takes away who that was. Letters that were issued
are records: they keep the name until their case goes, and the log says how many.
"""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Row, String, Table, delete, or_, select, update
from sqlalchemy import cast as as_type

from eoi.extensions import db, now
from eoi.models import AuditDetail, AuditEntry, Delegation, Invitation, Link, Outgoing, PersonErased, User
from eoi.queries import personal, retention, search, users
from eoi.queries.personal import Subject
from eoi.rules.chain import digest
from eoi.rules.errors import Invalid, NotAllowed, Refused
from eoi.rules.permissions import SYSTEM, Actor, Permission, Role, may
from eoi.rules.redacting import replaced, spellings
from eoi.workflow import audit, erasing, errands, outgoing, redacting
from eoi.workflow.facts import refresh_search

ADDRESS = "[Address erased]"
#: Their words are not replaced one by one: they go as a whole, are records, or cannot change.
WHOLE = frozenset({"user", "audit_entry", "audit_detail", "letter", "snapshot", "tombstone", "person_erased"})


def correct(user: User, *, name: str, email: str, reason: str, by: Actor) -> None:
    """Put the person's name or address right. Raises NotAllowed, or Invalid for an address that is somebody else's."""
    _require(by)
    other = users.by_email(email)
    if other and other.id != user.id:
        raise Invalid({"email": f"{other.email} belongs to another account"})
    changed = {"name": name} if name != user.name else {}
    if email.strip().lower() != user.email:
        changed["email"] = email.strip().lower()
    if not changed:
        return
    user.name, user.email = name, email
    detail = {"changed": sorted(changed), **changed, "reason": reason.strip()}
    audit.record(f"user:{user.id}", "corrected", by=by, detail=detail)


def note_export(person: Subject, *, by: Actor) -> None:
    """Note that all that names somebody without an account was taken out. Who that is stands there as a digest."""
    _require(by)
    audit.record("personal data", "exported", by=by, detail={"address": digest(person.email)})


def erase(person: Subject, *, reason: str, by: Actor) -> PersonErased:
    """Erase the person: their account, if any, becomes "Former user 12", and so does their name wherever it stands.

    Raises NotAllowed; Refused for oneself, the only administrator, or where it was done before.
    """
    user = _may_be_erased(person, by)
    known_as = f"Former user {user.id}" if user else "A former contact"
    letters = len(personal.letters_naming(person))
    words = {word: ADDRESS if word == person.email else known_as for word in person.words}
    places = _forget_account(user, known_as) if user else 0
    places += _forget_mail(person) + _forget_entries(person, known_as)
    places += _forget_words(words) + _forget_snapshots(words, by)
    _forget_search(person)
    log = PersonErased(
        user_id=user.id if user else None, known_as=known_as, reason=reason.strip(), places=places, letters=letters,
        erased_at=now(), erased_by_id=by.id if by.kind == "user" else None,
    )  # fmt: skip
    db.session.add(log)
    db.session.flush()
    case = f"user:{user.id}" if user else f"contact:{log.id}"
    audit.record(case, "erased", by=by, detail={"places": places, "letters": letters})
    outgoing.promise(erasing.JOB, f"{erasing.JOB} person {log.id}", {"keys": []})
    return log


def _may_be_erased(person: Subject, by: Actor) -> User | None:
    _require(by)
    user = db.session.get(User, person.user_id) if person.user_id else None
    if user is None:
        return None
    if user.id == by.id:
        raise NotAllowed("You cannot erase your own account. Ask another administrator.")
    if retention.is_erased(user):
        raise Refused("This person has been erased already.")
    if is_only_administrator(user):
        raise Refused("This is the only administrator. Give another person the role first.")
    return user


def is_only_administrator(user: User) -> bool:
    return Role.ADMIN in user.roles and {user.id} >= {other.id for other in users.holders(Role.ADMIN)}


def _require(by: Actor) -> None:
    if by.kind != SYSTEM.kind and not may(by, Permission.PERSONAL_DATA):
        raise NotAllowed


def _forget_account(user: User, known_as: str) -> int:
    """Everything that belongs to the account goes; its row stays for what the cases say of it, without a name."""
    gone = 0
    for table in personal.tables():
        own = [key.parent == user.id for key in table.foreign_keys
               if key.column.table.name == "user" and key.ondelete == "CASCADE"]  # fmt: skip
        if own:
            gone += _count(delete(table).where(or_(*own)))
    gone += _count(update(Delegation).where(Delegation.user_id == user.id).values(reason="[Erased]"))
    live = update(Delegation).where(Delegation.user_id == user.id, Delegation.revoked_at.is_(None))
    db.session.execute(live.values(revoked_at=now()))
    values = {"name": known_as, "email": f"former-user-{user.id}@erased.invalid", "job_title": "", "active": False,
              "password_hash": None, "last_seen_at": None}  # fmt: skip
    gone += _count(update(User).where(User.id == user.id).values(values))
    db.session.expire(user)
    return gone


def _forget_mail(person: Subject) -> int:
    """Mail to the person, sent or not; and links and invitations that were sent to the address."""
    to = as_type(Outgoing.payload, String)
    mentioned = [to.contains(needle, autoescape=True) for needle in spellings([person.email])]
    error = [Outgoing.last_error.contains(needle, autoescape=True) for needle in spellings([person.email])]
    gone = _count(delete(Outgoing).where(or_(*mentioned, *error)))
    gone += _count(delete(Invitation).where(Invitation.email == person.email))
    return gone + _count(delete(Link).where(Link.email == person.email))


def _forget_entries(person: Subject, known_as: str) -> int:
    """The audit record: the account's own chain loses its words, and so do entries elsewhere that name the person.

    An entry keeps its digest, so words in it cannot be replaced one by one. Who did something is beside them.
    """
    content = as_type(AuditDetail.content, String)
    holding = [content.contains(needle, autoescape=True) for needle in spellings(person.words)]
    gone = _count(delete(AuditDetail).where(or_(*holding)))
    named = AuditDetail.actor_name.in_([person.name, person.email])
    if person.user_id is not None:
        chain = select(AuditEntry.id).where(AuditEntry.case == f"user:{person.user_id}")
        gone += _count(delete(AuditDetail).where(AuditDetail.entry_id.in_(chain)))
        theirs = select(AuditEntry.id).where(AuditEntry.actor_kind == "user", AuditEntry.actor_id == person.user_id)
        named = AuditDetail.entry_id.in_(theirs)
    return gone + _count(update(AuditDetail).where(named).values(actor_name=known_as))


def _forget_words(words: Mapping[str, str]) -> int:
    """The name and the address wherever else they stand. Versions move on, so that no open page brings them back."""
    changed = 0
    for table in personal.tables():
        if table.name in WHOLE:
            continue
        for row in personal.rows_mentioning(table, list(words)):
            changed += _replace(table, row, words)
    return changed


def _replace(table: Table, row: Row[Any], words: Mapping[str, str]) -> int:
    before = {column.name: row._mapping[column] for column in personal.texts(table)}
    after = {name: replaced(value, words) for name, value in before.items()}
    values: dict[str, Any] = {name: value for name, value in after.items() if value != before[name]}
    if not values:
        return 0
    if "version" in table.columns:
        values["version"] = row._mapping["version"] + 1
    this = [column == row._mapping[column] for column in table.primary_key.columns]
    return _count(update(table).where(*this).values(values))


def _forget_snapshots(words: Mapping[str, str], by: Actor) -> int:
    """What was frozen keeps its digest and gets a redaction beside it; its copy is printed again."""
    found = personal.snapshots_mentioning(list(words))
    for snapshot in found:
        redacting.redact_snapshot(snapshot, replaced(snapshot.content, words), reason="A person was erased", by=by)
    return len(found)


def _forget_search(person: Subject) -> None:
    """The cases that named the person are found by what they say now; exports that hold them go."""
    db.session.expire_all()
    keys: list[str] = []
    for submission in search.mentioning(person.words):
        refresh_search(submission)
        keys += errands.forget(submission.id)
    if keys:
        erasing.promise_files(keys, f"exports of {digest(person.email)[:16]} {now().isoformat()}")


def _count(statement: Executable) -> int:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
