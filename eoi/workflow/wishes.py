"""What a school tells or asks for after its decision letter, and what the council does with it. The caller commits."""

from datetime import date

from eoi.extensions import bank_holidays, db, now, today
from eoi.models import SchoolRequest, Submission
from eoi.queries import talking
from eoi.rules.errors import Invalid, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.talking import WISH_LABELS, Ground, Offered, Wish, offered
from eoi.rules.words import long_date
from eoi.workflow import audit, notices
from eoi.workflow.stages import require


def offers(submission: Submission) -> list[Offered]:
    """What the school may tell or ask for now, with the last day of each."""
    if not submission.letter_issued:
        return []
    letter_on, needed_by = talking.decision_letter(submission)
    return offered(submission.stage, letter_on, needed_by, today(), bank_holidays())


def ask(
    submission: Submission, wish: Wish, text: str = "", ground: Ground | None = None, *, by: Actor
) -> SchoolRequest:
    """Tell the council that the school wishes to proceed, or ask it for a feedback call or a review of process.

    Its officer gets a mail. Raises NotAllowed, WrongStage where there is no such thing now, Refused where its last day
    has passed or it was asked before, Invalid.
    """
    require(by, Permission.SUBMIT if wish is not Wish.CALL else Permission.ANSWER, submission)
    offer = next((one for one in offers(submission) if one.wish is wish), None)
    if offer is None:
        raise WrongStage(f"This is at “{submission.public_stage}” now, so that cannot be asked for.")
    if not offer.open:
        raise Refused(f"The last day was {long_date(offer.until)}.")
    if any(one.wish is wish for one in talking.requests(submission)):
        raise Refused("You have told us already.")
    errors = {}
    if wish is Wish.REVIEW and ground is None:
        errors["ground"] = "Choose what went wrong"
    if wish is not Wish.PROCEED and not text.strip():
        errors["text"] = "Enter what went wrong" if wish is Wish.REVIEW else "Enter when we can reach you, and whom"
    if errors:
        raise Invalid(errors)
    made = SchoolRequest(
        submission_id=submission.id, wish=wish, ground=ground, text=text.strip(), asked_at=now(), asked_by_id=by.id
    )
    db.session.add(made)
    db.session.flush()
    audit.record(submission.case, f"wish_{wish}", by=by, detail={"text": text.strip(), "ground": ground})
    path = f"/review/submissions/{submission.reference}/messages"
    notices.tell_council("wish", submission, f"wish {made.id}", path=path, what=WISH_LABELS[wish].lower())
    return made


def take_up(submission: Submission, *, by: Actor) -> None:
    """The review of process that the school asked for is recorded: its request is dealt with."""
    if request := talking.open_request(submission, Wish.REVIEW):
        request.done_on, request.done_note, request.done_by_id = today(), "Passed on to the director", by.id


def settle(submission: Submission, request: SchoolRequest, on: date | None, note: str, *, by: Actor) -> None:
    """Note that a call was held, a reply was seen, a request was dealt with, and when.

    Raises NotAllowed, Refused where somebody did so before, Invalid.
    """
    require(by, Permission.MESSAGE, submission)
    if request.done_on:
        raise Refused("Somebody has marked this as done already.")
    errors = {}
    if on is None or on > today():
        errors["done_on"] = "Enter the date, today or in the past"
    if not note.strip():
        errors["note"] = "Enter what came of it"
    if on is None or errors:
        raise Invalid(errors)
    request.done_on, request.done_note, request.done_by_id = on, note.strip(), by.id
    audit.record(submission.case, "settle_wish", by=by, detail={"wish": request.wish, "note": note.strip()})
