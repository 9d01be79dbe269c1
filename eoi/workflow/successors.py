"""A school that goes on under another number in the register: its drafts and its people go there."""

from sqlalchemy.exc import IntegrityError

from eoi.extensions import db
from eoi.models import Membership, School
from eoi.queries import drafts, successors
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.permissions import Actor, Permission, may
from eoi.workflow import audit
from eoi.workflow.stages import touch


def move(closed: School, urn: int, *, by: Actor) -> int:
    """Move all drafts of a closed school, and the places of its people, to the school that goes on: how many drafts.

    The caller commits. What was sent stays, with the places of its readers. Raises NotAllowed, Refused where the
    register has the school open or the other has the same offer, Invalid for a number that is no open mainstream
    school of the council.
    """
    if not may(by, Permission.INVITE_SCHOOLS):
        raise NotAllowed
    if closed.is_open:
        raise Refused(f"{closed.name} is open, according to the register of schools.")
    into = db.session.get(School, urn)
    if into is None or not into.is_open or not into.is_mainstream or into.la_code != closed.la_code:
        raise Invalid({"urn": "Enter the URN of an open mainstream school of the council"})
    moving = successors.drafts_of(closed.urn)
    for draft in moving:
        counts = draft.held_by_id is None and not draft.beside
        if counts and (draft.path, draft.need, draft.phase) in drafts.live(draft.round, urn, by):
            raise Refused(f"{into.name} has an expression of interest for the same path, need and phase already.")
    detail = {"from": closed.urn, "to": urn}
    for draft in moving:
        draft.school, draft.district_code = into, into.district_code
        try:
            touch(draft)
        except IntegrityError:
            raise MovedOn(f"{into.name} has begun a draft at this moment. Look again.") from None
        audit.record(draft.case, "move_school", by=by, detail=detail)
    stays = bool(successors.others_at(closed.urn))
    for place in successors.places_at(closed.urn):
        _move_place(place, urn, stays)
        audit.record(f"user:{place.user_id}", "moved school", by=by, detail=detail)
    audit.record("register", "school goes on", by=by, detail=detail | {"drafts": len(moving)})
    return len(moving)


def _move_place(place: Membership, urn: int, stays: bool) -> None:
    user = place.user
    there = any(other.urn == urn for other in user.memberships)
    if stays and not there:
        user.memberships.append(
            Membership(urn=urn, role=place.role, confirmed_at=place.confirmed_at, confirmed_by=place.confirmed_by)
        )
    elif not stays and there:
        user.memberships.remove(place)
    elif not stays:
        place.urn = urn
