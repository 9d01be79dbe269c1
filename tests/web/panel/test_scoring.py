"""The scorer's road: say whether there is a conflict, score beside the answers, look again, lock."""

import pytest

from eoi.models.review import Conflict, Score
from eoi.queries import review
from eoi.rules.scoring import RUBRIC
from eoi.rules.stages import Stage
from tests.web.review.browsing import at, refused, send


@pytest.fixture
def case(cases):
    return cases.at(Stage.ASSESSMENT)


def panel(case, page=""):
    return f"/panel/{case.reference}{page}"


def declare(browser, case, answer="no"):
    return send(
        browser, panel(case, "/conflict"), {"version": case.version, "conflicted": answer, "handling": "replaced"}
    )


def marks(value="3", comment="Seen in the answers."):
    return {key: text for c in RUBRIC for key, text in ((c.key, value), (f"{c.key}-comment", comment))}


def test_case_opens_only_after_the_declaration(case, as_, db):
    priya = as_("priya")
    assert "Say first if you have a conflict" in priya.get("/panel").text
    for path in (panel(case), at(case), at(case, "/answers"), at(case, "/timeline"), panel(case, "/lock")):
        assert priya.get(path, status=302).location == panel(case, "/conflict")
    page = priya.get(panel(case, "/conflict")).text
    assert "We offer" not in page
    assert "Choose yes if you have a conflict of interest, or no" in refused(
        priya, panel(case, "/conflict"), {"version": "1"}
    )
    assert declare(priya, case).location == panel(case)
    for path in (panel(case), at(case), at(case, "/answers"), at(case, "/timeline")):
        priya.get(path)


def test_conflict_closes_the_case_at_once(case, as_, db):
    priya = as_("priya")
    page = priya.follow(declare(priya, case, "yes")).text
    assert f"You declared a conflict on {case.reference}" in page
    assert "Closed to you by a conflict of interest" in page
    for path in (panel(case), at(case), panel(case, "/conflict"), at(case, "/answers")):
        priya.get(path, status=404)
    assert "1 conflict of interest declared" in " ".join(as_("olu").get(at(case, "/review")).text.split())


def test_officer_with_a_conflict_loses_the_case(case, as_, db):
    declare(as_("oscar"), case, "yes")
    as_("oscar").get(at(case), status=404)
    assert case.reference not in as_("oscar").get("/review/submissions").text


def test_criteria_stand_beside_the_answers_that_they_concern(case, as_):
    declare(as_("priya"), case)
    page = as_("priya").get(panel(case)).text
    for criterion in RUBRIC:
        assert f"{criterion.key} {criterion.title}" in page
    assert "Why is this provision needed at your school?" in page
    assert "2. Partly meets it; the gaps can be closed" in page
    assert len(as_("priya").get(panel(case)).data) < 90_000


def test_scores_are_saved_as_one_goes_and_locked_at_the_end(case, as_, db, people):
    priya = as_("priya")
    declare(priya, case)
    first = send(priya, panel(case), {"version": case.version, "C1": "4", "save": "C1"})
    assert first.location == panel(case) + "#criterion-C1"
    assert "1 of 7 scored" in priya.get("/panel").text
    page = priya.follow(send(priya, panel(case), {"version": case.version, **marks(), "lock": "yes"})).text
    assert "Lock your scores" in page
    send(priya, panel(case, "/lock"), {"version": case.version})
    db.session.expire_all()
    assert {s.value for s in db.session.query(Score)} == {3}
    assert review.locked_scorers(case) == 1
    assert "You locked your scores" in priya.get(panel(case)).text
    priya.get(panel(case, "/lock"), status=409)
    assert "You have locked your scores" in refused(priya, panel(case), {"version": "1", **marks("0")})
    db.session.expire_all()
    assert {s.value for s in db.session.query(Score)} == {3}


def test_lock_names_what_is_missing(case, as_, db):
    priya = as_("priya")
    declare(priya, case)
    send(priya, panel(case), {"version": case.version, **marks(), "C2": "", "C5-comment": ""})
    page = refused(priya, panel(case, "/lock"), {"version": case.version})
    assert 'href="#C2">Choose a score for inclusion record and outcomes' in page
    assert 'href="#C5-comment">Enter a comment on accommodation and access' in page
    assert review.locked_scorers(case) == 0


@pytest.mark.parametrize("value", ["5", "-1", "four", "²", "3 OR 1", "99999999999999999999"])
def test_forged_score_is_not_kept(case, as_, db, value):
    priya = as_("priya")
    declare(priya, case)
    send(priya, panel(case), {"version": case.version, "C1": value})
    assert db.session.query(Score).filter(Score.value.is_not(None)).count() == 0


def test_comment_over_its_words_comes_back_to_be_mended(case, as_, db):
    priya = as_("priya")
    declare(priya, case)
    page = refused(priya, panel(case), {"version": case.version, "C1-comment": "word " * 151})
    assert "must be 150 words or fewer" in page
    assert "word word" in page


def test_others_scores_are_seen_only_after_locking_ones_own(case, as_, db):
    for name in ("priya", "pete"):
        declare(as_(name), case)
    send(as_("pete"), panel(case), {"version": "1", **marks("2", "A remark of Pete")})
    send(as_("pete"), panel(case, "/lock"), {"version": "1"})
    assert "A remark of Pete" not in as_("priya").get(at(case, "/review")).text
    assert "A remark of Pete" in as_("pete").get(at(case, "/review")).text
    send(as_("priya"), panel(case), {"version": "1", **marks("4", "A remark of Priya")})
    assert "A remark of Priya" not in as_("olu").get(at(case, "/review")).text
    send(as_("priya"), panel(case, "/lock"), {"version": "1"})
    page = as_("priya").get(at(case, "/review")).text
    assert "A remark of Pete" in page
    assert "Differs by 2 or more" in page
    assert "75.0 of 100" in as_("olu").get(at(case, "/review")).text


def test_scoring_belongs_to_the_assigned(case, as_, db):
    for name in ("olu", "harriet", "sam", "audrey"):
        as_(name).get(panel(case), status=403)
        as_(name).get("/panel", status=403)
    db.session.query(Conflict).delete()
    db.session.commit()
    stranger = "/panel/EOI-2026-9999"
    as_("priya").get(stranger, status=404)


def test_scores_are_not_given_outside_the_assessment(cases, as_):
    case = cases.at(Stage.WITH_HEAD)
    assert (
        "not being scored now" in as_("priya").get(panel(case)).text
        or "You locked" in as_("priya").get(panel(case)).text
    )
