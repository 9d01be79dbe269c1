"""How a page of the review opens a case, tells its clock, and tries a verb."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import current_app, g, request, url_for

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import Submission
from eoi.queries.tasks import Moment
from eoi.rules import clocks, workdays
from eoi.rules.clocks import Clock, OnHold
from eoi.rules.errors import Invalid, MovedOn, NotFound, Refused
from eoi.rules.permissions import Permission, Relation, relation_of
from eoi.rules.stages import STAGES, Court
from eoi.rules.words import LONDON
from eoi.web.access import actor, find_submission
from eoi.web.fields import VersionField
from eoi.web.forms import Form

SOON = 10  # working days
UNKNOWN = -1  # a version that no case has


class NotDeclared(Refused):
    """Say first whether you have a conflict of interest. The case opens to you then."""

    status = 403
    title = "Say first whether you have a conflict"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref


class SeenForm(Form):
    """The version that the page was drawn with: the start of every form of the review."""

    version = VersionField()


def find_case(ref: str, permission: Permission = Permission.READ_CASE) -> Submission:
    """The case, for a person who may do this on it.

    Raises NotFound, also for a draft that an officer logs; NotAllowed; NotDeclared where it is open to them as an
    assigned person only, who has not said yet whether they are in conflict.
    """
    submission = find_submission(ref, permission)
    if submission.is_draft:
        raise NotFound
    if reads_assigned_only() and actor().id not in case_facts().clear | case_facts().conflicted:
        raise NotDeclared(ref)
    return submission


def reads_assigned_only() -> bool:
    """Whether the person reads cases only because they are assigned to them."""
    return Relation.ANY not in relation_of(actor(), Permission.READ_CASE) and not actor().delegated


def attempt(verb: Callable[[], Any], yours: Mapping[str, str] | None = None) -> dict[str, str]:
    """Run the verb and commit. What it refuses comes back by field, "" for the page as a whole.

    Raises every other refusal; MovedOn carries what the person typed, label by label.
    """
    try:
        verb()
        db.session.commit()
        return {}
    except Invalid as refused:
        wrong = dict(refused.errors)
    except MovedOn as moved:
        raise MovedOn(moved.message, moved.theirs, dict(yours or {})) from None
    except Refused as refused:
        if refused.status != Refused.status:
            raise
        wrong = {"": refused.message}
    db.session.rollback()
    return wrong


def drawn(reference: str | None) -> int:
    """The version of this case that a page of several was drawn with; `UNKNOWN` for junk."""
    typed = request.form.get(f"version-{reference}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else UNKNOWN


def told(form: Form, wrong: Mapping[str, str]) -> dict[str, str]:
    """Put each refusal on its field; what belongs to no field is left for the page's summary."""
    for name in wrong.keys() & form._fields.keys():
        form[name].errors = [wrong[name]]
    return {name: message for name, message in wrong.items() if name not in form._fields}


def moment() -> Moment:
    """The moment of this request, with the last day that counts as soon."""
    return Moment(now(), today(), workdays.add(today(), SOON, bank_holidays()))


def clock_of(case: Any, closures: list[list[str]]) -> Clock:
    """Where a case, or a row of a list, stands against its stage's target."""
    closed: Any = bank_holidays()
    if STAGES[case.stage].court is Court.SCHOOL:
        spans = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in closures)
        closed = workdays.Closed(closed, spans)
    since, hold = case.stage_since.astimezone(LONDON).date(), OnHold(case.on_hold_since, case.hold_days)
    return clocks.clock(case.stage, since, case.due_on, today(), closed, hold)


def url_if(endpoint: str, **values: Any) -> str:
    """The address of a page, or "" where the service does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def case_facts() -> Any:
    """What permissions look at on the case that this page has opened."""
    return g.case
