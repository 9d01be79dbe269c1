"""The pages of data protection: retention, personal data, redacting, requests for information."""

import io
import json
import zipfile

import pytest
from sqlalchemy import func, select

from eoi import jobs
from eoi.models import AuditEntry, FoiMark, Letter, Outgoing, Redaction, SectionAnswers, Snapshot, Submission, Tombstone
from eoi.outbound import files
from eoi.rules.permissions import SYSTEM
from eoi.rules.retention import Kept
from eoi.rules.stages import Stage
from eoi.workflow import erasing, notices
from eoi.workflow.verifying import Verification
from tests.web.entering import enter

pytestmark = pytest.mark.only("sqlite")  # what asks the engines differently is in tests/workflow


def as_(app, person):
    """A browser of this person. These pages look into every table, so they may ask more than others."""
    pages = enter(app.test_client(), person)
    pages.most_queries = 80
    return pages


def day(name, year, month="1"):
    return {f"{name}-day": "15", f"{name}-month": month, f"{name}-year": str(year)}


def test_what_is_due_is_listed_held_back_and_let_go(app, db, people, cases, clock):
    draft = cases.road().submission
    db.session.commit()
    ada = as_(app, people.ada)
    assert "No case is due" in ada.get("/admin/retention").text
    clock.travel("2027-01-20 09:00")
    ada = as_(app, people.ada)
    assert "Draft of Hopefield Primary School" in ada.get("/admin/retention").text
    path = f"/admin/retention/{draft.public_id}"
    assert "18 March 2027" in ada.get(path).text
    assert ada.get("/admin/retention?reference=" + draft.public_id, status=302).location == path
    ada.get("/admin/retention?reference=EOI-1999-0001", status=422)
    assert "Enter why the case is held back" in ada.post(f"{path}/hold", {}, status=200).text
    page = ada.follow(ada.post(f"{path}/hold", {"reason": "A complaint", **day("review_on", 2028)}))
    assert "A complaint" in page.text
    assert "Lift the hold first" in ada.get(f"{path}/erase").text
    assert "A complaint" in ada.get("/admin/retention").text
    ada.follow(ada.post(f"{path}/lift"))
    ada.post(f"{path}/lift", status=422)


def test_erasing_early_says_what_goes(app, db, people, cases):
    submission = cases.at(Stage.CONDITIONS)
    reference, path = submission.reference, f"/admin/retention/{submission.public_id}/erase"
    ada = as_(app, people.ada)
    page = ada.get(path).text
    for words in ("scores with their comments", "documents", "letters", "frozen copies", "the case itself"):
        assert words in page
    assert "Tick the box" in ada.post(path, {"reason": "Sent twice"}, status=200).text
    assert f"{reference} is erased" in ada.follow(ada.post(path, {"reason": "Sent twice", "sure": "y"})).text
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    assert db.session.scalars(select(Tombstone.reason)).one() == "Sent twice"


def test_closing_of_a_provision_is_noted(app, db, people, cases, clock):
    submission = cases.at(Stage.OPEN)
    clock.travel("2031-09-01 09:00")
    ada, path = as_(app, people.ada), f"/admin/retention/{submission.public_id}"
    assert "today or earlier" in ada.post(f"{path}/ended", {"deed": "no", **day("ended_on", 2033)}, status=200).text
    page = ada.follow(ada.post(f"{path}/ended", {"deed": "no", **day("ended_on", 2031)}))
    assert "15 January 2037" in page.text


def test_a_person_is_found_exported_corrected_and_erased(app, db, people, cases):
    cases.at(Stage.PANEL)
    ada = as_(app, people.ada)
    ada.get("/admin/personal-data")
    person = ada.post("/admin/personal-data", {"email": "alice@example.org", "name": ""}).location
    assert "Frozen copies that name them" in ada.get(person, check=False).text
    answer = ada.get(f"{person}/everything.zip", check=False)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        held = json.loads(packed.read("everything.json"))["held"]
        assert "Personal data held on Alice Example" in packed.read("everything.html").decode()
    assert held["user"][0]["email"] == "alice@example.org"
    assert "password_hash" not in held["user"][0]
    form = {"name": "Alice Right", "email": "sam@example.org", "reason": "Married"}
    assert "belongs to another" in ada.post(f"{person}/correct", form, status=200).text
    ada.follow(ada.post(f"{person}/correct", {**form, "email": "right@example.org"}), check=False)
    assert people.alice.name == "Alice Right"
    ada.get(f"{person}/erase", check=False)
    page = ada.follow(ada.post(f"{person}/erase", {"reason": "Asked", "sure": "y"}, check=False))
    assert f"Former user {people.alice.id}" in page.text
    assert "data were erased" in ada.get(person, check=False).text


def test_a_contact_without_an_account_is_found_and_erased(app, db, people, cases):
    submission = cases.at(Stage.PANEL)
    row = db.session.scalars(select(SectionAnswers).where(SectionAnswers.key == "contacts")).one()
    row.answers = {**row.answers, "lead_name": "Nora New", "lead_email": "nora@example.org"}
    db.session.commit()
    ada, who = as_(app, people.ada), {"email": "nora@example.org", "name": "Nora New"}
    page = ada.post("/admin/personal-data", who, status=200, check=False)
    assert "There is no account" in page.text
    assert (
        ada.post("/admin/personal-data", {**who, "step": "export"}, status=200, check=False).mimetype
        == "application/zip"
    )
    assert "Tick the box" in ada.post("/admin/personal-data", {**who, "step": "erase"}, status=200, check=False).text
    ada.post("/admin/personal-data", {**who, "step": "erase", "reason": "Asked", "sure": "y"}, check=False)
    db.session.expire_all()
    assert "nora" not in str([section.answers for section in submission.sections]).lower()
    assert "Nothing is held" in ada.post("/admin/personal-data", who, status=200, check=False).text


def test_officer_takes_out_an_answer_a_message_and_a_file(app, db, people, cases):
    submission = cases.at(Stage.PANEL)
    olu, path = as_(app, people.olu), f"/review/submissions/{submission.reference}/redact"
    page = olu.get(path).text
    assert "Choose what is to go" in olu.post(path, {"reason": "x", "sure": "y"}, status=200).text
    form = {"what": "answer summary_100", "reason": "It names a child", "sure": "y"}
    assert "Answer: Your offer in 100 words" in page
    assert "data protection officer is told" in olu.follow(olu.post(path, form)).text
    words = str(db.session.scalars(select(Snapshot.content)).all())
    assert "[Redacted on" in words
    olu.follow(olu.post(path, {**form, "what": "answer places"}))
    assert 'value="answer places"' not in olu.get(path).text
    document = next(value for value in page.split('"') if value.startswith("document "))
    olu.follow(olu.post(path, {**form, "what": document}))
    told = db.session.scalars(select(Outgoing).where(Outgoing.key.startswith("mail redacted"))).first()
    assert "Olu Example took words out" in notices.written(told.payload)[1]
    jobs.drain()
    db.session.expire_all()
    store = files.open_store(app.config["FILES_URL"])
    assert list(Verification(store).faults()) == []
    assert db.session.scalar(select(func.count()).where(Redaction.report_by.is_not(None))) == 3
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "redact")) >= 2
    olu.post(path, {**form, "what": "document gone"}, status=200)


def test_request_for_information_is_logged_decided_packed_and_answered(app, db, people, cases):
    submission = cases.at(Stage.PANEL)
    ref, olu = submission.reference, as_(app, people.olu)
    assert "No request" in olu.get("/admin/foi").text
    form = {"requester": "The Gazette", "asked": "Everything", "cases": ref}
    assert "no case" in olu.post("/admin/foi/new", {**form, **day("received_on", 2026), "cases": "EOI-1999-0001"},
                                 status=200).text  # fmt: skip
    clock_day = submission.created_at.date()
    came = {"received_on-day": clock_day.day, "received_on-month": clock_day.month, "received_on-year": clock_day.year}
    one = olu.post("/admin/foi/new", {**form, **came}).location
    assert "The Gazette" in olu.get(one).text
    page = olu.get(f"{one}/{ref}").text
    assert "Withheld, s36" in page
    assert "Withheld, s40" in page
    item = f"{one}/{ref}/item?item=answer summary_100"
    olu.get(item)
    assert "Choose the section" in olu.post(item, {"decision": "withheld"}, status=200).text
    olu.post(item, {"decision": "withheld", "exemption": "s43", "reason": "A lease is being talked about"})
    assert db.session.scalars(select(FoiMark.item)).one() == "answer summary_100"
    olu.get(f"{one}/{ref}/item?item=answer nothing", status=404)
    with zipfile.ZipFile(io.BytesIO(olu.get(f"{one}/pack.zip").data)) as packed:
        disclosed = packed.read(f"{ref} to disclose.html").decode()
        working = packed.read(f"{ref} working copy, do not send.html").decode()
        log = packed.read(f"{ref} exemption log.csv").decode()
    assert "Priya Example" not in disclosed
    assert "Section 43(2)" in disclosed
    assert "do not send" in working
    assert "A lease is being talked about" in log
    assert "Olu Example" in log
    answered = {key.replace("received", "answered"): value for key, value in came.items()}
    olu.follow(olu.post(one, {"answer": "partly", **answered}))
    olu.post(item, {"decision": "open"}, status=422)


@pytest.mark.parametrize("path", ["/admin/retention", "/admin/personal-data", "/admin/foi"])
def test_pages_are_for_those_who_may(app, people, path):
    as_(app, people.priya).get(path, status=403)
    as_(app, people.alice).get(path, status=403)


def test_letters_stay_is_said(app, db, people, cases, clock):
    submission = cases.at(Stage.INELIGIBLE)
    cases._issue(submission)
    db.session.commit()
    clock.travel(str(clock.moment.replace(year=clock.moment.year + 1)))
    page = as_(app, people.ada).get("/admin/retention").text
    assert "its letters stay" in page
    erasing.erase(submission, by=SYSTEM, line=Kept.INELIGIBLE, letters_stay=True)
    db.session.commit()
    olu, path = as_(app, people.olu), f"/review/submissions/{submission.reference}"
    for tab in ("", "/answers", "/review", "/outcome", "/timeline", "/summary.pdf"):
        olu.get(path + tab, check=False)
    assert "letters stay" in as_(app, people.ada).get("/admin/retention").text
    as_(app, people.alice).get(f"/apply/{submission.public_id}", check=False)
    assert db.session.scalars(select(Letter)).one().is_issued
