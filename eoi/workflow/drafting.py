"""The school fills in its expression of interest. What is valid is kept, what is not comes back to be mended."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from eoi.extensions import db, now, today
from eoi.models import Document, School, SectionAnswers, Submission, User
from eoi.models.round import Round
from eoi.models.submission import Channel, Exception_
from eoi.queries import drafts, named_schools
from eoi.rules import answers, editing
from eoi.rules.answers import Saved
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused, RoundClosed, WrongStage
from eoi.rules.facts import Facts
from eoi.rules.permissions import GRANTS, Actor, Permission, Role, may
from eoi.rules.questions import form
from eoi.rules.questions.types import Section
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Openness, Path, Phase
from eoi.workflow import audit, scanning
from eoi.workflow.facts import refresh_facts
from eoi.workflow.stages import MOVED, compare, require, touch

NOT_OPEN = "This part is not open for changes now."
MOST_EXPLAINED = 500  # characters
MOST_BYTES = 20 * 1024 * 1024  # all documents together (domain §9)


def start(
    round: Round, school: School, path: Path, need: Need, phase: Phase, *, by: Actor, channel: Channel = Channel.FORM
) -> Submission:
    """Begin a draft. The caller has asked `rules/eligibility` and commits.

    A strand open by exception begins with the school's case for it. Who waits to be confirmed at the school begins one
    that is theirs alone. Raises Refused where the school has one already, RoundClosed outside the round's dates,
    NotAllowed.
    """
    ahead = _may_start(school, by)
    if channel is Channel.FORM and not round.is_open(now()):
        raise RoundClosed("This round does not take new expressions of interest now.")
    strand = round.facts().strand(path, need, phase)
    by_exception = strand is not None and strand.openness is Openness.BY_EXCEPTION
    if ahead and by_exception:
        raise Refused("You make your case for an exception once we have confirmed that you work at the school.")
    submission = Submission(
        round=round, school=school, path=path, need=need, phase=phase, district_code=school.district_code,
        stage=Stage.DRAFT, stage_since=now(), created_at=now(), changed_at=now(), channel=channel,
        exception=Exception_.TO_ASK if by_exception else Exception_.NOT_NEEDED,
        lead_id=by.id if dict(by.schools).get(school.urn) else None, held_by_id=by.id if ahead else None,
    )  # fmt: skip
    db.session.add(submission)
    try:
        db.session.flush()
    except IntegrityError:  # two clicks, or two people of the school
        db.session.rollback()
        if (path, need, phase) not in drafts.live(round, school.urn, by):
            raise
        raise Refused("Your school already has an expression of interest for this path, need and phase.") from None
    audit.record(submission.case, "start", by=by, detail={"urn": school.urn}, to_stage=Stage.DRAFT)
    return submission


def _may_start(school: School, by: Actor) -> bool:
    """The people of a school start for it, officers for a school that wrote or called; True for who waits there."""
    roles = {role for urn, role in by.schools if urn == school.urn}
    if roles & set(GRANTS[Permission.DRAFT]) or may(by, Permission.LOG_FOR_SCHOOL):
        return False
    if school.urn not in by.asked:
        raise NotAllowed
    return True


def hand_over(submission: Submission, lead: User, *, seen: int, by: Actor) -> None:
    """Let this person of the school follow the case: our mail goes to them. The caller commits.

    Raises NotAllowed, Invalid for somebody who has no place at the school, MovedOn.
    """
    require(by, Permission.COLLEAGUES, submission)
    compare(submission, seen)
    if not lead.active or submission.urn not in lead.actor(today()).urns:
        raise Invalid({"lead": "Choose somebody of your school"})
    before = submission.lead
    if before is lead:
        return
    submission.lead = lead
    touch(submission)
    detail = {"from": before.name if before else "", "to": lead.name}
    audit.record(submission.case, "hand_over", by=by, detail=detail)


def pass_on(urn: int, before: User, after: User, *, by: Actor) -> None:
    """What one person of the school followed, another follows from now on: an officer has changed who works there."""
    if not may(by, Permission.INVITE_SCHOOLS):
        raise NotAllowed
    led = select(Submission).where(Submission.urn == urn, Submission.lead_id == before.id).order_by(Submission.id)
    for submission in db.session.scalars(led).all():
        submission.lead = after
        touch(submission)
        audit.record(submission.case, "hand_over", by=by, detail={"from": before.name, "to": after.name})


def save_section(
    submission: Submission, key: str, typed: Mapping[str, Any], *, seen: int, by: Actor,
    explained: Mapping[str, str] | None = None,
) -> Saved:  # fmt: skip
    """Keep one section's answers as typed (see `rules/answers.save`). The caller commits.

    `seen` is the version of the section that the page was drawn from, 0 where it was never saved. Questions that are
    not open now keep what they hold, whatever was typed. `explained` says, by question, why an answer that seems to
    tell of a pupil does not; without it, what was said of answers that have not changed stays. Raises MovedOn where
    somebody else saved the section first.
    """
    require(by, _permission(submission, by), submission)
    facts = submission.facts()
    opened = open_now(submission).get(key)
    if opened is None or not submission.may_be_filled:
        raise WrongStage(NOT_OPEN)
    row = drafts.section_rows(submission).get(key)
    if seen != (row.version if row else 0):
        raise MovedOn(MOVED)
    section = form(submission.round.form).section(key)
    held = row.answers if row else {}
    whole = {
        q.key: typed.get(q.key) if q.key in opened else answers.typed_from_value(q, held.get(q.key))
        for q in section.questions
    }
    saved = answers.save(section, facts, whole)
    for question, message in named_schools.refused(section.questions, saved.answers).items():
        del saved.answers[question]
        saved.unfinished[question], saved.errors[question] = whole[question], message
    row = row or SectionAnswers(submission_id=submission.id, key=key)
    row.explained = _explained(section, facts, saved.answers, held, row.explained or {}, explained)
    row.answers, row.unfinished = saved.answers, saved.unfinished
    row.changed_at, row.changed_by_id = now(), by.id
    db.session.add(row)
    _write_while_open(submission)
    refresh_facts(submission, drafts.answers(submission))
    audit.record(submission.case, "save_section", by=by, detail={"section": key, "answers": saved.answers})
    return saved


def _explained(
    section: Section, facts: Facts, now: Mapping[str, Any], before: Mapping[str, Any], said: Mapping[str, str],
    typed: Mapping[str, str] | None,
) -> dict[str, str]:  # fmt: skip
    """What is said of the answers that need it."""
    if typed is None:
        typed = {key: words for key, words in said.items() if now.get(key) == before.get(key)}
    asked = answers.flagged(section, now, facts)
    return {key: words[:MOST_EXPLAINED] for key in asked if (words := typed.get(key, "").strip())}


def carry_over(submission: Submission, sections: Mapping[str, Mapping[str, Any]], *, by: Actor) -> None:
    """Fill a fresh draft with valid answers: section key -> question key -> value. The caller commits."""
    require(by, _permission(submission, by), submission)
    opened = open_now(submission)
    for key in opened.keys() & sections.keys():
        row = SectionAnswers(
            submission_id=submission.id, key=key, answers=dict(sections[key]), unfinished={}, changed_at=now(),
            changed_by_id=by.id,
        )  # fmt: skip
        db.session.add(row)
    _write_while_open(submission)
    refresh_facts(submission, drafts.answers(submission))
    audit.record(submission.case, "carry_over", by=by, detail={"sections": sorted(sections)})


def open_now(submission: Submission) -> dict[str, frozenset[str]]:
    """Section key -> keys of the questions that may be answered now."""
    question = drafts.asked(submission) if submission.stage in editing.ASKED else None
    asked = question.keys if question else []
    return editing.open_questions(form(submission.round.form), submission.facts(), submission.stage, asked)


def _write_while_open(submission: Submission) -> None:
    """Write the section, then look again: a submission that went off meanwhile must not change behind its snapshot.

    The shared lock on the case waits for whoever is submitting it; SQLite's own write lock does the same.
    """
    try:
        db.session.flush()
    except (StaleDataError, IntegrityError):
        raise MovedOn(MOVED) from None
    stage = select(Submission.stage).where(Submission.id == submission.id).with_for_update(read=True)
    if db.session.scalar(stage) is not submission.stage:
        raise WrongStage("This was sent while you were typing, so your last change was not saved.")


def _permission(submission: Submission, by: Actor) -> Permission:
    """Drafts are filled in by the school, or by the officer who logs one that came by email or phone."""
    if submission.is_held:
        return Permission.DRAFT_AHEAD
    if logs(submission, by):
        return Permission.LOG_FOR_SCHOOL
    return Permission.DRAFT if submission.is_draft else Permission.ANSWER


def logs(submission: Submission, by: Actor) -> bool:
    """Whether this person fills it in as the officer who writes it down for the school."""
    return submission.is_draft and submission.is_being_logged and by.is_staff


def add_document(
    submission: Submission, question: str, *, name: str, content_type: str, size: int, key: str, scanned: str,
    no_pupil_data: bool, by: Actor, instead_of: Document | None = None,
) -> Document:  # fmt: skip
    """Add a file whose bytes are already checked and stored under `key`. The caller commits.

    It takes the place of the file that it is there `instead_of`, which stays in the record as an earlier version.
    A file that could not be scanned yet is held, and its scan is promised.
    Raises Refused without the tick, over 20 MB in all, or where the question is not open; MovedOn where the other file
    has gone meanwhile.
    """
    require(by, _permission(submission, by), submission)
    if not any(question in keys for keys in open_now(submission).values()):
        raise WrongStage(NOT_OPEN)
    if not no_pupil_data:
        raise Refused("Confirm that the file holds no pupil data.")
    others = [d.size for d in drafts.documents(submission) if instead_of is None or d.id != instead_of.id]
    if sum(others) + size > MOST_BYTES:
        raise Refused("All files together must be smaller than 20 MB. Remove one, or send a smaller version.")
    document = Document(
        submission_id=submission.id, question=question, name=name[-200:], content_type=content_type, size=size,
        key=key, scanned=scanned, no_pupil_data=True, added_at=now(), added_by_id=by.id,
        replaces_id=instead_of.id if instead_of else None,
    )  # fmt: skip
    if instead_of:
        _take_away(instead_of)
    db.session.add(document)
    _write_while_open(submission)
    if document.is_held:
        scanning.promise(document)
    action = "replace_document" if instead_of else "add_document"
    audit.record(submission.case, action, by=by, detail={"name": document.name, "sha256": key})
    return document


def _take_away(document: Document) -> None:
    """Once: of two people who replace or remove the same file, the second is told."""
    there = update(Document).where(Document.id == document.id, Document.removed_at.is_(None))
    taken = there.values(removed_at=now()).returning(Document.id).execution_options(synchronize_session=False)
    if db.session.scalar(taken) is None:
        raise MovedOn("Somebody else has replaced or removed this file. Go back to see what is there now.")
    db.session.refresh(document)


def remove_document(document: Document, *, by: Actor) -> None:
    """Take a file away; it stays in the record. The caller commits."""
    submission = document.submission
    require(by, _permission(submission, by), submission)
    if not any(document.question in keys for keys in open_now(submission).values()):
        raise WrongStage(NOT_OPEN)
    _take_away(document)
    _write_while_open(submission)
    audit.record(submission.case, "remove_document", by=by, detail={"name": document.name, "sha256": document.key})


def may_submit(submission: Submission, by: Actor) -> bool:
    """The headteacher's declaration submits; an editor may only draft."""
    return dict(by.schools).get(submission.urn) is Role.HEADTEACHER
