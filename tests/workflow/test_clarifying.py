"""Asking the school, and its answer: named questions only, two rounds at most, before and after kept."""

from datetime import date, timedelta

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models.review import Asking
from eoi.queries import drafts, review
from eoi.rules.errors import Invalid, NotAllowed, Refused, WrongStage
from eoi.rules.stages import Stage
from eoi.workflow import clarifying, drafting, redacting


def ask(submission, people, kind=Asking.INFORMATION, text="Say more.", keys=("need_case",), by="olu"):
    question = clarifying.ask(submission, kind, text, keys, seen=submission.version, by=people.actor(by))
    db.session.commit()
    return question


def answer(submission, people, reply="Here it is.", by="alice"):
    question = clarifying.answer(submission, reply, seen=submission.version, by=people.actor(by))
    db.session.commit()
    return question


def test_information_is_asked_answered_and_kept(cases, people):
    submission = cases.at(Stage.CHECK)
    question = ask(submission, people)
    assert submission.stage is Stage.RETURNED
    before = question.before["need_case"]
    row = drafts.section_rows(submission)["need"]
    drafting.save_section(submission, "need", {"need_case": "New."}, seen=row.version, by=people.actor("ed"))
    answered = answer(submission, people)
    assert submission.stage is Stage.CHECK
    assert (answered.before, answered.after) == ({"need_case": before}, {"need_case": "New."})


def test_clock_stops_while_the_school_has_it(cases, people, clock):
    submission = cases.at(Stage.CHECK)
    paused = submission.paused_days
    ask(submission, people)
    clock.advance(days=7)
    answer(submission, people)
    assert submission.paused_days == paused + 5


def test_only_named_questions_change(cases, people):
    submission = cases.at(Stage.CHECK)
    ask(submission, people)
    with pytest.raises(WrongStage):
        drafting.save_section(submission, "offer", {"places": "1"}, seen=1, by=people.actor("alice"))


@pytest.mark.parametrize(
    ("text", "keys", "field"), [("", ["need_case"], "text"), ("x", [], "keys"), ("x", ["forged"], "keys")]
)
def test_ask_refuses_what_cannot_be_answered(cases, people, text, keys, field):
    submission = cases.at(Stage.CHECK)
    with pytest.raises(Invalid) as refused:
        ask(submission, people, text=text, keys=keys)
    assert list(refused.value.errors) == [field]
    assert submission.stage is Stage.CHECK


@pytest.mark.parametrize("name", ["alice", "sam", "priya", "audrey"])
def test_ask_is_the_officers(cases, people, name):
    with pytest.raises(NotAllowed):
        ask(cases.at(Stage.CHECK), people, by=name)


def test_clarification_is_asked_twice_at_most(cases, people):
    submission = cases.at(Stage.ASSESSMENT)
    for _ in range(2):
        ask(submission, people, Asking.CLARIFICATION)
        answer(submission, people)
        assert submission.stage is Stage.ASSESSMENT
    with pytest.raises(Refused, match="asked twice"):
        ask(submission, people, Asking.CLARIFICATION)


def test_answer_needs_a_reply_or_a_change(cases, people):
    submission = cases.at(Stage.CLARIFICATION)
    with pytest.raises(Invalid):
        answer(submission, people, " ")
    with pytest.raises(NotAllowed):
        answer(submission, people, by="sam")
    answer(submission, people)
    with pytest.raises(WrongStage):
        answer(submission, people)


def test_more_time_is_given_once(cases, people):
    submission = cases.at(Stage.CHECK)
    question = ask(submission, people)
    later = question.due_on + timedelta(days=7)
    olu = people.actor("olu")
    for due, reason in ((question.due_on, "x"), (later, " "), (date(2020, 1, 1), "x")):
        with pytest.raises(Invalid):
            clarifying.extend(question, due, reason, seen=submission.version, by=olu)
    clarifying.extend(question, later, "Half-term.", seen=submission.version, by=olu)
    db.session.commit()
    assert (question.due_on, submission.due_on, question.extended) == (later, later, True)
    with pytest.raises(Refused):
        clarifying.extend(question, later + timedelta(days=7), "Again.", seen=submission.version, by=olu)


def test_school_is_told_by_mail(cases, people, mailbox):
    submission = cases.at(Stage.CHECK)
    jobs.drain()
    mailbox.messages.clear()
    ask(submission, people, text="Say more about travel.")
    jobs.drain()
    assert any("Say more about travel." in text for text in mailbox.texts)
    assert review.clarifications(submission)[0].asked_by_id == people.olu.id


def test_reply_waits_for_why_an_answer_does_not_tell_of_a_pupil(cases, people):
    submission = cases.at(Stage.CHECK)
    question = ask(submission, people)

    def save(**said):
        row = drafts.section_rows(submission)["need"]
        typed = {"need_case": "Jacob's EHC plan names us."}
        drafting.save_section(submission, "need", typed, seen=row.version, by=people.actor("alice"), **said)
        db.session.commit()

    save()
    with pytest.raises(Invalid) as refused:
        answer(submission, people)
    assert "say why it does not" in refused.value.errors["reply"]
    assert (submission.stage, question.answered_at) == (Stage.RETURNED, None)
    db.session.rollback()
    save(explained={"need_case": "Jacob is our drama."})
    assert answer(submission, people).after == {"need_case": "Jacob's EHC plan names us."}
    assert submission.stage is Stage.CHECK
    redacting.redact_answer(submission, "need_case", "It told of a pupil", by=people.actor("olu"))
    assert drafts.work(submission).explanations == {}
    frozen = {"sections": [{"questions": [{"key": "need_case", "explained": "Jacob is our drama."}]}]}
    (left,) = redacting.mapped_question(frozen, "need_case", None, "-")["sections"][0]["questions"]
    assert left == {"key": "need_case", "value": None, "shown": "-"}


def test_officer_closes_a_question_and_unsent_answers_are_not_used(cases, people, mailbox):
    submission = cases.at(Stage.CHECK)
    question = ask(submission, people)
    row = drafts.section_rows(submission)["need"]
    drafting.save_section(submission, "need", {"need_case": "Half."}, seen=row.version, by=people.actor("ed"))
    clarifying.close(question, "You told us.", seen=submission.version, by=people.actor("olu"))
    db.session.commit()
    jobs.drain()
    assert submission.stage is Stage.CHECK
    assert drafts.answers(submission)["need_case"] == question.before["need_case"]
    assert question.after == {"need_case": "Half."}
    assert "You need do nothing." in mailbox.texts[-1]
    with pytest.raises(WrongStage):
        clarifying.close(question, "Again.", seen=submission.version, by=people.actor("olu"))


def test_officer_gives_another_day_to_answer_by(cases, people):
    submission = cases.at(Stage.CHECK)
    by, text, keys = people.actor("olu"), "Say more.", ("need_case",)
    with pytest.raises(Invalid):
        clarifying.ask(
            submission, Asking.INFORMATION, text, keys, due_on=date(2026, 1, 1), seen=submission.version, by=by
        )
    day = date(2027, 2, 1)
    asked = clarifying.ask(submission, Asking.INFORMATION, text, keys, due_on=day, seen=submission.version, by=by)
    assert asked.due_on == submission.due_on == day
