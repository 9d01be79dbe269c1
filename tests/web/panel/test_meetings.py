"""A meeting from its plan to its minute, and the pages around it."""

import pytest

from eoi.models import PanelMeeting
from eoi.queries import review
from eoi.rules.assigning import HANDLINGS
from eoi.rules.stages import Stage
from eoi.workflow import assigning
from tests.outbound import reading
from tests.people import ELSEWHERE
from tests.web.review.browsing import refused, send

NEW, MEETINGS = "/panel/meetings/new", "/panel/meetings"
DAY = {"held_on-day": "2", "held_on-month": "3", "held_on-year": "2027"}
MINUTE = {"outcome": "approved", "rank": "1", "strengths": "Ethos", "minute": "Well led."}


@pytest.fixture
def two(cases):
    return [cases.at(Stage.PANEL), cases.at(Stage.PANEL, urn=ELSEWHERE)]


@pytest.fixture
def path(two, as_, db, people):
    """A planned meeting on both cases, and its address."""
    cleo = as_("cleo")
    assert "Choose at least one case" in refused(cleo, NEW, DAY)
    send(cleo, NEW, {**DAY, "case": [str(case.id) for case in two]})
    return f"{MEETINGS}/{db.session.query(PanelMeeting).one().id}"


def test_meeting_goes_from_agenda_to_minute(path, two, as_, db, people):
    cleo, case = as_("cleo"), two[0]
    page = cleo.get(path).text
    assert "Resourced provision, autism, primary, South" in page
    assert "You have not said yet whether you have a conflict of interest with 2 cases" in page
    people_present = {"present": [str(people.cleo.id), str(people.pete.id)], "others-0-name": "Pat",
                      "others-0-role": "Parent carer", "others-0-voice": "head"}  # fmt: skip
    version = db.session.query(PanelMeeting).one().version
    assert "choose whom they speak for" in refused(
        cleo, f"{path}/register", {"version": version, "others-0-name": "Pat"}
    )
    send(cleo, f"{path}/register", {"version": version, **people_present})
    form = {"version": "1", **MINUTE, "agreed-C1": "2", "recommend": "yes"}
    page = refused(cleo, f"{path}/cases/{case.reference}", form)
    assert "There is no quorum for this case: 2 present count" in page
    assert "Well led." in page
    send(cleo, f"{path}/declare", {"version": "1"})
    assert "0 to 4" in refused(cleo, f"{path}/cases/{case.reference}", {"version": "2", "agreed-C1": "7"})
    done = cleo.follow(send(cleo, f"{path}/cases/{case.reference}", {**form, "version": "2"})).text
    assert "recommendation recorded" in done
    db.session.expire_all()
    assert case.stage is Stage.WITH_HEAD
    assert review.agreed(case) == {"C1": 2}
    assert "Agreed by the panel" in cleo.get(f"/review/submissions/{case.reference}/review").text
    version = db.session.query(PanelMeeting).one().version
    assert "Draft minute" in cleo.get(path).text
    send(cleo, f"{path}/close", {"version": version})
    minute = cleo.get(f"{path}/minute.pdf").data
    said = reading.text(minute)
    for words in ("Minute of the panel, 2 March 2027", "Pat", case.reference, "Well led.", "No recommendation was"):
        assert words in said
    assert "Draft" not in said
    assert "1" in as_("olu").get(MEETINGS).text


def test_second_writer_reads_both_minutes(path, two, as_, db):
    cleo, address = as_("cleo"), f"{path}/cases/{two[0].reference}"
    send(cleo, address, {"version": "1", "minute": "First words."})
    page = cleo.post(address, {"version": "1", "minute": "Second words."}, status=409).text
    assert "First words." in page
    assert "Second words." in page


def test_case_in_conflict_is_withheld_from_agenda_minute_and_comparison(path, two, as_, db, people):
    assigning.declare_conflict(two[0], True, HANDLINGS[1][1], by=people.actor("dev"))
    db.session.commit()
    dev = as_("dev")
    page = dev.get(path).text
    assert "Withheld from you" in page
    assert two[0].school.name not in page
    said = reading.text(dev.get(f"{path}/minute.pdf").data)
    assert f"{two[0].reference}: withheld" in said
    assert two[0].school.name not in said
    dev.get(f"/review/compare?case={two[0].reference}&case={two[1].reference}", status=404)
    as_("cleo").get(f"{path}/cases/{two[0].reference}")
    dev.get(f"{path}/cases/{two[0].reference}", status=403)


def test_comparison_sets_criteria_side_by_side(two, as_):
    olu, both = as_("olu"), "&".join(f"case={case.reference}" for case in two)
    page = olu.get(f"/review/compare?{both}").text
    assert page.count("C1 Meets published need, weight 20") == 1
    assert "1 in South" in page
    assert len(page) < 60_000
    olu.get(f"/review/compare?case={two[0].reference}", status=422)
    olu.get(f"/review/compare?{both}&case=EOI-2026-9999", status=404)
    as_("priya").get(f"/review/compare?{both}", status=403)


def test_scorer_reads_the_agenda_of_their_own_cases_without_the_others_scores(path, two, as_, db, people):
    page = as_("priya").get(path).text
    assert two[0].reference in page
    assert "Total and what it advises" in page
    assert "of 100" not in page
    as_("priya").get(f"{path}/register", status=403)
    as_("sam").get(path, status=403)


def test_differences_are_listed_for_moderation(two, as_, db, people):
    assert "Scorers do not differ" in as_("cleo").get("/panel/moderation").text
    review.own_scores(two[0], people.priya.id)["C5"].value = 0
    db.session.commit()
    page = as_("cleo").get("/panel/moderation").text
    assert "C5 Accommodation and access: from 0 to" in page
    as_("priya").get("/panel/moderation", status=403)
