"""The panel meets: an agenda, who is present, what it says of each case while it talks, and its recommendations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now, today
from eoi.models import PanelItem, PanelMeeting, Submission, User
from eoi.queries import panel as queries
from eoi.queries import review
from eoi.rules import answers, minutes
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission, Role, may
from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import listed
from eoi.workflow import assigning, audit
from eoi.workflow.facts import refresh_score
from eoi.workflow.stages import MOVED, move, require, touch

Member = Mapping[str, Any]  # name, role, voice, and user_id where they have an account


def plan(cases: Sequence[Submission], held_on: date | None, place: str, *, by: Actor) -> PanelMeeting:
    """Put these cases on the agenda of a new meeting. The caller commits. Raises Invalid, NotAllowed, WrongStage."""
    if not may(by, Permission.PANEL):
        raise NotAllowed
    errors = {}
    if held_on is None:
        errors["held_on"] = "Enter the day of the meeting"
    if not cases:
        errors["case"] = "Choose at least one case"
    if held_on is None or errors:
        raise Invalid(errors)
    for case in cases:
        require(by, Permission.PANEL, case)
        _at_the_panel(case)
    meeting = PanelMeeting(held_on=held_on, place=place.strip(), planned_at=now(), planned_by_id=by.id, members=[])
    meeting.items = [PanelItem(submission_id=case.id, notes={}) for case in cases]
    db.session.add(meeting)
    db.session.flush()
    audit.record(meeting.case, "plan_panel", by=by, detail={"cases": [case.reference for case in cases]})
    return meeting


def take_register(meeting: PanelMeeting, members: Sequence[Member], *, seen: int, by: Actor) -> None:
    """Say who is present. A later register takes the place of an earlier one. The caller commits."""
    _may_run(meeting, seen, by)
    if not members:
        raise Invalid({"present": "Choose who is present"})
    if any(not all(member.get(part) for part in ("name", "role", "voice")) for member in members):
        raise Invalid({"others": "Enter the name and the role of each member, and choose whom they speak for"})
    meeting.members = [dict(member) for member in members]
    _flush()
    names = [member["name"] for member in members]
    audit.record(meeting.case, "panel_register", by=by, detail={"present": names})


def save(item: PanelItem, notes: Mapping[str, Any], *, seen: int, by: Actor) -> None:
    """Keep what the panel says so far; nothing need be complete. Agreed scores count at once. The caller commits.

    Raises NotAllowed, WrongStage, Refused once the recommendation is recorded, MovedOn.
    """
    require(by, Permission.PANEL, item.submission)
    _at_the_panel(item.submission)
    if item.recorded_at or item.meeting.closed_at:
        raise Refused("The recommendation is recorded. The minute cannot be changed any more.")
    if seen != item.version:
        raise MovedOn(MOVED)
    if dict(notes) == item.notes:
        return
    before = minutes.agreed(item.notes)
    item.notes, item.saved_at = dict(notes), now()
    _flush()
    if (after := minutes.agreed(notes)) != before:
        touch(item.submission)
        refresh_score(item.submission)
        audit.record(item.submission.case, "agree_scores", by=by, detail={"agreed": after})


def recommend(item: PanelItem, *, seen: int, by: Actor) -> None:
    """Record the recommendation of what was saved, and send the case to the Head of SEN. The caller commits.

    Those in conflict, and those who have not said, count for no quorum here. Raises Invalid with what is missing,
    Refused without a quorum, MovedOn, NotAllowed, WrongStage.
    """
    case, meeting = item.submission, item.meeting
    require(by, Permission.PANEL, case)
    _at_the_panel(case)
    if seen != item.version:
        raise MovedOn(MOVED)
    if wrong := answers.wrong(minutes.section(case.round.criteria), item.notes, case.facts(), today()):
        raise Invalid(wrong)
    present = counted(item)
    if missing := review.judges_of(case).missing(member["voice"] for member in present):
        raise Refused(_no_quorum(item, missing, len(present)))
    record = minutes.record(item.notes, meeting.held_on.isoformat(), present)
    try:
        move(case, "recommend", by=by, seen=None, record=record)
    except Invalid as refused:  # the guard speaks of the record's fields
        raise Invalid(
            {"outcome" if key == "recommendation" else key: text for key, text in refused.errors.items()}
        ) from None
    item.recorded_at = now()
    _flush()


def counted(item: PanelItem) -> list[dict[str, Any]]:
    """The members present who may judge this case: no conflict, and everybody with an account has said so."""
    ids = [member["user_id"] for member in item.meeting.members if member.get("user_id")]
    said = queries.declared([item.submission_id], ids)
    return [
        member for member in item.meeting.members
        if not member.get("user_id") or said.get((item.submission_id, member["user_id"])) is False
    ]  # fmt: skip


def undeclared(item: PanelItem) -> list[str]:
    """The members present who have not said whether they have a conflict with this case, by name."""
    ids = {member["user_id"]: member["name"] for member in item.meeting.members if member.get("user_id")}
    said = queries.declared([item.submission_id], ids)
    return [name for who, name in ids.items() if (item.submission_id, who) not in said]


def _no_quorum(item: PanelItem, missing: str, present: int) -> str:
    rule = missing.removeprefix("Enter ")
    waiting = undeclared(item)
    text = f"There is no quorum for this case: {present} present count, and it needs {rule}."
    return f"{text} {listed(waiting)} must first say whether they have a conflict of interest." if waiting else text


def declare_agenda(items: Sequence[PanelItem], against: Iterable[int], handling: str, *, by: Actor) -> None:
    """Say of every case of an agenda whether one has a conflict: of those in `against`, yes. The caller commits.

    What a person said of a case before stays, unless they say yes now.
    """
    yes = set(against)
    if yes - {item.id for item in items}:
        raise Refused("Choose from the cases on the agenda.")
    if yes and not handling:
        raise Invalid({"handling": "Choose how it is handled"})
    for item in items:
        said = review.conflict_of(item.submission, by.id)
        if item.id in yes or said is None:
            conflicted = item.id in yes
            assigning.declare_conflict(item.submission, conflicted, handling if conflicted else "", by=by)


def close(meeting: PanelMeeting, *, seen: int, by: Actor) -> None:
    """End the meeting. Cases without a recommendation go to the next one. The caller commits."""
    _may_run(meeting, seen, by)
    if not meeting.members:
        raise Refused("Say first who was present.")
    meeting.closed_at = now()
    _flush()
    left = [item.submission.reference for item in meeting.items if item.recorded_at is None]
    audit.record(meeting.case, "close_panel", by=by, detail={"not_reached": left})


def voice_of(user: User) -> str:
    """What a person of the council speaks for on a panel, by their roles."""
    by_role = ((Role.ESTATES, "estates"), (Role.FINANCE, "finance"), (Role.AEO, "school"))
    return next((voice for role, voice in by_role if role in user.roles), "sen")


def _may_run(meeting: PanelMeeting, seen: int, by: Actor) -> None:
    if not may(by, Permission.PANEL):
        raise NotAllowed
    if meeting.closed_at:
        raise Refused("This meeting is closed.")
    if seen != meeting.version:
        raise MovedOn(MOVED)


def _at_the_panel(case: Submission) -> None:
    if case.stage is not Stage.PANEL:
        raise WrongStage(f"{case.reference} is not with the panel. It is at “{STAGES[case.stage].label}”.")


def _flush() -> None:
    """Raise MovedOn where somebody else wrote the row meanwhile."""
    try:
        db.session.flush()
    except StaleDataError:
        raise MovedOn(MOVED) from None
