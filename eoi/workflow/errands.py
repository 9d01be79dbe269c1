"""Errands: what somebody asks for many cases at once. What cannot be done is kept with its reason, the rest is done.

A short one is done in the request that asks for it; a longer one, and every export, by jobs, a part each. A part that
is done again finds its cases done: nothing happens twice.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from eoi.extensions import db, now, today
from eoi.models import Errand, ErrandCase, Submission, User
from eoi.models.errand import ErrandKind, ErrandState
from eoi.models.review import Asking
from eoi.queries import errands as queries
from eoi.queries.submissions import seen_by
from eoi.rules.errors import Invalid, Refused
from eoi.rules.permissions import SYSTEM, Actor
from eoi.rules.stages import Stage
from eoi.workflow import assigning, audit, clarifying, holding, notices, outgoing, stages

JOB = "errand"
AT_ONCE = 50  # cases done while the person waits
PART = 25  # cases a job
KEPT = timedelta(days=7)
Chosen = Sequence[tuple[int, int]]  # ids of cases, and the version of each that was shown


def start(kind: ErrandKind, chosen: Chosen, asked: Mapping[str, Any], *, by: Actor) -> Errand:
    """Take on an errand, and do it where it is short. The caller commits. Raises Refused where nothing is chosen."""
    if not chosen or by.id is None:
        raise Refused("Tick at least one submission first.")
    errand = Errand(user_id=by.id, kind=kind, asked=dict(asked), total=len(chosen), created_at=now())
    db.session.add(errand)
    db.session.flush()
    rows = [
        {"errand_id": errand.id, "submission_id": case, "number": number, "seen": seen, "refused": ""}
        for number, (case, seen) in enumerate(chosen, 1)
    ]
    db.session.execute(insert(ErrandCase), rows)
    audit.record(f"errand:{errand.id}", f"bulk_{kind}", by=by, detail={"cases": len(chosen)})
    if kind is ErrandKind.EXPORT or len(chosen) > AT_ONCE:
        go_on_later(errand)
    else:
        go_on(errand, by, AT_ONCE)
    return errand


def go_on_later(errand: Errand) -> None:
    """Promise the next part."""
    outgoing.promise(JOB, f"{JOB} {errand.id} {errand.done}", {"errand_id": errand.id})


def stop(errand: Errand) -> None:
    """It does not go on: who asked may not any more. The job commits."""
    errand.state = ErrandState.STOPPED


def note(errand: Errand, done: Sequence[int], refused: Mapping[int, str]) -> None:
    """A part of an export lies in its folder: these cases are in it, those are not and why. The job commits."""
    for row in queries.next_cases(errand, len(done)):
        row.done, row.refused = True, refused.get(row.submission_id, "")
    errand.done += len(done)
    go_on_later(errand)


def finish(errand: Errand, key: str, name: str, size: int) -> None:
    """The file of an export is stored under this key: tell who asked. The job commits."""
    errand.key, errand.name, errand.size = key, name, size
    errand.state, errand.done_at = ErrandState.DONE, now()
    audit.record(f"errand:{errand.id}", "export_made", by=SYSTEM, detail={"sha256": key})
    notices.mail(
        "export_ready", errand.user.email, f"export {errand.id}", path=f"/review/errands/{errand.public_id}",
        name=errand.user.name, cases=errand.total,
    )  # fmt: skip


def forget(submission_id: int) -> list[str]:
    """Exports that hold this case stop, and lose their file; the files' keys. The caller commits."""
    holding = select(ErrandCase.errand_id).where(ErrandCase.submission_id == submission_id)
    exports = select(Errand).where(Errand.kind == ErrandKind.EXPORT, Errand.id.in_(holding))
    found = db.session.scalars(exports).all()
    keys = [errand.key for errand in found if errand.key]
    for errand in found:
        errand.state, errand.key = ErrandState.STOPPED, None
    db.session.flush()
    return _unnamed(keys)


def tidy() -> list[str]:
    """Errands of more than a week ago go; their files' keys. The caller commits."""
    old = db.session.scalars(select(Errand).where(Errand.created_at < now() - KEPT)).all()
    keys = [errand.key for errand in old if errand.key]
    gone = [errand.id for errand in old]
    db.session.execute(delete(ErrandCase).where(ErrandCase.errand_id.in_(gone)))
    db.session.execute(delete(Errand).where(Errand.id.in_(gone)))
    return _unnamed(keys)


def _unnamed(keys: Sequence[str]) -> list[str]:
    """Those that no other export names: the same rows make the same file."""
    named = set(db.session.scalars(select(Errand.key).where(Errand.key.in_(keys))))
    return sorted(set(keys) - named)


def carry_on(errand: Errand) -> None:
    """A job's part of an errand that changes cases: as whoever asked, with the rights that they have now."""
    person = db.session.get(User, errand.user_id)
    if person is None or not person.active:
        errand.state = ErrandState.STOPPED
        return
    go_on(errand, person.actor(today()), PART)
    if errand.state is ErrandState.UNDER_WAY:
        go_on_later(errand)


def go_on(errand: Errand, by: Actor, limit: int) -> None:
    """Do the next cases, each whole or not at all."""
    rows = queries.next_cases(errand, limit)
    found = {
        one.id: one for one in db.session.scalars(seen_by(by).where(Submission.id.in_([r.submission_id for r in rows])))
    }
    for row in rows:
        row.refused = _refusal(errand, found.get(row.submission_id), row.seen, by)
        row.done = True
    errand.done += len(rows)
    if errand.done >= errand.total:
        errand.state, errand.done_at = ErrandState.DONE, now()


def _refusal(errand: Errand, case: Submission | None, seen: int, by: Actor) -> str:
    """Do it for one case; why it could not be done, or "". What was begun for it is taken back then."""
    if case is None:
        return "You may not see this case any more."
    try:
        with db.session.begin_nested():
            VERBS[errand.kind](case, seen, errand.asked, by)
    except Invalid as refused:
        return " ".join(dict.fromkeys(refused.errors.values()))
    except Refused as refused:
        return refused.message
    return ""


def _assign(case: Submission, seen: int, asked: Mapping[str, Any], by: Actor) -> None:
    officer = db.session.get(User, asked["officer"]) if asked["officer"] else None
    assigning.give_officer(case, officer, seen=seen, by=by)


def _ask(case: Submission, seen: int, asked: Mapping[str, Any], by: Actor) -> None:
    """At the check it is returned for information, later a clarification is asked."""
    kind = Asking.INFORMATION if case.stage is Stage.CHECK else Asking.CLARIFICATION
    clarifying.ask(case, kind, asked["text"], asked["keys"], seen=seen, by=by)


def _move(case: Submission, seen: int, asked: Mapping[str, Any], by: Actor) -> None:
    record = {"reason": asked["reason"]} if asked.get("reason") else None
    stages.move(case, asked["action"], by=by, seen=seen, record=record)


def _flag(case: Submission, _: int, asked: Mapping[str, Any], by: Actor) -> None:
    holding.flag(case, asked["reason"], by=by)


Verb = Callable[[Submission, int, Mapping[str, Any], Actor], None]
VERBS: dict[ErrandKind, Verb] = {
    ErrandKind.ASSIGN: _assign,
    ErrandKind.ASK: _ask,
    ErrandKind.MOVE: _move,
    ErrandKind.FLAG: _flag,
}
