"""The pages of the form: what is valid is kept, what is not is said, and nothing that was typed is lost."""

import pytest

from eoi.extensions import db
from eoi.models import CouncilFigure, NeedLine
from eoi.queries import drafts
from eoi.rules.figures import Kind
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.web.apply.blueprint import sections_now
from tests.people import HOPEFIELD, MEADOW, RIVERSIDE

OFFER = {
    "version": "0",
    "places": "15",
    "year_groups": ["1", "2"],
    "opening-month": "9",
    "opening-year": "2028",
    "mainstream_share_entry": "50",
    "mainstream_share_year_one": "70",
}


def answers(submission):
    return drafts.answers(submission)


@pytest.mark.parametrize(
    ("stage", "which"),
    [
        (Stage.DRAFT, {}),
        (Stage.DRAFT, {"path": Path.SATELLITE}),
        (Stage.DETAIL, {}),
        (Stage.DETAIL, {"urn": RIVERSIDE}),
        (Stage.DETAIL, {"path": Path.SATELLITE}),
    ],
)
def test_every_section_is_a_page(enter, cases, stage, which):
    submission = cases.at(stage, **which)
    school = enter("alice" if submission.urn == HOPEFIELD else "rita", submission)
    for section in sections_now(submission):
        assert f">{section.title}</h1>" in school.page(section.key)
    school.page("" if stage is Stage.DRAFT else "tasks")
    school.page("check")


def test_saving_goes_on_to_the_next_section(alice, draft):
    assert alice.send("offer", OFFER).location == alice.at("existing")
    assert answers(draft)["places"] == 15
    assert draft.places == 15
    assert alice.send("disclosure", {"version": "0", "conflict": "no"}).location == alice.at("check")


def test_saving_for_later_goes_back_to_the_tasks(alice, draft):
    answer = alice.send("offer", {**OFFER, "then": "later"})
    assert answer.location == alice.at()
    assert "Saved. You can come back at any time." in alice.page()
    assert answers(draft)["places"] == 15


def test_saving_from_the_check_goes_back_to_it(alice):
    assert alice.send("offer?back=check", OFFER).location == alice.at("check")


def test_what_is_valid_is_kept_and_what_is_not_is_said(alice, draft):
    page = alice.refused("offer", {**OFFER, "places": "twelve", "opening-month": "13"})
    assert 'href="#places">Enter places as a number, such as 12</a>' in page
    assert 'value="twelve"' in page
    assert 'value="13"' in page
    assert answers(draft)["mainstream_share_entry"] == 50
    assert "places" not in answers(draft)
    assert 'value="twelve"' in alice.page("offer")
    assert "Error: Places, year groups and opening" in alice.page("offer")
    assert "2 questions to answer or mend" in alice.page()


def test_too_many_words_come_back_whole(alice):
    long = "word " * 120
    page = alice.refused("summary", {"version": "0", "summary_100": long})
    assert "Your summary must be 100 words or fewer. You have 120 words" in page
    assert long.strip() in page


def test_unusual_answers_are_pointed_out_once(alice, draft):
    assert alice.send("offer", {**OFFER, "places": "60"}).location == alice.at("offer")
    page = alice.page("offer")
    assert "60 places is outside the usual 12 to 20" in page
    again = {**OFFER, "version": "1", "places": "60", "told": "places"}
    assert alice.send("offer", again).location == alice.at("existing")
    assert answers(draft)["places"] == 60


def test_signs_of_pupil_data_are_pointed_out(alice):
    alice.send("summary", {"version": "0", "summary_100": "We teach a Year 4 boy with autism."})
    assert "Year 4 boy" in alice.page("summary")
    assert "Look at this before you go on" in alice.page("summary")


def test_rows_are_added_and_removed_without_script(alice, draft):
    rooms = {"version": "0", "route": "adapt", "rooms-0-name": "Room A", "rooms-0-use": "Teaching", "rooms-0-area": "x"}
    page = alice.send("rooms", {**rooms, "add-row": "rooms"}, 200).text
    assert 'name="rooms-1-name"' in page
    assert 'value="Room A"' in page
    assert 'value="x"' in page
    page = alice.send("rooms", {**rooms, "rooms-1-name": "Room B", "remove-row": "rooms:0"}, 200).text
    assert "Room A" not in page
    assert 'value="Room B"' in page
    assert answers(draft) == {}


def test_empty_boxes_may_be_saved(alice, draft):
    assert alice.send("offer", {"version": "0"}).location == alice.at("existing")
    assert answers(draft) == {}


def test_register_and_account_fill_in_what_they_know(enter, cases, draft):
    page = enter("alice", draft).page("school")
    for fact in ("What we hold", "900001", "886/2001", "420 places", "376.5 pupils", "as at 1 September 2026"):
        assert fact in page
    assert 'value="alice@example.org"' in enter("alice", draft).page("contacts")
    academy = cases.at(Stage.DRAFT, urn=RIVERSIDE)
    assert 'value="Weald and Downs Academy Trust"' in enter("rita", academy).page("school")


def test_council_figures_stand_beside_their_question(enter, cases):
    submission = cases.at(Stage.DETAIL)
    figure = {"urn": HOPEFIELD, "source": "Spring census", "as_at": cases.round.opens_at.date(), "illustrative": True}
    db.session.add(CouncilFigure(kind=Kind.EHC_PLANS, item="asd", value="5 to 9", **figure))
    db.session.commit()
    page = enter("alice", submission).page("held_pupils")
    assert "5 to 9" in page
    assert "Spring census, as at 2 November 2026" in page
    assert "Illustrative" in page
    assert "We hold nothing about this." in page


def test_case_for_need_shows_the_district(alice, cases):
    line = {"district_code": "E07000105", "district_name": "Ashford", "source": "The plan", "illustrative": False}
    offer = {"need": Need.ASD, "phase": Phase.PRIMARY, "path": Path.SRP, "places": 30, "year": 2027}
    db.session.add(NeedLine(as_at=cases.round.opens_at.date(), **line, **offer))
    db.session.commit()
    page = alice.page("need")
    assert "Places we look for in Ashford" in page
    assert "30 places" in page
    assert "The plan, as at 2 November 2026" in page


def test_small_numbers_are_never_stored(alice, draft):
    grid = {"what": "The roll", "roll": "3", "as_at-day": "1", "as_at-month": "10", "as_at-year": "2026", "source": "S"}
    own = {f"register_own-{name}": value for name, value in grid.items()}
    alice.send("school", {"version": "0", "register_correct": "no", **own})
    assert answers(draft)["register_own"]["roll"] == "fewer than 5"
    assert 'value="fewer than 5"' in alice.page("school")


# Two people


def test_second_of_two_people_reads_both_texts(enter, draft):
    alice, ed = enter("alice", draft), enter("ed", draft)
    ed.send("summary", {"version": "0", "summary_100": "The words of Ed."})
    page = alice.send("summary", {"version": "0", "summary_100": "The words of Alice."}, 409).text
    assert "Ed Example saved this section while you had it open" in page
    assert "The words of Ed." in page
    assert "The words of Alice." in page
    assert answers(draft)["summary_100"] == "The words of Ed."
    over = {"version": "1", "summary_100": "The words of Alice."}
    assert 'name="version" value="1"' in page
    alice.send("summary", over)
    assert answers(draft)["summary_100"] == "The words of Alice."


def test_second_of_two_who_typed_the_same_goes_on(enter, draft):
    same = {"version": "0", "summary_100": "The same words."}
    enter("ed", draft).send("summary", same)
    alice = enter("alice", draft)
    assert alice.send("summary", same).location == alice.at("offer")


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "１"])
def test_forged_versions_are_somebody_elses(alice, draft, version):
    page = alice.send("summary", {"version": version, "summary_100": "Mine."}, 409).text
    assert "Mine." in page
    assert answers(draft) == {}


# The round closes, the case moves on


def test_after_closing_the_draft_is_kept_and_read(enter, draft, clock):
    clock.travel("2026-12-18 12:00")
    alice = enter("alice", draft)
    alice.send("summary", {"version": "0", "summary_100": "Typed at noon."}, 302)
    assert answers(draft)["summary_100"] == "Typed at noon."
    for name in ("", "summary", "check"):
        assert "The round closed on 18 December 2026 at 12 noon. What you typed is kept" in alice.page(name)


def test_typed_text_is_given_back_when_the_case_moved_on(enter, cases, filled):
    alice = enter("alice", filled)
    old = {"version": "1", "summary_100": "Too late for this."}
    alice.send("declaration", {"version": str(filled.version), "declared": "y", "headteacher": "Alice"})
    page = alice.send("summary", old, 409).text
    assert "Too late for this." in page
    assert answers(filled)["summary_100"] != "Too late for this."


def test_junk_is_no_failure(alice, draft):
    for key in ("offer", "rooms", "standing", "partner", "school", "disclosure"):
        junk = {
            "version": "0",
            "places": ["1", "2"],
            "rooms-0-area": "\x00",
            "rooms-99999-name": "x",
            "opening-year": "𝟚",
        }
        junk |= {"standing": ["none", "forged"], "register_correct": "maybe", "add-row": "nothing"}
        alice.pages.post(alice.at(key), junk, status=404 if key == "partner" else 200, check=False)
        alice.pages.client.post(alice.at(key), data={**junk, "add-row": ""}, headers={"Accept": "text/html"})
    alice.page("nothing", 404)
    alice.pages.get("/apply/0000000000000000000000/offer", status=404)


def test_strangers_and_officers_see_no_draft(enter, draft, app, people):
    for key in ("", "offer", "check"):
        enter("sam", draft).page(key, 404)
        enter("olu", draft).page(key, 404)
    enter("sam", draft).send("offer", OFFER, 404)


def test_tasks_tell_how_far_it_is(alice):
    page = alice.page()
    assert "0 of 15 tasks completed" in page
    assert page.count("Not yet started") == 15
    assert "Cannot start yet" in page
    assert "24 days left" in page
    alice.send("offer", OFFER)
    page = alice.page()
    assert "1 of 15 tasks completed" in page
    assert "by Alice Example" in page


def test_school_that_is_not_known_is_refused_and_comes_back(enter, cases):
    draft = cases.at(Stage.DRAFT, path=Path.SATELLITE)
    rita = enter("rita", draft)
    page = rita.refused("partner", {"version": "0", "partner_school": "999999", "partner_talks": "exploring"})
    assert "no school has that URN" in page
    page = rita.page("partner")
    assert "no school has that URN" in page
    assert 'value="999999"' in page
    rita.send("partner", {"version": "1", "partner_school": str(MEADOW), "partner_talks": "exploring"})
    page = rita.page("partner")
    assert 'data-label="Meadow View School"' in page
    assert f"Meadow View School (URN {MEADOW})" in rita.page("check")


def test_script_is_told_the_version_or_that_somebody_else_saved(alice):
    """What the page sends while it is typed: no page comes back, and the next save fits."""
    sent = {"version": "0", "summary_100": "We offer places."}

    def save(form, status=200):
        asked = {"headers": {"Accept": "application/json"}, "check": False}
        return alice.pages.post(alice.at("summary"), form, status=status, **asked).json

    assert save(sent) == {"version": 1, "message": "Saved at 10am."}
    assert "shows you both texts" in save(sent, 409)["message"]
    assert save({"version": "1", "summary_100": "We offer twelve places."})["version"] == 2


def test_what_seems_to_tell_of_a_pupil_asks_why_it_stays(alice, draft):
    form = {"version": "0", "summary_100": "Jacob's EHC plan names us."}
    assert alice.send("summary", form).location == alice.at("summary")
    page = alice.page("summary")
    assert "a first name beside an EHC plan" in page
    assert "If this tells of no pupil, say why" in page
    assert "say why it does not" in alice.page("check")
    form |= {"version": "1", "summary_100-explained": "Jacob is the name of our drama.", "told": "summary_100"}
    alice.send("summary", form)
    assert "Jacob is the name of our drama." in alice.page("summary")
    assert "say why it does not" not in alice.page("check")
