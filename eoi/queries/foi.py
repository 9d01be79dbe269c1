"""What the council holds of a case, item by item, for a request under the Freedom of Information Act.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from eoi.extensions import db
from eoi.models import AuditDetail, AuditEntry, FoiMark, FoiRequest, Membership, Submission, User, UserRole
from eoi.queries import cases, drafts, named_schools, review
from eoi.rules import foi
from eoi.rules.answers import visible
from eoi.rules.foi import Item, Proposal
from eoi.rules.permissions import Role
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind, Question
from eoi.rules.records import RECORDS
from eoi.rules.showing import shown
from eoi.rules.words import label

#: Named in public: theirs is the decision, or the school.
SENIOR = frozenset({Role.HEAD_OF_SEN, Role.DIRECTOR})
PUBLIC_NAMES = frozenset({"head_name", "trust_name"})


@dataclass(frozen=True, slots=True)
class Considered:
    """An item with what the rules propose and what an officer decided, if anybody did."""

    item: Item
    proposed: Proposal
    mark: FoiMark | None

    @property
    def now(self) -> Proposal:
        """What holds: the decision, else the proposal."""
        return Proposal(self.mark.withheld, self.mark.exemption, self.mark.reason) if self.mark else self.proposed


def register() -> list[FoiRequest]:
    """Every request, the open ones first by their day."""
    rows = select(FoiRequest).order_by(FoiRequest.answered_on.is_not(None), FoiRequest.due_on, FoiRequest.id)
    return list(db.session.scalars(rows))


def considered(request: FoiRequest, submission: Submission) -> list[Considered]:
    """Every item of the case in order, with its proposal and its decision for this request."""
    answers = drafts.answers(submission)
    rows = select(FoiMark).where(FoiMark.request_id == request.id, FoiMark.submission_id == submission.id)
    marks = {mark.item: mark for mark in db.session.scalars(rows)}
    marked, why = answers.get("sensitive_parts") or [], answers.get("sensitive_why") or ""
    found = []
    for item in items(submission, answers):
        proposed = foi.proposal(item, marked=marked, why=why, decided=submission.letter_issued)
        found.append(Considered(item, proposed, marks.get(item.key)))
    return found


def items(submission: Submission, answers: Mapping[str, Any]) -> Iterator[Item]:
    """What is held: answers, declarations, questions asked, records, scores, the decision, letters and documents."""
    yield from _answers(submission, answers)
    for one in drafts.declarations(submission):
        person = one.role.lower() != "headteacher"
        yield Item(f"declaration {one.id}", "Declarations", one.role, one.name, "governors", person=person)
    for asked in review.clarifications(submission):
        yield Item(f"text {asked.id}", "Questions to the school", "Question", asked.text, "asked")
        if asked.reply:
            yield Item(f"reply {asked.id}", "Questions to the school", "Reply", asked.reply, "asked")
    yield from _review(submission)
    for document in drafts.documents(submission):
        yield Item(f"document {document.id}", "Documents", "Attach or withhold this file", document.name, "documents")


def _answers(submission: Submission, answers: Mapping[str, Any]) -> Iterator[Item]:
    facts, sections = submission.facts(), form(submission.round.form).sections
    asked = [(section, q) for section in sections if section.applies(facts) for q in visible(section, answers, facts)]
    names = named_schools.names((q for _, q in asked), answers)
    for section, q in asked:
        text = shown(q, answers.get(q.key), names)
        if text:
            yield Item(f"answer {q.key}", section.title, q.label, text, section.key, person=_is_personal(q))


def _is_personal(question: Question) -> bool:
    named = question.key.endswith(("_name", "_phone")) and question.key not in PUBLIC_NAMES
    return named or question.kind is Kind.EMAIL


def _review(submission: Submission) -> Iterator[Item]:
    for record in cases.records(submission):
        section = RECORDS[record.kind]
        lines = [(q.label, shown(q, record.answers.get(q.key))) for q in section.questions]
        text = "\n".join(f"{key}: {value}" for key, value in lines if value)
        yield Item(f"record {record.id}", "Records of the review", section.title, text, record.kind)
    for score in review.locked_scores(submission):
        text = f"{score.value} of 4. {score.comment}"
        yield Item(f"score {score.id}", "Scores", f"Criterion {score.criterion}, one scorer", text, "scores")
    if found := review.decision(submission):
        parts = [label(found.outcome), found.strengths, found.would_help, found.reason, found.needed]
        text = "\n".join(part for part in [*parts, *(reason.text for reason in found.reasons)] if part)
        part = "decision" if submission.letter_issued else "panel"  # told, or still advice
        yield Item(f"decision {found.id}", "Decision", "Decision of the Head of SEN", text, part)
    for letter in review.letters(submission):
        if letter.is_issued:
            text = f"Letter {letter.number}. Attach the PDF from the case"
            yield Item(f"letter {letter.id}", "Letters", "Letter", text, "letters")


def junior_names(submission: Submission) -> set[str]:
    """Whoever took part and is neither a senior officer nor a headteacher."""
    actors = (
        select(AuditDetail.actor_name)
        .join(AuditEntry, AuditEntry.id == AuditDetail.entry_id)
        .where(AuditEntry.case == submission.case, AuditEntry.actor_kind != "system")
        .distinct()
    )
    senior = select(User.name).where(
        User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(SENIOR)))
        | User.id.in_(select(Membership.user_id).where(Membership.role == Role.HEADTEACHER))
    )
    answers = drafts.answers(submission)
    named = {value for key, value in answers.items() if key.endswith("_name") and key not in PUBLIC_NAMES}
    panel = {row.get("name") for one in cases.records(submission) for row in one.answers.get("members") or ()}
    signed = {one.name for one in drafts.declarations(submission) if one.role.lower() != "headteacher"}
    everybody = set(db.session.scalars(actors)) | named | panel | signed
    return {name for name in everybody if isinstance(name, str) and name} - set(db.session.scalars(senior))
