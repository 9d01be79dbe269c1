"""What a school has answered so far, for the form's pages and for the verbs that check it.

Reached only with a submission that `queries/submissions` has found for the actor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import Declaration, Document, Letter, Link, Round, School, SectionAnswers, Snapshot, Submission
from eoi.models.review import Clarification
from eoi.models.submission import ENDED
from eoi.queries import named_schools
from eoi.queries.submissions import seen_by
from eoi.rules import answers as rules
from eoi.rules.answers import Status
from eoi.rules.facts import Facts
from eoi.rules.permissions import NOBODY, Actor
from eoi.rules.questions import form
from eoi.rules.questions.types import Question, Section
from eoi.rules.words import Need, Path, Phase, Step


def section_rows(submission: Submission) -> dict[str, SectionAnswers]:
    """The saved sections by key, as they are in the database now, with who saved each last."""
    rows = select(SectionAnswers).where(SectionAnswers.submission_id == submission.id)
    rows = rows.options(joinedload(SectionAnswers.changed_by))
    return {row.key: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}


def answers(submission: Submission) -> dict[str, Any]:
    """Every answer of the submission, by question key."""
    return {key: value for row in section_rows(submission).values() for key, value in row.answers.items()}


def documents(submission: Submission) -> Sequence[Document]:
    """The files that are still there, oldest first."""
    rows = select(Document).where(Document.submission_id == submission.id, Document.removed_at.is_(None))
    return db.session.scalars(rows.order_by(Document.id)).all()


def every_document(submission: Submission) -> Sequence[Document]:
    """Every file and every version of it, with who added it, oldest first; removed ones too."""
    rows = select(Document).where(Document.submission_id == submission.id).options(joinedload(Document.added_by))
    return db.session.scalars(rows.order_by(Document.id)).all()


def earlier(file: Document, files: Sequence[Document]) -> list[Document]:
    """The versions that this file replaced one after another, the latest first."""
    by_id, found = {one.id: one for one in files}, []
    while file.replaces_id in by_id:
        file = by_id[file.replaces_id]
        found.append(file)
    return found


def document(submission: Submission, public_id: str) -> Document | None:
    """The file of this submission with this public id, if it is still there."""
    rows = select(Document).where(
        Document.submission_id == submission.id, Document.public_id == public_id, Document.removed_at.is_(None)
    )
    return db.session.scalars(rows).one_or_none()


def declarations(submission: Submission) -> Sequence[Declaration]:
    """Who stands behind it, in the order they were recorded at the last submission."""
    rows = select(Declaration).where(Declaration.submission_id == submission.id).order_by(Declaration.id)
    return db.session.scalars(rows).all()


def snapshot(submission: Submission, step: Step = Step.EOI) -> Snapshot | None:
    """The latest frozen copy of this step."""
    rows = select(Snapshot).where(Snapshot.submission_id == submission.id, Snapshot.step == step)
    return db.session.scalars(rows.order_by(Snapshot.id.desc()).limit(1)).one_or_none()


def latest_snapshot(submission: Submission) -> Snapshot | None:
    """What was frozen last: the detail, which holds the expression of interest too, where it has been sent."""
    rows = select(Snapshot).where(Snapshot.submission_id == submission.id, Snapshot.step.in_([*Step]))
    return db.session.scalars(rows.order_by(Snapshot.id.desc()).limit(1)).one_or_none()


def of_link(link: Link) -> Submission | None:
    """The submission that a one-time link is about: who holds the link may see it."""
    return db.session.get(Submission, link.submission_id) if link.submission_id else None


def asked(submission: Submission) -> Clarification | None:
    """The question that the school is to answer now, if there is one."""
    rows = select(Clarification).where(
        Clarification.submission_id == submission.id,
        Clarification.answered_at.is_(None),
        Clarification.closed_at.is_(None),
    )
    return db.session.scalars(rows.order_by(Clarification.id.desc()).limit(1)).one_or_none()


def issued_letters(submission: Submission) -> Sequence[Letter]:
    """The letters that the school may read, newest first."""
    rows = select(Letter).where(Letter.submission_id == submission.id, Letter.released_at.is_not(None))
    rows = rows.where(Letter.key.is_not(None))  # a job may still be printing it
    return db.session.scalars(rows.order_by(Letter.released_at.desc(), Letter.id.desc())).all()


def issued_letter(submission: Submission, public_id: str) -> Letter | None:
    """The letter of this submission with this public id, if the school may read it."""
    return next((letter for letter in issued_letters(submission) if letter.public_id == public_id), None)


def of_schools(actor: Actor) -> Sequence[Submission]:
    """The expressions of interest of the person's schools, the one changed last first."""
    own = seen_by(actor).where(Submission.urn.in_(actor.urns), Submission.held_by_id.is_(None))
    return db.session.scalars(own.order_by(Submission.changed_at.desc(), Submission.id.desc())).all()


def begun_ahead(actor: Actor) -> Sequence[Submission]:
    """What the person began at schools where nobody has confirmed them, refused ones too, the latest change first."""
    own = seen_by(actor).where(Submission.held_by_id == actor.id)
    return db.session.scalars(own.order_by(Submission.changed_at.desc(), Submission.id.desc())).all()


def schools_to_start(actor: Actor) -> Sequence[School]:
    """The schools that the person may begin a draft for, those included where their place waits; by name."""
    urns = actor.urns | actor.asked
    return db.session.scalars(select(School).where(School.urn.in_(urns)).order_by(School.name)).all()


def schools_of(actor: Actor) -> Sequence[School]:
    """The schools that the person acts for, by name."""
    return db.session.scalars(select(School).where(School.urn.in_(actor.urns)).order_by(School.name)).all()


def live(round: Round, urn: int, actor: Actor = NOBODY) -> dict[tuple[Path, Need, Phase], Submission]:
    """The school's expressions of interest in this round that have not ended, by what they offer.

    For an `actor` who waits to be confirmed there, only what they began themselves: they learn nothing of the school.
    """
    ahead = urn in actor.asked
    whose = Submission.held_by_id == actor.id if ahead else and_(Submission.held_by_id.is_(None), ~Submission.beside)
    rows = select(Submission).where(
        Submission.round_id == round.id, Submission.urn == urn, Submission.stage.not_in(ENDED), whose
    )
    return {(s.path, s.need, s.phase): s for s in db.session.scalars(rows)}


def counting(submission: Submission) -> Submission | None:
    """The school's live expression of interest for the same offer in the same round, this one left out."""
    rows = select(Submission).where(
        Submission.round_id == submission.round_id, Submission.urn == submission.urn,
        Submission.path == submission.path, Submission.need == submission.need,
        Submission.phase == submission.phase, Submission.stage.not_in(ENDED), Submission.held_by_id.is_(None),
        ~Submission.beside, Submission.id != submission.id,
    )  # fmt: skip
    return db.session.scalars(rows).one_or_none()


@dataclass(frozen=True, slots=True)
class Work:
    """One school's form as far as it is, loaded once for a page: answers, who saved them, files. Two queries.

    `every_file` holds earlier versions and removed ones too.
    """

    submission: Submission
    facts: Facts
    rows: Mapping[str, SectionAnswers]
    every_file: Sequence[Document]

    @property
    def files(self) -> list[Document]:
        """The files that are there now."""
        return [file for file in self.every_file if file.removed_at is None]

    def earlier(self, file: Document) -> list[Document]:
        return earlier(file, self.every_file)

    def answers(self, section: Section) -> Mapping[str, Any]:
        row = self.rows.get(section.key)
        return row.answers if row else {}

    def unfinished(self, section: Section) -> Mapping[str, Any]:
        """What was refused, as it was typed."""
        row = self.rows.get(section.key)
        return row.unfinished if row else {}

    def explained(self, section: Section) -> Mapping[str, str]:
        """Why answers that seem to tell of a pupil do not, as the school says, by question."""
        row = self.rows.get(section.key)
        return row.explained if row else {}

    @property
    def explanations(self) -> dict[str, str]:
        """The same of every section."""
        return {key: words for row in self.rows.values() for key, words in row.explained.items()}

    @property
    def everything(self) -> dict[str, Any]:
        """Every answer, by question key."""
        return {key: value for row in self.rows.values() for key, value in row.answers.items()}

    def files_of(self, question: Question) -> list[Document]:
        return [file for file in self.files if file.question == question.key]

    def infected(self, question: Question) -> list[Document]:
        """The files that were removed for a virus, where none has come since."""
        there = [file for file in self.every_file if file.question == question.key]
        return [one for one in there if one.is_infected and not any(other.id > one.id for other in there)]

    def status(self, section: Section, today: date) -> Status:
        return rules.status(
            section, self.answers(section), self.unfinished(section), self.facts, today=today, others=self.everything,
            decisions_by=self.submission.round.decisions_by, documents={f.question for f in self.files},
            explained=self.explained(section),
        )  # fmt: skip

    def wrong(self, section: Section, today: date) -> dict[str, str]:
        """What stops the section from being sent, by question."""
        refused = dict.fromkeys(self.unfinished(section), "Mend or remove the answer that could not be kept")
        wrong = rules.wrong(
            section, self.answers(section), self.facts, today, others=self.everything,
            decisions_by=self.submission.round.decisions_by, documents={f.question for f in self.files},
            explained=self.explained(section),
        )  # fmt: skip
        return wrong | refused

    def schools_named(self) -> dict[int, str]:
        """The names of the schools that answers refer to, by URN. One query, where there are any."""
        questions = (q for s in form(self.submission.round.form).sections for q in s.questions)
        return named_schools.names(questions, self.everything)


def work(submission: Submission) -> Work:
    """Load what the pages of the form look at."""
    return Work(submission, submission.facts(), section_rows(submission), every_document(submission))
