"""A letter from draft to its end: two people, the guard, a release, a withdrawal, a correction; and what stops each."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.extensions import now
from eoi.models import Access, Letter, Outgoing
from eoi.queries import guarding, papers, review
from eoi.queries import letters as found
from eoi.rules.errors import Invalid, MovedOn, NotAllowed, Refused
from eoi.rules.guard import Code
from eoi.rules.papers import LetterKind, freeze
from eoi.rules.papers.ends import End
from eoi.rules.stages import DECIDING, Stage
from eoi.workflow import ending, letters, releasing, telling, wording
from tests.people import RIVERSIDE

KEY = "0" * 64


@pytest.fixture
def submission(cases):
    return cases.at(Stage.DECLINED)


@pytest.fixture
def letter(submission):
    return review.letters(submission)[-1]


def issue(letter, people, **more):
    facts = freeze(papers.letter(letter))
    letters.issue(letter, facts=facts, key=KEY, seen=letter.version, by=people.actor("harriet"), **more)


def rewritten(letter, people, text, by="olu"):
    letters.write(letter, text, seen=letter.version, by=people.actor(by))
    return letter


def test_one_person_alone_issues_nothing(letter, people):
    rewritten(letter, people, "Thank you.", by="harriet")
    with pytest.raises(Refused, match="Nobody has handed this letter over"):
        issue(letter, people)
    letters.hand_over(letter, seen=letter.version, by=people.actor("harriet"))
    with pytest.raises(Refused, match="You handed this letter over yourself"):
        issue(letter, people)
    letters.hand_over(letter, seen=letter.version, by=people.actor("olu"))
    issue(letter, people)
    assert letter.is_issued


def test_writing_takes_back_the_hand_over(letter, people):
    assert letter.ready_by_id == people.olu.id
    rewritten(letter, people, "Thank you.")
    assert letter.ready_at is None
    with pytest.raises(NotAllowed):
        letters.hand_over(letter, seen=letter.version, by=people.actor("aisha"))


def test_guard_stops_the_letter_until_it_is_mended_or_overruled(letter, people):
    rewritten(letter, people, "We liked the 99 places.")
    letters.mark_ready(letter, by=people.actor("olu"))
    with pytest.raises(Refused, match=r"a number is not in the record \(“99”\)"):
        issue(letter, people)
    (one,) = guarding.findings(letter)
    with pytest.raises(Invalid):
        letters.overrule(letter, one.key, " ", seen=letter.version, by=people.actor("olu"))
    letters.overrule(letter, one.key, "The hall seats 99.", seen=letter.version, by=people.actor("olu"))
    assert guarding.findings(letter) == ()
    assert letter.overruled[0]["reason"] == "The hall seats 99."
    issue(letter, people)


def test_words_of_a_scorer_and_another_school_are_found(letter, people):
    comment = review.records(letter.submission)["panel"].answers
    words = next(text for text in comment.values() if isinstance(text, str) and len(text.split()) > 6)
    rewritten(letter, people, f"{words}\n\nAsk Elsewhere Primary School.")
    assert {one.code for one in guarding.findings(letter)} >= {Code.INTERNAL, Code.SCHOOL}


def test_letter_of_a_release_is_told_at_its_moment_and_what_fails_is_listed(db, cases, people, clock):
    roads = [cases.road(), cases.road(urn=RIVERSIDE)]
    for stage in (Stage.SUBMITTED, Stage.DECLINED):
        good, bad = [road.to(stage) for road in roads]
    drafts = [review.letters(one)[-1] for one in (good, bad)]
    moment = now() + timedelta(days=3)
    made = releasing.release(good.round, [(one, one.version) for one in drafts], moment, by=people.actor("harriet"))
    drafts[1].paragraph = "We liked the 99 places."
    db.session.commit()
    jobs.drain()
    first, second = releasing.of(made)
    assert (first.is_issued, first.released_at) == (True, None)
    assert (good.public_stage, good.letter_issued) == (DECIDING, False)
    assert "Somebody else changed this" in second.trouble
    assert second.ready_at is None
    clock.travel(moment.isoformat())
    jobs.drain()
    assert good.public_stage == "Declined"
    rewritten(second, people, "Thank you.")
    letters.hand_over(second, seen=second.version, by=people.actor("olu"))
    assert releasing.again(made, by=people.actor("harriet")) == 1
    db.session.commit()
    jobs.drain()
    assert second.released_at is not None


def test_release_is_the_act_of_one_who_may_issue(db, letter, people):
    chosen = [(letter, letter.version)]
    with pytest.raises(NotAllowed):
        releasing.release(letter.submission.round, chosen, None, by=people.actor("olu"))
    with pytest.raises(MovedOn):
        releasing.release(letter.submission.round, [(letter, 99)], None, by=people.actor("harriet"))
    with pytest.raises(Invalid):
        releasing.release(letter.submission.round, [], None, by=people.actor("harriet"))


def test_letter_is_told_once(db, letter, people):
    issue(letter, people)
    told = letter.released_at
    telling.tell(letter, by=people.actor("harriet"))
    db.session.commit()
    mails = select(func.count()).select_from(Outgoing).where(Outgoing.key == f"mail letter {letter.number}")
    assert (letter.released_at, db.session.scalar(mails)) == (told, 1)


def test_withdrawn_letter_stays_and_the_correction_takes_its_place(db, letter, people):
    issue(letter, people)
    ending.withdraw(letter, "The wrong date.", seen=letter.version, by=people.actor("harriet"))
    assert (letter.ended, letter.key) == (End.WITHDRAWN, KEY)
    fresh = ending.correct(letter, "The wrong date.", seen=letter.version, by=people.actor("olu"))
    with pytest.raises(Refused, match="drafted already"):
        ending.correct(letter, "Again.", seen=letter.version, by=people.actor("olu"))
    letters.hand_over(fresh, seen=fresh.version, by=people.actor("olu"))
    issue(fresh, people)
    db.session.commit()
    assert (fresh.number, letter.ended) == ("EOI-2026-0001/L2", End.WITHDRAWN)


def test_corrected_letter_is_marked_once_the_other_is_told(db, letter, people):
    issue(letter, people)
    fresh = ending.correct(letter, "A wrong name.", seen=letter.version, by=people.actor("olu"))
    assert letter.ended is None
    letters.hand_over(fresh, seen=fresh.version, by=people.actor("olu"))
    issue(fresh, people)
    db.session.expire_all()
    assert letter.ended is End.CORRECTED


def test_school_is_reminded_once_of_a_letter_that_nobody_opened(db, letter, people, clock):
    issue(letter, people)
    db.session.commit()
    assert telling.remind_unread() == 0
    clock.advance(days=15)
    assert telling.remind_unread() == 1
    assert telling.remind_unread() == 0


def test_opening_the_letter_spares_the_reminder(db, letter, people, clock):
    issue(letter, people)
    path = f"/apply/{letter.submission.public_id}/letters/{letter.public_id}"
    row = {"at": now(), "submission_id": letter.submission_id, "what": path}
    db.session.add(Access(user_id=people.olu.id, **row))
    db.session.commit()
    clock.advance(days=15)
    assert found.first_opened([letter]) == {}
    db.session.add(Access(user_id=people.alice.id, **row))
    db.session.commit()
    assert list(found.first_opened([letter])) == [letter.id]
    assert telling.remind_unread() == 0


def test_wording_is_kept_by_version_and_drafts_follow_it(db, letter, people):
    round, text = letter.submission.round, papers.letter(letter).template
    route = letter.submission.changing_route
    fresh = text.replace("We have decided to decline it.", "We cannot support it and decline it.")
    with pytest.raises(Invalid):
        wording.change(round, LetterKind.DECLINED, route, "{{ ''.__class__ }}", seen=1, by=people.actor("olu"))
    with pytest.raises(NotAllowed):
        wording.change(round, LetterKind.DECLINED, route, fresh, seen=1, by=people.actor("cleo"))
    wording.change(round, LetterKind.DECLINED, route, fresh, seen=1, by=people.actor("olu"))
    with pytest.raises(MovedOn):
        wording.change(round, LetterKind.DECLINED, route, text, seen=1, by=people.actor("oscar"))
    assert papers.letter(letter).template == fresh
    issue(letter, people)
    wording.change(round, LetterKind.DECLINED, route, text, seen=2, by=people.actor("oscar"))
    db.session.commit()
    assert papers.letter(letter).template == fresh


def test_file_is_verified_by_its_bytes_once_the_letter_is_told(db, letter, people):
    number = letter.number
    assert not found.is_as_issued(number, KEY)
    issue(letter, people)
    assert found.is_as_issued(number, KEY)
    assert not found.is_as_issued(number, "1" * 64)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
