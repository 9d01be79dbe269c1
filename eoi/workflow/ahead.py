"""Drafts that people begin before an officer has confirmed that they work at the school.

Until then a draft is its author's alone. Confirmed, it becomes the school's, beside the one that the school may have
begun meanwhile; refused, nobody but its author reads it until retention erases it. The caller commits.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eoi.extensions import db
from eoi.models import Submission, User
from eoi.queries import drafts
from eoi.rules import answers
from eoi.rules.errors import MovedOn, Refused, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions import form
from eoi.workflow import audit, drafting
from eoi.workflow.stages import require, touch

ANOTHER = "Your school has another expression of interest for this offer, which counts."


def give(urn: int, author: User, *, by: Actor) -> bool:
    """What the author drafted for this school becomes the school's: whether there was anything.

    Called by the verbs that confirm a place.

    Raises MovedOn where the school begins one for the same offer at this moment.
    """
    given = _held(urn, author)
    for draft in given:
        draft.beside = drafts.counting(draft) is not None
        draft.held_by, draft.lead = None, author
        try:
            touch(draft)
        except IntegrityError:
            raise MovedOn("The school has begun a draft at this moment. Confirm again.") from None
        audit.record(draft.case, "became the school's", by=by, detail={"author": author.name, "beside": draft.beside})
    return bool(given)


def keep_apart(urn: int, author: User, *, by: Actor) -> bool:
    """The author's drafts for this school stay theirs alone, to read and to download. Whether there are any.

    From this day retention counts.
    """
    refused = _held(urn, author)
    for draft in refused:
        touch(draft)
        audit.record(draft.case, "kept from the school", by=by, detail={"author": author.name})
    return bool(refused)


def take_over(beside: Submission, *, by: Actor) -> int:
    """Copy into the school's own draft what it lacks of this one: the number of sections that took something.

    What either holds stays. Raises NotAllowed; WrongStage where the other is no draft any more.
    """
    require(by, Permission.DRAFT, beside)
    into = drafts.counting(beside)
    if not beside.beside or into is None or not into.is_draft or not into.may_be_filled:
        raise WrongStage("There is no other draft that could take these answers.")
    source, target, facts, took = drafts.work(beside), drafts.work(into), into.facts(), 0
    for key in drafting.open_now(into).keys() & source.rows.keys():
        section = form(into.round.form).section(key)
        theirs = answers.typed(section, source.answers(section), source.unfinished(section))
        ours = answers.typed(section, target.answers(section), target.unfinished(section))
        known = {**target.answers(section), **target.unfinished(section)}
        asked = {question.key for question in answers.visible(section, source.answers(section), facts)}
        lacking = (asked & source.answers(section).keys()) - known.keys()
        if lacking:
            row = target.rows.get(key)
            merged = ours | {name: theirs[name] for name in lacking}
            drafting.save_section(into, key, merged, seen=row.version if row else 0, by=by)
            took += 1
    _take_files(source, target, by)
    audit.record(into.case, "took over", by=by, detail={"from": beside.id, "sections": took})
    return took


def stand_alone(submission: Submission) -> None:
    """One that stood beside another counts from now on, if the other has ended. Raises Refused where it has not."""
    if not submission.beside:
        return
    if drafts.counting(submission):
        raise Refused(ANOTHER + " Copy your answers to it, and submit that one.")
    submission.beside = False
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(ANOTHER) from None


def _take_files(source: drafts.Work, target: drafts.Work, by: Actor) -> None:
    there = {file.question for file in target.files}
    for file in source.files:
        if file.question not in there:
            drafting.add_document(
                target.submission, file.question, name=file.name, content_type=file.content_type, size=file.size,
                key=file.key, scanned=file.scanned, no_pupil_data=file.no_pupil_data, by=by,
            )  # fmt: skip


def _held(urn: int, author: User) -> list[Submission]:
    mine = select(Submission).where(Submission.urn == urn, Submission.held_by_id == author.id)
    return list(db.session.scalars(mine.order_by(Submission.id)))
