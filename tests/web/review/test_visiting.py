"""The pages of a visit: notes on a phone, and experts who are asked and answer by link."""

import re

from eoi import jobs
from eoi.models import Opinion, Visit
from eoi.rules.stages import Stage
from tests.pages import Pages
from tests.web.review.browsing import refused, send

JSON = {"Accept": "application/json"}
ASK = {
    "expert": "forum", "name": "Pat Parent", "email": "pat@forum.example", "question": "What would families say?",
    "due_on-day": "29", "due_on-month": "1", "due_on-year": "2027", "shared": "panel",
}  # fmt: skip


def test_notes_are_saved_as_typed_and_stand_in_the_record(as_, cases, db):
    case = cases.at(Stage.VISIT)
    aisha = as_("aisha")
    path = f"/review/submissions/{case.reference}/visit"
    aisha.get(path)
    aisha.most_queries = 20  # a verb that writes asks more than a page that shows
    answer = aisha.client.post(path, data={"version": "0", "rooms": "Two rooms, both quiet."}, headers=JSON)
    assert (answer.status_code, answer.json["version"]) == (200, 1)
    wrong = aisha.post(path, {"version": "1", "rooms": "Two rooms.", "visited_on-day": "40"}, status=422)
    assert "Two rooms." in wrong.text
    stale = aisha.post(path, {"version": "1", "rooms": "Mine."}, status=409)
    assert "Mine." in stale.text
    assert "Two rooms." in stale.text
    held = db.session.get(Visit, case.id)
    record = aisha.follow(aisha.post(path, {"version": str(held.version), "rooms": "Three rooms.", "then": "record"}))
    assert "Three rooms." in record.text


def test_an_expert_is_asked_and_answers_without_an_account(as_, cases, client, db, mailbox):
    case = cases.at(Stage.VISIT)
    olu, page = as_("olu"), f"/review/submissions/{case.reference}"
    olu.get(f"{page}/opinions/ask")
    assert "Enter what you ask" in refused(olu, f"{page}/opinions/ask", ASK | {"question": ""})
    waiting = olu.follow(send(olu, f"{page}/opinions/ask", ASK))
    assert "Parent carer forum" in waiting.text
    jobs.drain()
    link = re.search(r"https?://[^/]+(/advise/\S+)", mailbox.texts[-1])[1]
    stranger = Pages(client.application.test_client(), most_queries=20)
    read = stranger.get(link).text
    assert "What would families say?" in read
    assert "@" not in read.replace("SENteam@", "").split("<main")[1].split("Your opinion")[0]
    assert db.session.query(Opinion).one().answered_at is None
    assert "Choose what your opinion comes to" in stranger.post(link, {"text": "Close to home."}, status=422).text
    sent = stranger.follow(stranger.post(link, {"view": "supports", "text": "Close to home."}))
    assert "Opinion sent" in sent.text
    stranger.get(link, status=410)
    assert "Close to home." in olu.get(f"{page}/review").text


def test_an_expert_is_reminded_and_called_off(as_, cases, clock, db):
    case = cases.at(Stage.VISIT)
    olu, page = as_("olu"), f"/review/submissions/{case.reference}"
    send(olu, f"{page}/opinions/ask", ASK)
    one = f"{page}/opinions/{db.session.query(Opinion).one().id}"
    assert "Send a reminder" not in olu.get(f"{page}/review").text
    clock.advance(days=1)
    olu = as_("olu")
    assert "Send a reminder" in olu.get(f"{page}/review").text
    send(olu, f"{one}/remind", {})
    olu.get(f"{one}/call-off")
    assert "Called off" in olu.follow(send(olu, f"{one}/call-off", {})).text
