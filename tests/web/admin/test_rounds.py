"""Rounds in the browser: made, previewed, frozen once opened, changed with a reason that schools are told."""

import re

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models import AuditEntry, Round
from eoi.rules.scoring import RUBRIC
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Openness, Path
from tests.web.entering import enter

SPRING = {
    "name": "Spring 2027", "introduction": "We look for autism places.",
    "opens_on-day": "11", "opens_on-month": "1", "opens_on-year": "2027", "closes": "day",
    "closes_on-day": "26", "closes_on-month": "2", "closes_on-year": "2027",
    "decisions_by-day": "28", "decisions_by-month": "5", "decisions_by-year": "2027",
    "strand-srp-asd-primary-openness": "open", "strand-srp-semh-primary-openness": "by_exception",
    "strand-srp-semh-primary-note": "Not commissioned", "strand-srp-semh-primary-reference": "Decision 25/00085",
    "form": "y2026", "detail": "shortlisted", "scorers": "2", "quorum": "3",
    "closures-0-first-day": "15", "closures-0-first-month": "2", "closures-0-first-year": "2027",
    "closures-0-last-day": "19", "closures-0-last-month": "2", "closures-0-last-year": "2027",
    **{f"rubric-{n}-{part}": str(getattr(c, part)) for n, c in enumerate(RUBRIC)
       for part in ("key", "title", "weight", "guidance")},
}  # fmt: skip


BRIEFED = {
    "events-0-title": "Briefing", "events-0-day-day": "20", "events-0-day-month": "1", "events-0-day-year": "2027",
    "events-0-time": "4pm", "events-0-place": "Online", "events-0-link": "https://kent.example/b",
    "areas-0-path": "srp", "areas-0-low": "4.5", "areas-0-high": "7", "areas-0-source": "Surveyor, 1 May 2026",
}  # fmt: skip


@pytest.fixture
def olu(client, people):
    return enter(client, people.olu)


def boxes(page):
    """What the form of a page would send as it stands."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if at.get("name") and at["name"] != "csrf_token" and "__n__" not in at["name"]:
            sent[at["name"]] = at.get("value", "")
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        sent[name] = inner
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_round_is_made_listed_and_previewed(olu, db):
    done = olu.follow(olu.post("/admin/rounds/new", SPRING, check=False)).text
    assert "Spring 2027 is saved." in done
    assert "To come" in done
    made = db.session.query(Round).one()
    assert (made.slug, made.opens_at.hour, made.closes_at.hour, made.criteria) == ("spring-2027", 9, 12, RUBRIC)
    assert {(s.path, s.need, s.openness, s.note) for s in made.strands} == {
        (Path.SRP, Need.ASD, Openness.OPEN, ""), (Path.SRP, Need.SEMH, Openness.BY_EXCEPTION, "Not commissioned")
    }  # fmt: skip
    assert made.closures == [["2027-02-15", "2027-02-19"]]
    preview = olu.get("/admin/rounds/spring-2027/preview").text
    assert "This is a preview. Schools see this page from 11 January 2027 at 9am." in preview
    assert "Decision 25/00085" in preview
    olu.get("/rounds/spring-2027", status=404)


def test_briefings_and_areas_are_kept_and_shown(olu, db):
    olu.post("/admin/rounds/new", SPRING | BRIEFED, check=False)
    made = db.session.query(Round).one()
    assert made.events == [
        {"title": "Briefing", "day": "2027-01-20", "time": "4pm", "place": "Online", "link": "https://kent.example/b"}
    ]
    assert made.areas == {"srp": {"low": 4.5, "high": 7, "source": "Surveyor, 1 May 2026"}}
    page = olu.get("/admin/rounds/spring-2027/preview").text
    assert "20 January 2027, 4pm. Online" in page
    again = boxes(olu.get("/admin/rounds/spring-2027").text)
    assert {name: again[name] for name in BRIEFED} == BRIEFED
    wrong = olu.post("/admin/rounds/new", SPRING | BRIEFED | {"areas-0-high": "3"}, status=422).text
    assert "Enter ranges that end at or above where they start" in wrong
    wrong = olu.post("/admin/rounds/new", SPRING | BRIEFED | {"events-0-link": "javascript:x"}, status=422).text
    assert "enter a link that starts with https://" in wrong


def test_round_that_stays_open_has_no_closing_day(olu, db):
    olu.post("/admin/rounds/new", {**SPRING, "closes": "never"}, check=False)
    assert db.session.query(Round).one().closes_at is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter a name for the round"),
        ({"opens_on-day": ""}, "day"),
        ({"closes": ""}, "Choose when the round closes"),
        ({"closes_on-day": "", "closes_on-month": "", "closes_on-year": ""}, "Enter the closing day"),
        ({"closes_on-year": "2026"}, "Enter a closing date that is after the opening"),
        ({"decisions_by-month": "1"}, "Enter a date for decisions that is after the closing date"),
        ({"rubric-0-weight": "25"}, "The weights make 105"),
        ({"rubric-0-weight": "much"}, "Row 1: "),
        ({"strand-srp-asd-primary-openness": "closed", "strand-srp-semh-primary-openness": "closed"},
         "Open at least one combination"),
        ({"strand-srp-asd-primary-openness": "ajar"}, "Choose whether it is open"),
        ({"strand-srp-semh-primary-note": ""}, "Enter the policy note"),
        ({"strand-srp-semh-primary-note": "note " * 101}, "The policy note must be 100 words or fewer"),
        ({"strand-srp-semh-primary-reference": "x" * 201}, "The decision must be 200 characters or fewer"),
        ({"closures-0-last-day": "14"}, "Enter closure weeks whose last day is not before the first"),
        ({"scorers": "0"}, "score"),
        ({"form": "y1999"}, "Choose"),
    ],
)  # fmt: skip
def test_round_says_what_to_mend_and_keeps_what_was_typed(olu, db, changes, message):
    page = olu.post("/admin/rounds/new", {**SPRING, **changes}, status=422).text
    assert message in page
    kept, sent = boxes(page), {**SPRING, **changes}
    lost = {name: sent[name] for name in sent if sent[name] != kept.get(name, "") and name != "form"}
    assert {name: text for name, text in lost.items() if not text.startswith(("note", "ajar"))} == {}
    assert db.session.query(Round).count() == 0


def test_no_page_of_rounds_is_over_60_kb(olu, cases):
    """Not even the form with something to mend in every row."""
    olu.post("/admin/rounds/new", SPRING | BRIEFED, check=False)
    for address in ("", "/new", "/spring-2027", "/spring-2027/preview", "/autumn-2026"):
        assert len(olu.get(f"/admin/rounds{address}").data) < 60_000, address
    empty = {name: "" for name in (SPRING | BRIEFED)}
    notes = {name: "by_exception" for name in boxes(olu.get("/admin/rounds/new").text) if name.endswith("-openness")}
    for sent in (empty, SPRING | BRIEFED | notes | {"name": ""}):
        assert len(olu.post("/admin/rounds/new", sent, status=422).data) < 60_000


def test_second_round_of_the_same_name_is_refused(olu, db):
    olu.post("/admin/rounds/new", SPRING, check=False)
    assert "a round of this name exists" in olu.post("/admin/rounds/new", SPRING, status=422).text


def test_weights_are_worked_out_without_saving(olu, db):
    page = olu.post("/admin/rounds/new", {**SPRING, "rubric-1-weight": "15", "then": "weights"}, status=200).text
    assert "The weights make 95. Change them so that they make 100" in page
    page = olu.post("/admin/rounds/new", {**SPRING, "remove-row": "rubric:6"}, status=200).text
    assert "The weights make 95" in page
    assert "rubric-6-key" not in page
    assert db.session.query(Round).count() == 0


def test_round_to_come_changes_freely(olu, db):
    olu.post("/admin/rounds/new", SPRING, check=False)
    sent = boxes(olu.get("/admin/rounds/spring-2027").text)
    assert "reason" not in sent
    sent["rubric-6-weight"], sent["rubric-5-weight"], sent["opens_on-day"] = "10", "5", "12"
    olu.post("/admin/rounds/spring-2027", sent, check=False)
    made = db.session.query(Round).one()
    assert (made.criteria[6].weight, made.opens_at.day, made.version) == (10, 12, 2)


def test_opened_round_is_frozen_and_its_dates_move_with_a_reason(client, people, cases, mailbox):
    cases.at(Stage.DRAFT)
    cases.at(Stage.SUBMITTED, urn=900004)
    olu = enter(client, people.olu)
    page = olu.get("/admin/rounds/autumn-2026").text
    sent = boxes(page)
    assert not [name for name in sent if name.startswith(("rubric", "opens_on", "detail", "form"))]
    assert "Its form and criteria do not change any more" in page
    sent["closes_on-day"], sent["closes_on-month"], sent["closes_on-year"] = "15", "1", "2027"
    sent["introduction"] = "Schools may send it until the middle of January."
    assert "Enter the reason for the change" in olu.post("/admin/rounds/autumn-2026", sent, status=422).text
    sent["reason"] = "Snow closed many schools"
    done = olu.follow(olu.post("/admin/rounds/autumn-2026", sent, check=False)).text
    assert "2 people are told by email" in done
    assert cases.round.closes_at.date().isoformat() == "2027-01-15"
    jobs.drain()
    told = [text for text in mailbox.texts if "Snow closed many schools" in text]
    assert len(told) == 2
    assert "15 January 2027 at 12 noon" in told[0]
    assert "We have also changed its introduction." in told[0]


def test_forged_change_of_a_frozen_part_changes_nothing(client, people, cases):
    olu = enter(client, people.olu)
    sent = boxes(olu.get("/admin/rounds/autumn-2026").text)
    forged = {**SPRING, "rubric-0-weight": "100", "detail": "at_once", "opens_on-day": "1"}
    frozen = {name: text for name, text in forged.items() if name.startswith(("rubric", "detail", "opens", "form"))}
    olu.post("/admin/rounds/autumn-2026", {**sent, **frozen, "reason": "Because"}, check=False)
    made = cases.round
    assert (made.criteria, made.detail_with_eoi, made.opens_at.day) == (RUBRIC, False, 2)


def test_change_of_what_an_opened_round_takes_is_told_and_counts_as_a_change(client, people, cases, mailbox):
    cases.at(Stage.DRAFT)
    olu = enter(client, people.olu)
    sent = boxes(olu.get("/admin/rounds/autumn-2026").text)
    sent["strand-srp-slcn-primary-openness"], sent["reason"] = "open", "More children need it"
    olu.post("/admin/rounds/autumn-2026", sent, check=False)
    jobs.drain()
    (text,) = [text for text in mailbox.texts if "More children need it" in text]
    assert "We have changed what it takes of Autumn 2026." in text
    assert cases.round.version == 2
    entry = db.session.query(AuditEntry).filter_by(action="change_round").one()
    assert entry.detail.content["changed"] == ["strands"]


def test_closing_day_of_an_opened_round_is_not_moved_into_the_past(client, people, cases):
    olu = enter(client, people.olu)
    sent = boxes(olu.get("/admin/rounds/autumn-2026").text)
    sent |= {"closes_on-day": "23", "closes_on-month": "11", "reason": "Because"}
    assert "Enter a closing date in the future" in olu.post("/admin/rounds/autumn-2026", sent, status=422).text


def test_second_of_two_officers_reads_both_texts(client, people, cases):
    olu = enter(client, people.olu)
    mine = boxes(olu.get("/admin/rounds/autumn-2026").text)
    theirs = {**mine, "name": "Autumn round", "reason": "Clearer"}
    olu.post("/admin/rounds/autumn-2026", theirs, check=False)
    page = olu.post("/admin/rounds/autumn-2026", {**mine, "name": "Late autumn", "reason": "Mine"}, status=409).text
    assert "Autumn round" in page
    assert "Late autumn" in page
    assert cases.round.name == "Autumn round"


def test_list_counts_drafts_and_what_was_sent(client, people, cases):
    cases.at(Stage.DRAFT)
    cases.at(Stage.CHECK, urn=900004)
    page = enter(client, people.harriet).get("/admin/rounds").text
    assert re.search(r"Drafts</span>1<.*Sent</span>1<", page, re.S)


@pytest.mark.parametrize("who", ["alice", "sam", "priya", "cleo", "ada", "dev"])
def test_rounds_are_closed_to_everybody_else(client, people, cases, who):
    pages = enter(client, getattr(people, who))
    for path in (
        "/admin/rounds",
        "/admin/rounds/new",
        "/admin/rounds/autumn-2026",
        "/admin/rounds/autumn-2026/preview",
    ):
        pages.get(path, status=403)


def test_no_round_of_that_name(olu):
    olu.get("/admin/rounds/nowhere", status=404)
    assert "No round has been made yet" in olu.get("/admin/rounds").text
