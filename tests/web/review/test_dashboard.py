"""The dashboard: what waits for each person, and nothing that they may not see."""

import re

import pytest

from eoi.extensions import db as database
from eoi.models import Delegation
from eoi.rules.stages import Stage
from tests.web.review.browsing import at

S = Stage


@pytest.mark.parametrize(
    ("stage", "name", "step"),
    [
        (S.WITH_HEAD, "harriet", "Decide"),
        (S.INELIGIBLE_PROPOSED, "harriet", "Confirm or send back"),
        (S.DECLINE_PROPOSED, "harriet", "Confirm or send back"),
        (S.DECLINED, "harriet", "Issue the letter"),
        (S.PANEL, "cleo", "Record the recommendation"),
        (S.CHECK, "olu", "Check it"),
        (S.VISIT, "aisha", "Visit and record it"),
        (S.PRE_STATUTORY, "aisha", "Record conditions and choose the route"),
        (S.PROCESS_REVIEW, "dev", "Review the process"),
        (S.ASSESSMENT, "priya", "Score and lock"),
    ],
)
def test_dashboard_names_the_next_step_of_the_person(cases, as_, stage, name, step):
    submission = cases.at(stage)
    page = as_(name).get("/review").text
    assert submission.school.name in page
    assert f">{step}<" in page or f"</span>{step}</td>" in page
    assert len(as_(name).queries) <= 9


@pytest.mark.parametrize(
    ("stage", "name"), [(S.WITH_HEAD, "cleo"), (S.PANEL, "harriet"), (S.CHECK, "audrey"), (S.OPEN, "olu")]
)
def test_dashboard_is_quiet_where_the_step_is_somebody_elses(cases, as_, stage, name):
    cases.at(stage)
    assert "Nothing waits for you" in as_(name).get("/review").text


def test_submitted_case_waits_only_when_the_round_has_closed(cases, as_, clock):
    cases.at(S.SUBMITTED)
    assert "Start the check" not in as_("olu").get("/review").text
    clock.travel("2026-12-18 12:00")
    assert "Start the check" in as_("olu").get("/review").text


def test_late_school_is_to_be_chased(cases, as_, clock):
    cases.at(S.RETURNED)
    assert "Chase the school" not in as_("olu").get("/review").text
    clock.advance(days=40)
    assert "Chase the school" in as_("olu").get("/review").text


def test_officers_own_cases_come_first(cases, db, as_, people):
    roads = [cases.road(), cases.road(urn=900004)]
    for road in roads:
        road.to(S.SUBMITTED)
    for road in roads:
        road.to(S.CHECK)
    roads[0].submission.owner_id = people.oscar.id
    db.session.commit()
    page = as_("oscar").get("/review").text
    assert page.index("Hopefield Primary School") < page.index("Elsewhere Primary School")
    page = as_("olu").get("/review").text
    assert page.index("Elsewhere Primary School") < page.index("Hopefield Primary School")


def test_board_counts_link_to_the_list_and_scorers_see_their_own(cases, as_):
    submission = cases.at(S.PANEL)
    assert (
        '/review/submissions?stage=panel">Panel and moderation</a><span class="app-board__number">1'
        in as_("olu").get("/review").text
    )
    assert submission.school.name not in as_("priya").get("/review").text.split("Due in the next")[0]


def test_case_in_conflict_leaves_the_dashboard(cases, as_):
    submission = cases.at(S.ASSESSMENT)
    form = {"conflicted": "yes", "handling": "replaced", "version": "1"}
    as_("priya").post(f"/panel/{submission.reference}/conflict", form, check=False)
    page = as_("priya").get("/review").text
    assert submission.school.name not in page
    as_("priya").get(at(submission), status=404)


def test_delegate_sees_what_is_to_be_decided(cases, db, as_, people):
    submission = cases.at(S.WITH_HEAD)
    moment = cases.clock()
    db.session.add(
        Delegation(
            user_id=people.aisha.id,
            starts_on=moment.date(),
            ends_on=None,
            submission_id=submission.id,
            reason="The Head of SEN has a conflict",
            made_at=moment,
        )
    )
    db.session.commit()
    assert "To decide" in as_("aisha").get("/review").text


def test_what_changed_is_new_until_it_is_marked_as_read(cases, as_, clock):
    submission = cases.at(S.CHECK)
    page = as_("harriet").get("/review").text
    assert "What changed lately" in page
    until = page.split('name="until" value="')[1].split('"')[0]
    as_("harriet").post("/review/read", {"until": until.replace("&#43;", "+")})
    assert "Nothing new." in as_("harriet").get("/review").text
    assert as_("harriet").post("/review/read", {"until": "junk"}, status=422)
    clock.advance(days=1)
    cases.road(urn=900004).to(S.SUBMITTED)
    database.session.commit()
    page = as_("harriet").get("/review").text
    assert "New since you last read" in page
    changed = page.split("New since you last read")[1]
    assert "Elsewhere Primary School" in changed
    assert submission.school.name not in changed.split("</section>")[0]


def test_next_step_is_one_click_away(cases, as_):
    submission = cases.at(S.WITH_HEAD)
    assert f'href="{at(submission, "/decision")}"' in as_("harriet").get("/review").text


def test_board_and_its_list_show_days_court_and_light(cases, as_, clock):
    submission = cases.at(S.RETURNED)
    cases.at(S.CHECK, urn=900004)
    clock.advance(days=30)
    page = as_("harriet").get("/review/board").text
    assert submission.school.name in page
    assert "with the school" in page
    assert re.search(r"Day \d+ of 50 to the letter, stopped", page)
    listed = as_("harriet").get("/review/board?as=list").text
    assert "With the school" in listed
    assert "Past their day" in listed
    assert "No submissions yet" in as_("priya").get("/review/board").text


def test_figures_have_each_chart_a_sentence_and_a_table(cases, as_):
    cases.at(S.PANEL)
    page = as_("harriet").get("/review/figures").text
    assert page.count("<svg") >= 3
    assert "1 expression of interest came in." in page
    assert "The same figures: places offered" in page
    assert len(page) < 60_000
    as_("priya").get("/review/figures", status=403)
