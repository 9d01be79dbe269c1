"""Asking the school, and giving it more time."""

from eoi.models import Letter, Outgoing
from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.workflow import stages
from tests.web.review.browsing import at, refused, send

ASK = {"text": "Say which rooms you mean.", "ask-rooms": "rooms"}


def test_return_names_questions_and_promises_letter_and_mail(cases, db, as_):
    submission = cases.at(Stage.CHECK)
    assert "Return for information" in as_("olu").get(at(submission, "/ask/information")).text
    send(as_("olu"), at(submission, "/ask/information"), {**ASK, "version": submission.version})
    db.session.expire_all()
    asked = review.clarifications(submission)[0]
    assert (submission.stage, asked.keys, asked.text) == (Stage.RETURNED, ["rooms"], ASK["text"])
    assert db.session.query(Letter).one().kind == "returned"
    assert {"notice_letter", "mail"} <= {job.kind for job in db.session.query(Outgoing)}
    assert ASK["text"] in as_("olu").get(at(submission)).text


def test_ask_says_what_is_missing_at_the_field(cases, as_):
    submission = cases.at(Stage.ASSESSMENT)
    page = refused(as_("olu"), at(submission, "/ask/clarification"), {"version": submission.version})
    assert "Enter what you ask" in page
    bare = {"version": submission.version, "text": "Which rooms?", "ask-rooms": "no_such_question"}
    page = refused(as_("olu"), at(submission, "/ask/clarification"), bare)
    assert "Choose at least one question for the school to answer" in page
    assert "Which rooms?" in page


def test_third_clarification_is_refused(cases, db, as_):
    submission = cases.at(Stage.CLARIFICATION)
    for _ in range(2):
        first = review.clarifications(submission)[0]
        first.answered_at = cases.clock()
        db.session.commit()
        cases_back(cases, submission, db)
        page = send_any(as_("olu"), submission)
    assert "Clarification has been asked twice" in page


def cases_back(cases, submission, db):
    """The school has answered: the case goes on at the assessment."""
    stages.move(submission, "answer_clarification", by=cases.people.actor("alice"), to=Stage.ASSESSMENT)
    db.session.commit()


def send_any(browser, submission):
    path = at(submission, "/ask/clarification")
    return browser.client.post(path, data={**ASK, "version": submission.version}).text


def test_ask_elsewhere_is_409_and_not_for_scorers(cases, as_):
    submission = cases.at(Stage.ASSESSMENT)
    as_("olu").get(at(submission, "/ask/information"), status=409)
    as_("olu").get(at(submission, "/ask/nonsense"), status=404)
    for name in ("priya", "harriet", "audrey", "sam"):
        as_(name).get(at(submission, "/ask/clarification"), status=403)


def test_more_time_is_given_once(cases, db, as_):
    submission = cases.at(Stage.RETURNED)
    asked = review.clarifications(submission)[0]
    path = at(submission, f"/questions/{asked.id}/extend")
    as_("olu").get(path)
    early = {"version": submission.version, **day(asked.due_on), "reason": "Half-term"}
    assert "Enter a date later than the present one" in refused(as_("olu"), path, early)
    form = {**early, "due_on-year": "2027"}
    assert send(as_("olu"), path, form).location == at(submission)
    db.session.expire_all()
    assert (asked.extended, submission.due_on, asked.due_on.year) == (True, asked.due_on, 2027)
    again = {**form, "version": submission.version, "due_on-year": "2028"}
    assert "extended once, which is the most" in refused(as_("olu"), path, again)
    as_("olu").get(at(submission, "/questions/999/extend"), status=404)


def day(value):
    return {"due_on-day": value.day, "due_on-month": value.month, "due_on-year": value.year}
