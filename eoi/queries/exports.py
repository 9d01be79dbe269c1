"""The rows of an export, for a few cases at a time: those that the person who asked may see."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import (
    Assignment,
    Clarification,
    Conflict,
    Document,
    Letter,
    Record,
    Round,
    Score,
    Snapshot,
    Submission,
    User,
)
from eoi.queries import review
from eoi.queries.lists import CaseRow, rows
from eoi.queries.submissions import seen_by, visible_to
from eoi.rules.exporting import What
from eoi.rules.permissions import Actor, Role
from eoi.rules.questions import FORMS
from eoi.rules.records import RECORDS
from eoi.rules.showing import shown
from eoi.rules.stages import STAGES
from eoi.rules.transitions import BY_ACTION
from eoi.rules.words import LONDON, Step, label

Cells = Sequence[Any]
LIST = (
    "Reference", "School", "URN", "District", "Path", "Need", "Phase", "Places", "Stage", "In this stage since",
    "Due", "Submitted", "Case officer", "Score",
)  # fmt: skip
CASE = ("Reference", "School", "URN")
QUESTIONS = tuple(q for section in FORMS["y2026"].sections for q in section.questions)
HEADINGS: dict[What, tuple[str, ...]] = {
    What.LIST: LIST,
    What.ANSWERS: (*CASE, "As sent on", *(q.label for q in QUESTIONS)),
    What.SCORES: (*CASE, "Scorer", "Locked on", "Criterion", "Weight", "Score", "Comment", "Counts"),
    What.REVIEWS: (*CASE, "Record", "Made on", "By", "Question", "Answer"),
}


def list_cells(row: CaseRow, with_scores: bool) -> Cells:
    """A case of the list, in the order of `LIST`."""
    return (
        row.reference, row.school, row.urn, row.district, label(row.path), label(row.need), label(row.phase),
        row.places, STAGES[row.stage].label, row.stage_since.astimezone(LONDON).date().isoformat(),
        row.due_on.isoformat() if row.due_on else None,
        row.submitted_at.astimezone(LONDON).date().isoformat() if row.submitted_at else None, row.owner,
        row.score if with_scores else None,
    )  # fmt: skip


def cells(what: What, ids: Sequence[int], actor: Actor) -> Iterator[Cells]:
    """The rows of these cases, in the order of `ids`; a case that the person may not see has none."""
    if what is What.LIST:
        found = {row.id: row for row in db.session.execute(rows().where(visible_to(actor), Submission.id.in_(ids)))}
        yield from (list_cells(found[one], Role.SCORER not in actor.roles) for one in ids if one in found)
        return
    make = {What.ANSWERS: _answers, What.SCORES: _scores, What.REVIEWS: _records}[what]
    cases_ = cases(ids, actor)
    yield from make([cases_[one] for one in ids if one in cases_], actor)


def cases(ids: Sequence[int], actor: Actor) -> dict[int, Submission]:
    """These cases by id, as far as the person may see them."""
    found = seen_by(actor).where(Submission.id.in_(ids)).options(joinedload(Submission.round).lazyload(Round.strands))
    return {case.id: case for case in db.session.scalars(found)}


def _names(case: Submission) -> tuple[Any, ...]:
    return case.reference, case.school.name, case.urn


def _by_case(model: Any, found: Sequence[Submission], *options: Any) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    wanted = select(model).where(model.submission_id.in_([case.id for case in found])).order_by(model.id)
    for row in db.session.scalars(wanted.options(*options)):
        grouped[row.submission_id].append(row)
    return grouped


def _answers(found: Sequence[Submission], _: Actor) -> Iterator[Cells]:
    """As the school last sent them, with what it changed when it was asked."""
    sent, asked = _by_case(Snapshot, found), _by_case(Clarification, found)
    for case in found:
        frozen = [one for one in sent[case.id] if one.step in (Step.EOI, Step.DETAIL)]
        if not frozen:
            continue
        texts = {q["key"]: q["shown"] for section in frozen[-1].content["sections"] for q in section["questions"]}
        for one in asked[case.id]:
            changed = {key: value for key, value in one.after.items() if one.before.get(key) != value}
            texts |= {q.key: shown(q, changed[q.key]) for q in QUESTIONS if q.key in changed}
        day = frozen[-1].made_at.astimezone(LONDON).date().isoformat()
        yield (*_names(case), day, *(texts.get(q.key, "") for q in QUESTIONS))


def _scores(found: Sequence[Submission], actor: Actor) -> Iterator[Cells]:
    """The locked scores, those of people in conflict marked as set aside; none of a case that the person scores."""
    assigned, given = _by_case(Assignment, found), _by_case(Score, found)
    against = {(one.submission_id, one.user_id) for many in _by_case(Conflict, found).values() for one in many
               if one.conflicted}  # fmt: skip
    names = dict(db.session.execute(select(User.id, User.name)).all())
    for case in found:
        if not review.sees_scores(case, actor):
            continue
        locked = {one.user_id: one.locked_at for one in assigned[case.id] if one.locked_at}
        criteria = {one.key: one for one in case.round.criteria}
        for score in given[case.id]:
            if score.user_id in locked and score.criterion in criteria:
                one, day = criteria[score.criterion], locked[score.user_id].astimezone(LONDON).date().isoformat()
                counts = "No: set aside" if (case.id, score.user_id) in against else "Yes"
                value = "Abstained" if score.abstained else score.value
                yield (*_names(case), names[score.user_id], day, one.title, one.weight, value, score.comment, counts)


def _records(found: Sequence[Submission], _: Actor) -> Iterator[Cells]:
    kept = _by_case(Record, found)
    for case in found:
        for one in kept[case.id]:
            step = BY_ACTION.get(one.action)
            title = step.done if step else RECORDS[one.kind].title
            day = one.made_at.astimezone(LONDON).date().isoformat()
            for question in RECORDS[one.kind].questions:
                if text := shown(question, one.answers.get(question.key)):
                    yield (*_names(case), title, day, one.made_by_role, question.label, text)


def files(found: Sequence[Submission]) -> tuple[dict[int, list[Any]], dict[int, list[Any]], dict[int, list[Any]]]:
    """The snapshots, documents and letters of these cases, each by case, the oldest first."""
    return _by_case(Snapshot, found), _by_case(Document, found), _by_case(Letter, found)
