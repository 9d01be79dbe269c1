"""What cases are found by: their words, by audience, and the condition that a search asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    union_all,
)

from eoi.extensions import db
from eoi.models import CaseText, Clarification, Comment, Message, Record, Submission
from eoi.queries import review
from eoi.rules.permissions import Actor
from eoi.rules.questions import form
from eoi.rules.searching import Readers, answers_in_words, audiences, body, texts_in, words_of
from eoi.rules.stages import Stage

INDEX = table("case_text_index", column("rowid"))  # FTS5, on SQLite


def words(submission: Submission, answers: Mapping[str, Any]) -> dict[Readers, str]:
    """The words of this case for each audience, as `facts.refresh_search` writes them.

    What has no reference yet is submitted at this moment: nobody has asked or recorded anything.
    """
    if submission.reference is None:
        return by_readers(submission.round.form, answers, (), ())
    records = db.session.scalars(select(Record).where(Record.submission_id == submission.id)).all()
    told = said([submission.id]).get(submission.id, [])
    return by_readers(submission.round.form, answers, review.clarifications(submission), records, told)


def said(numbers: Sequence[int]) -> dict[int, list[tuple[Readers, str]]]:
    """Case -> what has been said about it, and who searches it. Scorers do not read messages: the case team does."""
    comments = select(Comment.submission_id, cast(Comment.audience, String), Comment.text)
    messages = select(Message.submission_id, literal(Readers.CASE_TEAM.value), Message.text)
    found: dict[int, list[tuple[Readers, str]]] = {}
    both = union_all(
        comments.where(Comment.submission_id.in_(numbers)), messages.where(Message.submission_id.in_(numbers))
    )
    for case_id, readers, text in db.session.execute(both):
        found.setdefault(case_id, []).append((Readers(readers), text))
    return found


def by_readers(
    form_name: str,
    answers: Mapping[str, Any],
    asked: Sequence[Clarification],
    records: Sequence[Record],
    told: Sequence[tuple[Readers, str]] = (),
) -> dict[Readers, str]:
    """The school reads its answers and what it was asked; who judges the case, the records too; and what was `told`."""
    texts = answers_in_words(form(form_name), answers)
    texts[Readers.SCHOOL] += [text for one in asked for text in (one.text, one.reply)]
    texts[Readers.PANEL] = [text for one in records for text in texts_in(one.answers)]
    for readers, text in told:
        texts.setdefault(readers, []).append(text)
    return {readers: body(found) for readers, found in texts.items()}


def rows(submission: Submission) -> Sequence[CaseText]:
    """What is written of it; nothing before its first submission."""
    if submission.reference is None:
        return ()
    return db.session.scalars(select(CaseText).where(CaseText.submission_id == submission.id)).all()


def unwritten() -> Sequence[Submission]:
    """The cases, drafts left out, that have no words yet."""
    written = exists().where(CaseText.submission_id == Submission.id)
    return db.session.scalars(select(Submission).where(Submission.stage != Stage.DRAFT, ~written)).all()


def mentioning(texts: Sequence[str]) -> Sequence[Submission]:
    """The cases whose words hold all the words of one of these texts: a person's name or address."""
    named = [and_(*(CaseText.body.contains(word) for word in words)) for text in texts if (words := words_of(text))]
    found = select(CaseText.submission_id).where(or_(*named))
    return db.session.scalars(select(Submission).where(Submission.id.in_(found))).all() if named else []


def has_word(term: str, actor: Actor) -> ColumnElement[bool]:
    """The cases with a word that begins with this one of `searching.terms`, among those that this person may read.

    A person's own school's cases are searched as the school reads them, whatever the person is besides.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        quoted = f'"{term}" *'
        matching = select(INDEX.c.rowid).where(literal_column("case_text_index").op("MATCH")(quoted))
        found = CaseText.id.in_(matching)
    else:
        vector = func.to_tsvector(literal_column("'simple'"), CaseText.body)
        found = vector.op("@@")(func.to_tsquery(literal_column("'simple'"), f"{term}:*"))
    open_to = CaseText.readers.in_(audiences(actor))
    cases = Submission.id.in_(select(CaseText.submission_id).where(found, open_to))
    if not actor.urns or not actor.is_staff:
        return cases
    as_school = select(CaseText.submission_id).where(found, CaseText.readers == Readers.SCHOOL)
    return or_(and_(cases, Submission.urn.not_in(actor.urns)), Submission.id.in_(as_school))
