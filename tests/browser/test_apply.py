"""A school's road in a real browser, on a phone and on a wide screen, with script and without."""

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page, expect

from eoi.extensions import db
from eoi.outbound.pdf import render_pdf
from eoi.queries import drafts, signatures
from eoi.rules.stages import Stage
from eoi.rules.words import Step
from eoi.workflow import links, submitting
from eoi.workflow.submitting import Declared
from tests.browser.conftest import NARROW, WIDE
from tests.web.entering import held_by

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

#: A phone with script and a wide screen without; the walks look at the others.
SCREENS = pytest.mark.parametrize(("width", "script"), [(NARROW, True), (WIDE, False)])


@pytest.fixture
def enter(live, new_page, people):
    """`enter("alice", width=320, script=False)`: a browser in which this person is signed in."""

    def sign_in(name: str, **how) -> Page:
        page = new_page(**how)
        seal = SecureCookieSessionInterface().get_signing_serializer(live.app)
        session = held_by(live.app, people.by_name[name])
        page.context.add_cookies([{"name": "session", "value": seal.dumps(session), "url": live.address}])
        return page

    return sign_in


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@SCREENS
def test_start_and_first_sections(enter, cases, check_axe, width, script):
    page = enter("alice", width=width, script=script)
    look = check_axe if script else lambda _: None
    page.goto("/apply")
    look(page)
    page.get_by_role("button", name="Start an expression of interest").click()
    press(page, "Continue")
    expect(page).to_have_title(
        "Error: What could your school offer? – Host specialist SEN provision – Kent County Council"
    )
    look(page)
    page.get_by_label("Resourced provision").check()
    page.get_by_label("Autism").check()
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("You can start")
    look(page)
    press(page, "Start")
    expect(page.locator("h1")).to_have_text("Your expression of interest")
    look(page)
    page.get_by_role("link", name="Places, year groups and opening").click()
    page.get_by_label("How many places do you offer, when full?").fill("twelve")
    press(page, "Save and continue")
    look(page)
    page.get_by_role("link", name="Enter places as a number, such as 12").click()
    assert page.evaluate("document.activeElement.name" if script else "'places'") == "places"
    page.get_by_label("How many places do you offer, when full?").fill("12")
    press(page, "Save and come back later")
    expect(page.get_by_text("Saved. You can come back at any time.")).to_be_visible()


@SCREENS
def test_rooms_and_files(enter, cases, check_axe, width, script):
    draft = cases.at(Stage.DRAFT)
    page = enter("alice", width=width, script=script)
    page.goto(f"/apply/{draft.public_id}/rooms")
    page.get_by_label("Adapt existing rooms").check()
    press(page, "Add another room")
    page.locator("[name=rooms-0-name]").fill("Room A")
    page.locator("[name=rooms-1-name]").fill("Room B")
    page.get_by_role("button", name="Remove room 1").click()
    content = render_pdf('<html lang="en-GB"><title>Plan</title><p>The plan')
    files = [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in ("plan.pdf", "upper.pdf")]
    wrong = {"name": "wrong.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    page.locator("[name=floor_plan]").set_input_files([wrong])
    page.get_by_label("These files contain no pupil data").check()
    page.get_by_role("button", name="Upload: floor plan").click()
    expect(page.get_by_text("The name ends in .pdf but the file is not a PDF").first).to_be_visible()
    page.locator("[name=floor_plan]").set_input_files(files)
    page.get_by_label("These files contain no pupil data").check()
    page.get_by_role("button", name="Upload: floor plan").click()
    for name in ("plan.pdf", "upper.pdf"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    if script:
        check_axe(page)
    page.get_by_role("link", name="Replace upper.pdf").click()
    if script:
        check_axe(page)
    page.locator("[name=file]").set_input_files([{**files[0], "name": "newer.pdf"}])
    page.get_by_label("This file contains no pupil data").check()
    press(page, "Replace the file")
    expect(page.get_by_text("newer.pdf has taken the place of upper.pdf.")).to_be_visible()
    expect(page.get_by_text("version 2")).to_be_visible()
    page.get_by_role("link", name="Remove plan.pdf").click()
    press(page, "Remove the file")
    expect(page.get_by_text("plan.pdf is removed.")).to_be_visible()
    db.session.rollback()
    assert drafts.answers(draft) == {"route": "adapt", "rooms": [{"name": "Room B"}]}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_whoever_waits_drafts_meanwhile(enter, cases, check_axe, people, width):
    people.ed.memberships[0].confirmed_at = None
    db.session.commit()
    page = enter("ed", width=width)
    page.goto("/apply")
    expect(page.locator("h1")).to_have_text("We are checking that you work at Hopefield Primary School")
    check_axe(page)
    page.get_by_role("button", name="Start a draft").click()
    page.get_by_label("Resourced provision").check()
    page.get_by_label("Autism").check()
    press(page, "Continue")
    check_axe(page)
    press(page, "Start")
    expect(page.get_by_text("Until then only you see this draft")).to_be_visible()
    check_axe(page)
    page.get_by_role("link", name="Your request for access").click()
    expect(page.get_by_role("link", name="Download what you typed for Hopefield Primary School")).to_be_visible()
    check_axe(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_of_a_round(new_page, cases, check_axe, live, width):
    cases.round.events = [{"title": "Briefing", "day": "2026-11-18", "time": "4pm", "place": "Online", "link": ""}]
    db.session.commit()
    page = new_page(width=width)
    page.goto("/rounds/autumn-2026")
    expect(page.get_by_role("heading", name="What happens afterwards")).to_be_visible()
    check_axe(page)


@SCREENS
def test_check_declare_submit_and_after(enter, cases, check_axe, width, script):
    road = cases.road()
    road.fill((Step.EOI,))
    db.session.commit()
    page = enter("alice", width=width, script=script)
    look = check_axe if script else lambda _: None
    page.goto(f"/apply/{road.submission.public_id}")
    page.get_by_role("link", name="Check your answers, declare and submit").click()
    look(page)
    page.get_by_role("button", name="Continue to the declaration").click()
    look(page)
    page.get_by_label("I declare this as the headteacher").check()
    press(page, "Submit your expression of interest")
    expect(page.get_by_role("heading", level=1)).to_have_text("Expression of interest submitted")
    look(page)
    for name, title in (
        ("See where it stands", "Submitted"),
        ("Read your answers", "What you sent"),
        ("Where it stands", "Submitted"),
        ("Change your answers", "Change your answers"),
        ("Leave it as it is", "Submitted"),
        ("Withdraw this expression of interest", "Withdraw your expression of interest"),
    ):
        page.locator("a", has_text=name).first.click()
        expect(page.locator("h1")).to_have_text(title)
        look(page)


@SCREENS
def test_chair_confirms_by_link_and_the_lead_sees_it(enter, cases, people, check_axe, width, script):
    road = cases.road()
    road.fill((Step.EOI,))
    names = [Declared("headteacher", "Alice"), Declared("chair", "Chris Chair", email="chris@governors.example")]
    submitting.submit(road.submission, names, seen=road.submission.version, by=people.actor("alice"))
    link = links.address(signatures.of(road.submission)[0].link)
    db.session.commit()
    look = check_axe if script else lambda _: None
    alice, chair = enter("alice", width=width, script=script), enter("alice", width=width, script=script)
    alice.goto(f"/apply/{road.submission.public_id}/signatures")
    look(alice)
    alice.get_by_role("link", name="Correct the name or address").click()
    look(alice)
    chair.context.clear_cookies()
    chair.goto("/sign/" + link.rpartition("/")[2])
    look(chair)
    press(chair, "Send your answer")
    look(chair)
    chair.get_by_label("Yes, I confirm it").check()
    chair.get_by_label("Your full name").fill("Chris Chair")
    for part, typed in (("Day", "10"), ("Month", "11"), ("Year", "2026")):
        chair.get_by_label(part).fill(typed)
    look(chair)
    press(chair, "Send your answer")
    expect(chair.get_by_role("heading", level=1)).to_have_text("Confirmed")
    look(chair)
    alice.goto(f"/apply/{road.submission.public_id}")
    expect(alice.locator("main")).to_contain_text("by a link sent to chris@governors.example")
    look(alice)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_two_people_at_one_section(enter, cases, check_axe, width):
    draft = cases.at(Stage.DRAFT)
    alice, ed = enter("alice", width=width), enter("ed", width=width)
    for page in (alice, ed):
        page.goto(f"/apply/{draft.public_id}/summary")
        page.locator("textarea").fill(f"The words of {'Alice' if page is alice else 'Ed'}.")
    for page in (ed, alice):
        press(page, "Save and continue")
    expect(alice.locator("h1")).to_have_text("Somebody else changed this first")
    check_axe(alice)
    press(alice, "Save mine over theirs")
    expect(alice.locator("h1")).to_have_text("Places, year groups and opening")
    db.session.rollback()
    assert drafts.answers(draft) == {"summary_100": "The words of Alice."}


def type_and_wait(page, path, words):
    """Types into the one text of the page; three quiet seconds later it is sent."""
    page.clock.install()
    page.goto(path)
    page.locator("textarea").fill(words)
    page.clock.run_for(3_000)


def test_answers_are_saved_while_they_are_typed(enter, cases):
    draft = cases.at(Stage.DRAFT)
    page = enter("alice")
    type_and_wait(page, f"/apply/{draft.public_id}/summary", "The words of Alice.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    db.session.rollback()
    assert drafts.answers(draft) == {"summary_100": "The words of Alice."}
    page.locator("textarea").fill("More words of Alice.")
    press(page, "Save and continue")
    expect(page.locator("h1")).to_have_text("Places, year groups and opening")
    db.session.rollback()
    assert drafts.answers(draft) == {"summary_100": "More words of Alice."}


def test_editors_collide_by_autosave_and_both_texts_survive(enter, cases):
    draft = cases.at(Stage.DRAFT)
    path = f"/apply/{draft.public_id}/summary"
    ed = enter("ed")
    ed.goto(path)
    alice = enter("alice")
    type_and_wait(alice, path, "The words of Alice.")
    expect(alice.locator("[data-saved]")).to_contain_text("Saved at")
    ed.locator("textarea").fill("The words of Ed.")
    expect(ed.locator("[data-saved]")).to_contain_text("Somebody else has changed this page")
    press(ed, "Save and continue")
    expect(ed.locator("h1")).to_have_text("Somebody else changed this first")
    for words in ("The words of Alice.", "The words of Ed."):
        expect(ed.locator("main")).to_contain_text(words)
    db.session.rollback()
    assert drafts.answers(draft) == {"summary_100": "The words of Alice."}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("stage", [Stage.RETURNED, Stage.DETAIL, Stage.PRE_STATUTORY])
def test_pages_of_later_stages(enter, cases, check_axe, width, stage):
    case = cases.at(stage)
    page = enter("alice", width=width)
    pages = {
        Stage.RETURNED: ("questions", "need"),
        Stage.DETAIL: ("tasks", "documents", "held_pupils", "staff", "check"),
    }
    for name in ("", *pages.get(stage, ("answers",))):
        page.goto(f"/apply/{case.public_id}/{name}".rstrip("/"))
        check_axe(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_of_the_round(new_page, cases, check_axe, width):
    page = new_page(width=width)
    page.goto("/rounds/autumn-2026")
    check_axe(page)
