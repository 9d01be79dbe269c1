"""Talking on the pages of a case: messages, comments, flags, holds, requests, mails."""

import io

import pytest
from sqlalchemy import select

from eoi.models import Attachment, Comment, KeptForm, Message
from eoi.queries import review
from eoi.queries import talking as queries
from eoi.rules.stages import Stage
from eoi.rules.talking import Wish
from eoi.workflow import accounts
from tests.outbound.test_documents import pdf
from tests.web.review.browsing import at, enter

NO_CHILD = {"files-no-pupil-data": "y"}
PDF = pdf()


@pytest.fixture
def case(cases):
    return cases.at(Stage.ASSESSMENT)


def own(case, page=""):
    return f"/apply/{case.public_id}{page}"


def test_school_and_officer_write_to_each_other(db, app, people, case):
    alice, olu = enter(app, people, "alice"), enter(app, people, "olu")
    box = alice.get(own(case, "/messages")).text
    assert "Who reads this:" in box
    assert "The people who score it do not." in box
    sent = {"seen": "0", "text": "When do you visit?", "files": (io.BytesIO(PDF), "Plan.pdf"), **NO_CHILD}
    alice.follow(alice.post(own(case, "/messages"), sent, content_type="multipart/form-data", check=False))
    assert "Messages from schools" in olu.get("/review").text
    assert "New message from the school" in olu.get(at(case)).text
    page = olu.get(at(case, "/messages")).text
    assert "When do you visit?" in page
    assert "1 new message" in page
    file = db.session.scalars(select(Attachment)).one()
    assert olu.get(at(case, f"/messages/files/{file.public_id}"), check=False).data == PDF
    olu.post(at(case, "/messages"), {"seen": "1", "text": "On Monday."}, check=False)
    assert "1 new</strong>" in alice.get(own(case)).text
    alice.post(own(case, "/messages/read"), {}, check=False)
    assert "1 new</strong>" not in alice.get(own(case)).text
    assert "On Monday." in alice.get(own(case, "/messages")).text
    assert "has sent a message" in olu.get(at(case, "/mail")).text
    theirs = alice.get(own(case, "/mail")).text
    assert "you have a message" in theirs
    assert "has sent a message" not in theirs


def test_file_goes_through_the_same_door_as_documents(db, app, people, case):
    alice = enter(app, people, "alice")
    for name, content, tick, said in (
        ("x.exe", b"MZ", NO_CHILD, "x.exe"),
        ("Plan.pdf", PDF, {}, "hold no pupil data"),
        ("Plan.pdf", b"no PDF", NO_CHILD, "Plan.pdf"),
    ):
        form = {"seen": "0", "text": "Here it is.", "files": (io.BytesIO(content), name), **tick}
        page = alice.post(
            own(case, "/messages"), form, status=422, check=False, content_type="multipart/form-data"
        ).text
        assert said in page
        assert "Here it is." in page
    assert db.session.scalars(select(Message)).all() == []


def test_signs_of_a_child_are_asked_about_once(db, app, people, case):
    alice = enter(app, people, "alice")
    form = {"seen": "0", "text": "About A123456789012."}
    assert "No child can be known" in alice.post(own(case, "/messages"), form, status=422, check=False).text
    alice.post(own(case, "/messages"), {**form, "sure": "y"}, check=False)
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_two_officers_at_once_see_both_texts(app, people, case):
    for name, status in (("olu", 302), ("oscar", 409)):
        browser = enter(app, people, name)
        page = browser.post(
            at(case, "/messages"), {"seen": "0", "text": f"{name} answers."}, status=status, check=False
        )
    assert "olu answers." in page.text
    assert "oscar answers." in page.text


def test_colleague_removed_while_writing_keeps_the_text(db, app, people, case):
    ed = enter(app, people, "ed")
    ed.get(own(case, "/messages"))
    accounts.leave_school(people.ed.memberships[0], by=people.actor("ada"))
    db.session.commit()
    page = ed.client.post(own(case, "/messages"), data={"seen": "0", "text": "Half an hour of careful words."})
    assert page.status_code in (302, 403, 404)
    kept = db.session.scalars(select(KeptForm)).all()
    assert "Half an hour of careful words." in page.text + str([form.pairs for form in kept])


def test_message_sent_while_signed_out_is_kept(db, app, people, case):
    answer = app.test_client().post(own(case, "/messages"), data={"seen": "0", "text": "Half an hour of words."})
    assert answer.location.startswith("/sign-in")
    assert ["text", "Half an hour of words."] in [list(p) for p in db.session.scalars(select(KeptForm)).one().pairs]


def test_comment_flag_and_hold_stand_on_the_case(db, app, people, case):
    olu = enter(app, people, "olu")
    olu.post(at(case, "/comments"), {"seen": "0", "text": "Look twice.", "audience": "case_team"}, check=False)
    assert "Read by: the case team" in olu.get(at(case, "/comments")).text
    olu.post(at(case, "/comments"), {"seen": "1", "text": "x", "audience": "school"}, status=422, check=False)
    olu.post(at(case, "/flags"), {"reason": "PFI building"}, check=False)
    olu.post(at(case, "/hold"), {"version": str(case.version), "reason": "Survey"}, check=False)
    page = olu.get(at(case)).text
    assert "PFI building" in page
    assert "On hold since" in page
    assert "Survey" in page
    tracker = enter(app, people, "alice").get(own(case)).text
    assert "on hold since" in tracker
    assert not any(word in tracker for word in ("Survey", "PFI", "Look twice"))
    flag = queries.flags(case)[0]
    olu.post(at(case, f"/flags/{flag.id}"), {"reason": "Settled"}, check=False)
    db.session.expire_all()
    olu.post(at(case, "/hold"), {"version": str(case.version), "reason": "Done"}, check=False)
    assert "On hold since" not in olu.get(at(case)).text
    assert db.session.scalars(select(Comment)).one().text == "Look twice."


def test_review_of_process_reaches_the_move_that_records_it(db, app, cases, people):
    case = cases.at(Stage.DECLINED)
    cases._issue(case)
    db.session.commit()
    alice, olu = enter(app, people, "alice"), enter(app, people, "olu")
    assert "Ask for a review of process</a>, by" in alice.get(own(case)).text
    form = {"ground": "fact", "text": "The roll was wrong."}
    alice.post(own(case, "/tell/review"), form, check=False)
    assert "You asked for a review of process" in alice.get(own(case)).text
    for name in ("olu", "harriet"):
        assert "Requests from schools" in enter(app, people, name).get("/review").text
    page = olu.get(at(case, "/move/ask_review")).text
    assert "The decision rests on a fact that is wrong. The roll was wrong." in page
    alice.post(own(case, "/tell/call"), {"text": "Any day."}, check=False)
    call = queries.open_request(case, Wish.CALL)
    day = {"done_on-day": "1", "done_on-month": "11", "done_on-year": "2026"}
    olu.post(at(case, f"/requests/{call.id}"), {**day, "note": "We spoke."}, check=False)
    told = alice.get(own(case)).text
    assert "We spoke on 1 November 2026" in told


def test_question_is_closed_by_an_officer(db, app, cases, people):
    case = cases.at(Stage.CLARIFICATION)
    question = review.clarifications(case)[-1]
    olu = enter(app, people, "olu")
    assert "close it without an answer" in olu.get(at(case)).text
    path = at(case, f"/questions/{question.id}/close")
    olu.get(path)
    olu.post(path, {"version": str(case.version), "reason": "You told us on the phone."}, check=False)
    db.session.expire_all()
    assert (case.stage, question.is_open) == (Stage.ASSESSMENT, False)
    assert "You told us on the phone." in olu.get(at(case, "/review")).text
