"""Seven people take four competing cases from assessment to the minute, in a real browser.

Olu asks for a clarification, which stops the clock, and for the opinion of Estates; Priya, Pete and Pam score, Pam has
a conflict after she scored, Aisha takes her place; Cleo holds the panel; Estates answers by link; Harriet decides.
Each kind of page is worked once by its person. What only repeats is done by the same verbs. Totals and ranks are
worked by hand below.
"""

import io

import pikepdf
import pytest

from eoi.extensions import db as database
from eoi.models import Membership, Opinion, PanelMeeting, School, UserRole
from eoi.queries import review
from eoi.rules.permissions import Role
from eoi.rules.stages import Stage
from eoi.workflow import assigning, clarifying, links, panel, scoring, stages
from eoi.workflow.scoring import Mark
from tests.browser.test_deciding import press, sign_in
from tests.clock import START
from tests.outbound import reading
from tests.people import ELSEWHERE, HOPEFIELD

pytestmark = pytest.mark.only("sqlite")  # the same pages are drawn on either engine

#: URN and, by scorer, the score of every criterion. The weights are 20, 20, 15, 15, 15, 10 and 5.
#: A: all 3, so 100 x 3/4 = 75.0. B: all 4, so 100.0. C: all 3 but C2 with 1, 4 and 4, whose mean is 3, so 75.0 too;
#: once the panel agrees 1 for C2, 20 x 1/4 = 5 instead of 15, so 65.0. D: 2 and 2 and Aisha's 3, whose mean is 7/3, so
#: 100 x 7/12 = 58.3; Pam's 4 is set aside.
CASES = {
    "A": (HOPEFIELD, {"priya": 3, "pete": 3, "pam": 3}),
    "B": (ELSEWHERE, {"priya": 4, "pete": 4, "pam": 4}),
    "C": (900005, {"priya": 3, "pete": 3, "pam": 3}),
    "D": (900006, {"priya": 2, "pete": 2, "pam": 4, "aisha": 3}),
}
SPREAD = {"priya": 1, "pete": 4, "pam": 4}
TOTALS = {"B": "100.0", "A": "75.0", "C": "65.0", "D": "58.3"}
NOTES = {"outcome": "approved", "strengths": "Ethos", "minute": "Near to families."}


@pytest.fixture
def four(cases, people, clock):
    """Four schools of one area offer autism places: each case is in assessment."""
    here = database.session.get_one(School, ELSEWHERE)
    columns = {c.name: getattr(here, c.name) for c in School.__table__.columns}
    for urn, name in ((900005, "Third Primary School"), (900006, "Fourth Primary School")):
        database.session.add(School(**{**columns, "urn": urn, "name": name}))
        database.session.flush()
        people.sam.memberships.append(Membership(urn=urn, role=Role.HEADTEACHER, confirmed_at=clock()))
    people.aisha.role_rows.append(UserRole(role=Role.SCORER))
    database.session.commit()
    found = {}
    for name, (urn, _) in CASES.items():
        clock.travel(START)
        found[name] = cases.at(Stage.ASSESSMENT, urn=urn)
    return found


def marks(case, name, who):
    value = CASES[name][1][who]
    given = {c.key: Mark(value, "Seen in the answers.") for c in case.round.criteria}
    return given | ({"C2": Mark(SPREAD[who], "Seen in the answers.")} if name == "C" else {})


def score(case, name, who, people):
    assigning.declare_conflict(case, False, "", by=people.actor(who))
    scoring.save(case, marks(case, name, who), by=people.actor(who))
    scoring.lock(case, by=people.actor(who))


def stop_the_clock(page, case, app, people, clock):
    """Olu asks on Monday 11 January; the school answers three working days later."""
    clock.travel("2027-01-11 10:00")
    sign_in(page, app, people.olu)
    page.goto(f"/review/submissions/{case.reference}/ask/clarification")
    page.locator("textarea[name=text]").fill("Which rooms are free from September?")
    page.get_by_role("checkbox").first.check()
    press(page, "Ask for clarification")
    clock.travel("2027-01-14 10:00")
    database.session.expire_all()
    clarifying.answer(case, "Both classrooms.", seen=case.version, by=people.actor("alice"))
    database.session.commit()


def ask_estates(page, case, app, people):
    """Olu asks; Estates answers by the link, without an account."""
    sign_in(page, app, people.olu)
    page.goto(f"/review/submissions/{case.reference}/opinions/ask")
    page.locator("[name=expert][value=estates]").check(force=True)
    page.get_by_label("Full name").fill("Edwin Stone")
    page.get_by_label("Email address").fill("edwin@estates.example")
    page.get_by_label("What you ask").fill("Can the rooms be made ready in time?")
    for part, typed in (("day", "29"), ("month", "1"), ("year", "2027")):
        page.locator(f"[name=due_on-{part}]").fill(typed)
    page.locator("[name=shared][value=panel]").check(force=True)
    press(page, "Ask for the opinion")
    opinion = database.session.query(Opinion).one()
    page.context.clear_cookies()
    page.goto(links.address(opinion.link))
    page.locator("[name=view]").first.check(force=True)
    page.get_by_label("Your opinion").fill("Ready within one summer.")
    press(page, "Send your opinion")
    database.session.expire_all()
    assert opinion.answered_at is not None


def score_in_the_browser(page, case, who, app, people):
    """Says first that there is no conflict, scores beside the answers, looks again, locks."""
    sign_in(page, app, people.by_name[who])
    page.goto(f"/panel/{case.reference}")
    page.get_by_label("No", exact=True).check()
    press(page, "Declare")
    for criterion in case.round.criteria:
        page.locator(f"input[name={criterion.key}][value='{CASES['A'][1][who]}']").check()
        page.locator(f"[name={criterion.key}-comment]").fill("Seen in the answers.")
    press(page, "Save and lock")
    press(page, "Lock your scores")


def test_seven_people_bring_four_cases_to_the_minute(app, db, people, clock, four, new_page):
    page = new_page()
    before = four["A"].paused_days
    stop_the_clock(page, four["A"], app, people, clock)
    assert (four["A"].stage, four["A"].paused_days) == (Stage.ASSESSMENT, before + 3)
    ask_estates(page, four["A"], app, people)
    for who in ("priya", "pete", "pam"):
        score_in_the_browser(page, four["A"], who, app, people)
        for name in ("B", "C", "D"):
            score(four[name], name, who, people)
        db.session.commit()  # before the next browser writes
    pam_has_a_conflict(page, four["D"], app, people)
    aisha_takes_her_place(four["D"], people)
    for case in four.values():
        stages.move(case, "skip_visit", by=people.actor("olu"), record={"reason": "Seen in the summer."})
    db.session.commit()
    hold_the_panel(page, four, app, people)
    read_the_minute(page, four)
    decide(page, four, app, people)


def pam_has_a_conflict(page, case, app, people):
    """After she scored: her scores are set aside and kept, and the case closes to her."""
    assert round(case.score, 1) == 66.7  # (2 + 2 + 4) / 3 = 8/3, so 100 x 8/12
    sign_in(page, app, people.pam)
    page.goto(f"/panel/{case.reference}/conflict")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Another person takes my place").check()
    press(page, "Declare")
    assert page.goto(f"/review/submissions/{case.reference}").status == 404
    database.session.expire_all()
    assert (case.score, len(review.own_scores(case, people.pam.id))) == (50.0, 7)


def aisha_takes_her_place(case, people):
    scorers = [a.user for a in review.assignments(case)]
    assigning.assign_scorers(case, [*scorers, people.aisha], seen=case.version, by=people.actor("olu"))
    score(case, "D", "aisha", people)


def hold_the_panel(page, four, app, people):
    """Cleo plans, says who is present, is refused without a quorum, settles the spread and records."""
    sign_in(page, app, people.cleo)
    page.goto("/panel/moderation")
    assert "Inclusion record and outcomes: from 1 to 4" in page.locator("main").inner_text()
    page.goto("/panel/meetings/new")
    for part, typed in (("day", "19"), ("month", "1"), ("year", "2027")):
        page.locator(f"[name=held_on-{part}]").fill(typed)
    press(page, "Plan the meeting")
    page.get_by_role("link", name="19 January 2027").click()
    page.get_by_role("link", name="Declare for the whole agenda").click()
    press(page, "Declare")
    meeting = page.url
    assert [row.split("\t")[1].strip() for row in rows_of(page)] == ["1", "2", "2", "4"]
    page.get_by_role("link", name="Discuss " + four["C"].reference).click()
    page.locator("[name=agreed-C2]").fill("1")
    page.locator("[name=rank]").fill("3")
    page.get_by_label("Approve to proceed", exact=True).check()
    page.locator("[name=strengths]").fill("Ethos")
    page.locator("[name=minute]").fill("The panel saw no evidence of outcomes.")
    press(page, "Record the recommendation")
    assert "There is no quorum for this case: 0 present count" in page.locator("main").inner_text()
    page.goto(f"{meeting}/register")
    for name in ("Cleo Example", "Pete Example", "Priya Example"):
        page.get_by_label(name).check()
    press(page, "Record")
    page.get_by_role("link", name="Discuss " + four["C"].reference).click()
    press(page, "Record the recommendation")
    others_and_the_end(page, meeting, four, people)


def others_and_the_end(page, meeting, four, people):
    database.session.expire_all()
    made, cleo = database.session.query(PanelMeeting).one(), people.actor("cleo")
    for item in made.items:
        name = next(name for name, case in four.items() if case.id == item.submission_id)
        if name != "C":
            rank = list(TOTALS).index(name) + 1
            panel.save(item, {**NOTES, "rank": rank}, seen=item.version, by=cleo)
            panel.recommend(item, seen=item.version, by=cleo)
    database.session.commit()
    page.goto(meeting)
    shown = rows_of(page)
    assert [row.split("\t")[1].strip() for row in shown] == ["1", "2", "3", "4"]
    for (name, total), row in zip(TOTALS.items(), shown, strict=True):
        assert four[name].reference in row
        assert total in row
    press(page, "Close the meeting")


def rows_of(page):
    return page.locator("tbody tr").all_inner_texts()


def read_the_minute(page, four):
    answer = page.context.request.get(page.get_by_role("link", name="Minute (PDF)").get_attribute("href"))
    said = reading.text(answer.body())
    assert len(pikepdf.open(io.BytesIO(answer.body())).pages) >= 2
    for words in ("The panel saw no evidence of outcomes.", "65.0 of 100", "58.3 of 100", "Pete Example", "Draft"):
        assert (words in said) is (words != "Draft"), words
    assert four["D"].reference in said


def decide(page, four, app, people):
    """Harriet sees like cases beside each other, and confirms the first."""
    sign_in(page, app, people.harriet)
    page.goto("/review/deciding")
    shown = rows_of(page)
    assert [next(n for n, c in four.items() if c.reference in row) for row in shown] == list(TOTALS)
    page.get_by_label("Equality considerations").fill("Weighed.")
    for part, typed in (("day", "1"), ("month", "6"), ("year", "2027")):
        page.locator(f"[name=needed_by-{part}]").fill(typed)
    press(page, f"Confirm {four['B'].reference}")
    assert "Pending" in rows_of(page)[0]
    database.session.expire_all()
    assert (four["B"].stage, four["B"].letter_issued) == (Stage.APPROVED, False)
