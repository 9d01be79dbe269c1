"""Search: the same hits on both engines, and nobody finds a case by words that they may not read."""

import pytest
from sqlalchemy import select

from eoi.extensions import now, today
from eoi.models import CaseText, Submission
from eoi.models.review import Asking
from eoi.queries import lists
from eoi.queries.lists import Filters
from eoi.queries.search import has_word
from eoi.queries.submissions import visible_to
from eoi.queries.tasks import Moment
from eoi.rules.permissions import Role
from eoi.rules.searching import Readers, terms
from eoi.rules.stages import Stage
from eoi.workflow import clarifying, facts


@pytest.fixture
def case(cases, db):
    """At assessment, with a word of its own in each audience's words."""
    submission = cases.at(Stage.ASSESSMENT)
    for row in db.session.scalars(select(CaseText).where(CaseText.submission_id == submission.id)):
        row.body += f" zz{row.readers.replace('_', '')}"
    db.session.commit()
    return submission


def finds(db, actor, typed):
    """Whether this person finds a case by these words."""
    at = Moment(now(), today(), today())
    return [row.reference for row in lists.page(actor, Filters(q=typed), at, 1)]


def test_words_are_found_by_their_beginnings(case, db, people):
    olu = people.actor("olu")
    for typed in ("zzschool", "ZZSCH", "zzsch hopefield", "hope zzpan", "zzschool’s?"):
        assert finds(db, olu, typed.replace("’s?", "")) == [case.reference], typed
    assert finds(db, olu, "zzschool nowhere") == []
    assert finds(db, olu, "zzschool' OR --\" qqq *") == []


def test_each_finds_by_what_they_may_read(case, db, people, cases):
    def found(who):
        actor = people.actor(who)
        rows = select(Submission.id).where(visible_to(actor), has_word(terms(word)[0], actor))
        return db.session.scalars(rows).all() == [case.id]

    table = {"olu": "zzschool zzpanel zzcaseteam", "priya": "zzschool zzpanel", "alice": "zzschool", "sam": ""}
    for who, readable in table.items():
        for word in ("zzschool", "zzpanel", "zzcaseteam"):
            assert found(who) is (word in readable.split()), (who, word)


def test_officer_of_the_school_reads_its_case_as_the_school_does(case, db, people):
    person = people.by_name["alice"]
    actor = person.actor(today())
    both = type(actor)(**{**{n: getattr(actor, n) for n in actor.__slots__}, "roles": frozenset({Role.SEN_OFFICER})})
    words = ("zzschool", "zzpanel", "zzcaseteam")
    hits = [w for w in words if db.session.scalar(select(Submission.id).where(has_word(w, both)))]
    assert hits == ["zzschool"]


def test_words_follow_the_case(cases, db, people):
    road, olu = cases.road(), people.actor("olu")
    assert db.session.scalars(select(CaseText)).all() == []
    submission = road.to(Stage.ASSESSMENT)
    rows = {row.readers: row.body.split() for row in db.session.scalars(select(CaseText))}
    assert set(rows) == set(Readers)
    assert "@" not in rows[Readers.CASE_TEAM]
    clarifying.ask(submission, Asking.CLARIFICATION, "Zzwhy so", ["places"], seen=submission.version, by=olu)
    assert finds(db, olu, "zzwhy") == [submission.reference]
    db.session.query(CaseText).delete()
    facts.index_cases()
    assert db.session.query(CaseText).count() == len(Readers)
    assert finds(db, olu, "zzwhy") == [submission.reference]
