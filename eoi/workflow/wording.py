"""The wording of letters, kept per round: each change is a version of its own. The only code that writes it.

The caller commits.
"""

from eoi.extensions import db, now
from eoi.models import LetterTemplate, Round
from eoi.queries import wordings
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, NotFound
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.statutory import Route
from eoi.rules.wording import shipped
from eoi.rules.wording.filling import wrong
from eoi.workflow import audit
from eoi.workflow.stages import MOVED

SHIPPED = 1  # the version that every round begins with


def change(round: Round, kind: LetterKind, route: Route | None, text: str, *, seen: int, by: Actor) -> LetterTemplate:
    """Keep a new version of this wording. `seen` is the version that the page was drawn with.

    Raises Invalid with all that is wrong with the text, MovedOn with both texts, NotAllowed, NotFound.
    """
    if not may(by, Permission.EDIT_WORDING):
        raise NotAllowed
    if route not in shipped.variants(kind):
        raise NotFound
    held = wordings.latest(round.id, kind, route)
    version = held.version if held else SHIPPED
    if seen != version:
        raise MovedOn(MOVED, {"Wording": held.text if held else ""}, {"Wording": text})
    if mistakes := wrong(text, kind):
        told = [f"{one.message}: {one.words}" if one.words else one.message for one in mistakes]
        raise Invalid({"text": ". ".join(told)})
    made = LetterTemplate(
        round_id=round.id, kind=kind, route=route or "", version=version + 1, text=text, made_at=now(),
        made_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    detail = {"kind": kind, "route": route or "", "version": made.version, "text": text}
    audit.record(f"round:{round.id}", "change_wording", by=by, detail=detail)
    return made
