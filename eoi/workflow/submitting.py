"""The school sends its expression of interest: answers, register row and wording are frozen with their SHA-256.

The reference is the last write of the transaction, so that numbers have no gaps. The caller commits.
"""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import and_, delete, func, not_, update

from eoi.extensions import db, now, today
from eoi.models import Counter, Declaration, Snapshot, Submission
from eoi.models.submission import Channel, Exception_
from eoi.models.upsert import insert
from eoi.queries import drafts
from eoi.queries.signatures import wanted_declarers
from eoi.rules import editing, snapshots
from eoi.rules.chain import digest
from eoi.rules.declarations import HEAD, changed
from eoi.rules.errors import Invalid, Refused, RoundClosed, SchoolClosed, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions import form
from eoi.rules.stages import SILENT_UNTIL_LETTER
from eoi.rules.words import LONDON, Step, date_and_time
from eoi.workflow import ahead, audit, drafting, notices, outgoing, signing
from eoi.workflow.stages import compare, move, require

Problems = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Declared:
    """Who declares, or is asked by a link to `email`. An empty name: not yet, it follows within 10 working days.

    An officer who logs what a school told records who agreed, on which minute, without a link.
    """

    key: str  # of `rules/declarations`
    name: str
    minute_date: date | None = None
    email: str = ""


def ready(submission: Submission, steps: tuple[Step, ...] | None = None) -> Problems:
    """What stops each section of the open steps from being sent: section key -> question key -> message."""
    work = drafts.work(submission)
    steps = steps or editing.steps_open(submission.stage, work.facts.detail_with_eoi)
    sections = editing.sections_of(form(submission.round.form), work.facts, steps)
    found = {section.key: work.wrong(section, today()) for section in sections}
    return {key: wrong for key, wrong in found.items() if wrong}


def submit(submission: Submission, declared: list[Declared], *, seen: int, by: Actor) -> str:
    """Send the expression of interest, and return its reference: the same one after a reopening.

    An officer sends what they log for a school (see `logging.submit`): nobody has declared it yet, and what came
    before the round closed counts. Raises RoundClosed, SchoolClosed, Refused where tasks are open, Invalid on
    the declaration, NotAllowed, MovedOn.
    """
    logged = drafting.logs(submission, by)
    require(by, Permission.LOG_FOR_SCHOOL if logged else Permission.SUBMIT, submission)
    compare(submission, seen)
    if not logged:
        _round_takes(submission)
    refuse_closed(submission)
    _declarations_hold(submission, declared, logged, by)
    if submission.exception not in (Exception_.NOT_NEEDED, Exception_.ALLOWED):
        raise Refused("The council has not answered your case for an exception yet.")
    ahead.stand_alone(submission)
    move(submission, "submit_logged" if logged else "submit", by=by, seen=seen)
    if problems := ready(submission, editing.steps_to_submit(submission.round.detail_with_eoi)):
        raise Refused(f"{len(problems)} of your tasks are not completed yet.")
    submission.submitted_at = now()
    if submission.round.is_open(now()) and submission.round.closes_at is None:
        submission.due_on = None
    steps = editing.steps_to_submit(submission.round.detail_with_eoi)
    before, frozen = drafts.snapshot(submission), _freeze(submission, steps, Step.EOI, by)
    reference = submission.reference = submission.reference or _next_reference(now().astimezone(LONDON).year)
    again = signing.void(submission, changed(before.content, frozen.content), by=by) if before else {}
    _write_declarations(submission, declared, by)
    if not logged:
        _taken_over(submission)
        _tell_school(submission, "submitted")
        signing.ask(submission, again | {one.key: (one.name, one.email) for one in declared if one.email})
    db.session.flush()
    return reference


def refuse_closed(submission: Submission) -> None:
    """A school that the register has closed does not submit. Raises SchoolClosed, which says whom to ask."""
    if not submission.school.is_open:
        whom = current_app.config["COUNCIL_EMAIL"]
        raise SchoolClosed(
            f"The register of schools says that {submission.school.name} is not open, so it cannot submit. Your draft"
            " is kept. If the school goes on under a new number (URN), or the register is wrong, email"
            f" {whom}: we can move the draft."
        )


def reopen(submission: Submission, *, seen: int, by: Actor) -> None:
    """The school changes its mind before the round closes. The reference stays. Raises RoundClosed."""
    require(by, Permission.SUBMIT, submission)
    _round_takes(submission)
    move(submission, "reopen_draft", by=by, seen=seen)
    _taken_over(submission)


def _taken_over(submission: Submission) -> None:
    """A school that itself sends or reopens what an officer logged has made it its own."""
    if submission.channel is not Channel.FORM:
        submission.confirmed_at = submission.confirmed_at or now()


def send_detail(submission: Submission, *, seen: int, by: Actor) -> None:
    """The shortlisted school sends the detail. Raises Refused where tasks are open."""
    move(submission, "send_detail", by=by, seen=seen)
    if problems := ready(submission, (Step.DETAIL,)):
        raise Refused(f"{len(problems)} of your tasks are not completed yet.")
    _freeze(submission, (Step.EOI, Step.DETAIL), Step.DETAIL, by)
    _tell_school(submission, "detail_received")


def withdraw(submission: Submission, reason: str, *, seen: int, by: Actor) -> None:
    """The school withdraws, with its reason. Raises Invalid without one, WrongStage between decision and letter.

    An untold outcome reads the same whatever it is, so until its letter is issued nobody withdraws.
    """
    if not reason.strip():
        raise Invalid({"reason": "Enter why you withdraw"})
    if submission.stage in SILENT_UNTIL_LETTER and not submission.letter_issued:
        raise WrongStage("The decision is made and its letter is on the way. Read it first, then decide.")
    move(submission, "withdraw", by=by, seen=seen, detail={"reason": reason})
    submission.withdrawn_reason = reason.strip()
    _tell_school(submission, "withdrawn")


def _round_takes(submission: Submission) -> None:
    closes = submission.round.closes_at
    if closes and now() >= closes:
        raise RoundClosed(f"The round closed on {date_and_time(closes)}. What you typed is kept.")
    if not submission.round.is_open(now()):
        raise RoundClosed("The round has not opened yet. What you typed is kept.")


def _declarations_hold(submission: Submission, declared: list[Declared], logged: bool, by: Actor) -> None:
    given = {d.key: d for d in declared}
    errors, names = {}, {}
    for wanted in wanted_declarers(submission):
        one = given.get(wanted.key)
        if not one or not one.name.strip():
            if not wanted.follows and not logged:
                errors[wanted.key] = "Enter your name to declare"
            continue
        if one.minute_date and one.minute_date > today():
            errors[f"{wanted.key}-minute"] = "Enter a date of the minute that is today or in the past"
        names[wanted.key] = one.name.strip().casefold()
    clashes = signing.addresses_clash({one.key: one.email for one in declared}, by.email)
    errors |= {f"{key}-email": message for key, message in clashes.items()}
    if names.get("chair") and names["chair"] == names.get("headteacher"):
        errors["chair"] = "Enter another person than the headteacher: the chair cannot be the same"
    if errors:
        raise Invalid(errors)


def _write_declarations(submission: Submission, declared: list[Declared], by: Actor) -> None:
    """Write what is declared now. What others confirmed by link stays: `signing.void` came before."""
    by_link = and_(Declaration.email != "", func.lower(Declaration.role) != HEAD)
    db.session.execute(delete(Declaration).where(Declaration.submission_id == submission.id, not_(by_link)))
    roles = {wanted.key: wanted.role for wanted in wanted_declarers(submission)}
    for one in declared:
        if one.key in roles and one.name.strip() and one.email in ("", by.email):
            db.session.add(
                Declaration(
                    submission_id=submission.id,
                    role=roles[one.key],
                    name=one.name.strip()[:200],
                    minute_date=one.minute_date,
                    declared_at=now(),
                    declared_by_id=by.id,
                )
            )
    db.session.flush()


def _freeze(submission: Submission, steps: tuple[Step, ...], step: Step, by: Actor) -> Snapshot:
    """Freeze what is sent, and promise the PDF that a job renders from it once."""
    work = drafts.work(submission)
    content = snapshots.content(
        form(submission.round.form), steps, work.facts, work.everything,
        wording={wanted.role: wanted.statement for wanted in wanted_declarers(submission)},
        details={"round": submission.round.name, "submitted_by": by.name, "submitted_at": now().isoformat()},
        names=work.schools_named(), explained=work.explanations,
        documents=[snapshots.FiledDocument(d.question, d.name, d.key) for d in work.files],
    )  # fmt: skip
    frozen = Snapshot(submission_id=submission.id, step=step, content=content, sha256=digest(content), made_at=now())
    db.session.add(frozen)
    db.session.flush()
    outgoing.promise("eoi_pdf", f"eoi pdf {frozen.id}", {"snapshot_id": frozen.id}, submission.id)
    audit.record(submission.case, "freeze", by=by, detail={"step": step, "sha256": frozen.sha256})
    return frozen


def keep_print(snapshot: Snapshot, key: str, *, by: Actor) -> None:
    """Keep the PDF that a job made of this snapshot. A second run of the job changes nothing."""
    if snapshot.pdf_key is None:
        snapshot.pdf_key = key
        audit.record(snapshot.submission.case, "print", by=by, detail={"step": snapshot.step, "sha256": key})


def _next_reference(year: int) -> str:
    """EOI-2026-0001: gapless, since the counter moves in the transaction that uses it."""
    name = f"EOI-{year}"
    db.session.execute(insert(Counter).values(name=name, value=0).on_conflict_do_nothing(index_elements=["name"]))
    moved = update(Counter).where(Counter.name == name).values(value=Counter.value + 1).returning(Counter.value)
    return f"{name}-{db.session.scalar(moved):04d}"


def _tell_school(submission: Submission, template: str) -> None:
    notices.tell_school(template, submission, f"{template} {submission.id} {submission.version}")
