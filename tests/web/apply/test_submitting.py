"""Check, declare, submit: once, by the headteacher, while the round is open; and what is sent is frozen."""

from datetime import date

import pytest

from eoi import jobs
from eoi.extensions import db
from eoi.models import Snapshot
from eoi.queries import drafts, signatures
from eoi.queries.signatures import State
from eoi.rules.stages import Stage
from eoi.rules.words import Path, Step
from eoi.workflow import signing
from tests.people import RIVERSIDE


@pytest.fixture
def alice(enter, filled):
    return enter("alice", filled)


def declared(alice, **more):
    return {"version": str(alice.submission.version), "declared": "y", "headteacher": "Alice Example", **more}


CHAIR = {"chair": "Chris Chair", "chair_email": "Chris@governors.example"}


# Check your answers


def test_check_shows_every_answer_with_its_change_link(alice, filled):
    page = alice.page("check")
    assert "Continue to the declaration" in page
    assert f"{alice.at('offer')}?back=check#places" in page
    assert drafts.answers(filled)["summary_100"] in page.replace("&#39;", "'")


def test_check_lists_what_is_missing(enter, draft):
    alice = enter("alice", draft)
    alice.send("offer", {"version": "0", "places": "twelve"}, 422)
    page = alice.page("check")
    assert "missing before you can submit" in page
    assert "Places, year groups and opening</a>: mend or remove the answer" in page
    assert "Rooms</a>: not yet started" in page
    assert "Continue to the declaration" not in page
    assert alice.pages.get(alice.at("declaration"), status=302).location == alice.at("check")
    alice.send("declaration", declared(alice))
    assert draft.stage is Stage.DRAFT


# Declare and submit


def test_submitting_gives_a_reference_and_says_what_happens_next(alice, filled):
    assert "Chandler" in alice.page("declaration")
    answer = alice.send("declaration", declared(alice, **CHAIR))
    assert answer.location == alice.at("submitted")
    page = alice.page("submitted")
    assert "EOI-2026-0001" in page
    for day in ("18 December 2026 at 12 noon", "6 January 2027", "3 March 2027"):
        assert day in page
    assert filled.stage is Stage.SUBMITTED
    assert "wait for their confirmation" in page
    assert [(one.role, one.name) for one in drafts.declarations(filled)] == [("Headteacher", "Alice Example")]
    (asked,) = signatures.of(filled)
    assert (asked.name, asked.link.email, asked.state) == ("Chris Chair", "chris@governors.example", State.WAITING)


def test_two_clicks_make_one_submission(alice, filled):
    form = declared(alice)
    first, second = alice.send("declaration", form), alice.send("declaration", form)
    assert first.location == second.location == alice.at("submitted")
    assert db.session.query(Snapshot).count() == 1
    assert filled.reference == "EOI-2026-0001"


def test_chair_may_follow_later(alice, filled):
    alice.send("declaration", declared(alice))
    assert [one.role for one in drafts.declarations(filled)] == ["Headteacher"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"declared": ""}, "declared", "Tick the box to declare that this is true"),
        ({"headteacher": " "}, "headteacher", "Enter your name to declare"),
        ({**CHAIR, "chair": ""}, "chair", "Enter the name of the chair of governors"),
        ({**CHAIR, "chair_email": ""}, "chair_email", "Enter the email address of the chair of governors"),
        ({**CHAIR, "chair_email": "chris"}, "chair_email", "an email address"),
        ({**CHAIR, "chair": "Alice Example"}, "chair", "Enter another person than the headteacher"),
        (
            {**CHAIR, "chair_email": "alice@example.org"},
            "chair_email",
            "another person than the headteacher who submits",
        ),
    ],
)
def test_declaration_that_is_wrong_is_mended(alice, filled, changes, field, message):
    form = declared(alice, **changes)
    page = alice.refused("declaration", {name: value for name, value in form.items() if value})
    assert message in page
    assert f'href="#{field}"' in page
    assert filled.stage is Stage.DRAFT


def test_submission_tells_the_school_by_mail(alice, mailbox):
    alice.send("declaration", declared(alice))
    jobs.drain()
    (told,) = mailbox.texts
    assert "EOI-2026-0001" in told
    assert alice.public_id in told


def test_copy_is_a_pdf_once_the_job_has_printed_it(alice):
    alice.send("declaration", declared(alice))
    assert "Your copy is being made" in alice.page("copy.pdf")
    jobs.drain()
    answer = alice.pages.get(alice.at("copy.pdf"))
    assert answer.data.startswith(b"%PDF-1.7")
    assert "EOI-2026-0001.pdf" in answer.headers["Content-Disposition"]


def test_frozen_answers_are_read_as_they_were(alice, filled):
    alice.send("declaration", declared(alice, **CHAIR))
    signing.sign(signatures.of(filled)[0].link, "Chris Chair", date(2026, 11, 10))
    db.session.commit()
    page = alice.page("answers")
    assert drafts.answers(filled)["summary_100"] in page.replace("&#39;", "'")
    assert "Classroom A" in page
    assert "Chris Chair, minute of 10 November 2026, by a link sent to chris@governors.example" in page
    assert drafts.latest_snapshot(filled).sha256 in page


def test_editor_fills_in_but_does_not_submit(enter, filled):
    ed = enter("ed", filled)
    assert "Only the headteacher can submit" in ed.page()
    assert "Only the headteacher can declare and submit" in ed.page("check")
    ed.page("declaration", 403)
    ed.send("declaration", declared(ed), 403)
    assert filled.stage is Stage.DRAFT


def test_after_noon_it_is_refused_kindly_and_kept(enter, filled, clock):
    clock.travel("2026-12-18 12:00")
    alice = enter("alice", filled)
    page = alice.send("declaration", declared(alice), 409).text
    assert "The round has closed" in page
    assert "What you typed is kept" in page
    assert filled.stage is Stage.DRAFT
    assert drafts.answers(filled)["summary_100"]


def test_changed_meanwhile_is_looked_at_first(enter, alice, filled):
    form = declared(alice)
    row = drafts.section_rows(filled)["offer"]
    more = {"places": "16", "year_groups": ["1"], "opening-month": "9", "opening-year": "2028",
            "mainstream_share_entry": "50", "mainstream_share_year_one": "70"}  # fmt: skip
    enter("ed", filled).send("offer", {"version": str(row.version), **more})
    page = alice.send("declaration", form, 409).text
    assert "Somebody else changed this first" in page
    assert filled.stage is Stage.DRAFT


def test_academy_declares_by_trust(enter, db, cases):
    road = cases.road(urn=RIVERSIDE, path=Path.SATELLITE)
    road.fill((Step.EOI,))
    db.session.commit()
    page = enter("rita", road.submission).page("declaration")
    assert "Trust chief executive or accounting officer" in page
    assert "Chair of trustees" in page


# Reopen


def test_reopening_keeps_the_reference(alice, filled):
    alice.send("declaration", declared(alice))
    assert "Change your answers" in alice.page()
    alice.page("change")
    alice.send("change", {"version": str(filled.version)})
    assert filled.stage is Stage.DRAFT
    assert "Submit it again before the round closes" in alice.page()
    alice.send("declaration", declared(alice))
    assert (filled.stage, filled.reference) == (Stage.SUBMITTED, "EOI-2026-0001")
    assert db.session.query(Snapshot).count() == 2


def test_reopening_ends_with_the_round(enter, cases, clock):
    submission = cases.at(Stage.SUBMITTED)
    clock.travel("2026-12-18 12:00")
    alice = enter("alice", submission)
    assert "Change your answers" not in alice.page()
    alice.send("change", {"version": str(submission.version)}, 409)
    assert submission.stage is Stage.SUBMITTED


# The detail


def test_detail_is_filled_in_and_sent(enter, cases, db):
    road = cases.road()
    submission = road.to(Stage.DETAIL)
    db.session.commit()
    alice = enter("alice", submission)
    assert "Send us the detail" in alice.page("tasks")
    alice.send("send-detail", {"version": str(submission.version)}, 422)
    assert submission.stage is Stage.DETAIL
    road.fill((Step.DETAIL,))
    db.session.commit()
    assert "Send the detail" in alice.page("check")
    for _ in range(2):
        assert alice.send("send-detail", {"version": str(submission.version)}).location == alice.at("submitted")
    assert submission.stage is Stage.ASSESSMENT
    page = alice.page("submitted")
    assert "Detail sent" in page
    assert "Documents" in alice.page("answers")
