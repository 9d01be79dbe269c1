"""The page of a round, for everybody."""

import re
from datetime import date

from eoi.models.need import NeedLine
from eoi.rules import road
from eoi.rules.clocks import LETTER_TARGET
from eoi.rules.stages import STAGES, Stage
from eoi.rules.words import Need, Path, Phase
from tests.pages import Pages


def test_round_tells_what_is_looked_for_and_how_it_is_judged(client, cases):
    page = Pages(client).get("/rounds/autumn-2026").text
    for words in ("Closes on", "18 December 2026 at 12 noon", "26 March 2027", "By exception", "4 December 2025",
                  "Inclusion record and outcomes", "20%", "How many places do you offer, when full?"):  # fmt: skip
        assert words in page
    assert "/apply/start/autumn-2026" in page


def test_round_tells_what_is_needed_what_follows_and_how_long_it_takes(client, cases, db, clock):
    cases.round.events = [
        {
            "title": "Briefing",
            "day": "2026-11-18",
            "time": "4pm to 5pm",
            "place": "Online",
            "link": "https://kent.example/b",
        }
    ]
    facts = {"year": 2027, "source": "Plan", "as_at": date(2026, 3, 31), "illustrative": True, "need": Need.ASD}
    for code, name, path, places in (
        ("E07000105", "Ashford", Path.SRP, 12),
        ("E07000105", "Ashford", Path.SATELLITE, 8),
        ("E07000108", "Dover", Path.SRP, 9),
    ):
        db.session.add(
            NeedLine(district_code=code, district_name=name, phase=Phase.PRIMARY, path=path, places=places, **facts)
        )
    db.session.commit()
    page = Pages(client).get("/rounds/autumn-2026").text
    for words in ("Good, with minor gaps", "Floor plan", "only if you are shortlisted", "18 November 2026, 4pm to 5pm",
                  "https://kent.example/b", "Autism, primary", "Illustrative", "10 working days",
                  f"{LETTER_TARGET} working days", "Ethos, evidence of impact"):  # fmt: skip
        assert words in page, words
    assert re.findall(r"</span>(\d+)</td>", page[page.index("Ashford") :])[:2] == ["20", "9"]
    assert len(page) < 60_000


def test_how_long_the_steps_take_together_is_what_is_promised():
    steps = road.ahead(detail_with_eoi=False, decider="Head of SEN")
    yours = STAGES[Stage.DETAIL].target
    assert sum(one.days for one in steps) - yours == LETTER_TARGET
    assert len(road.ahead(detail_with_eoi=True, decider="Head of SEN")) == len(steps) - 1


def test_closed_round_stays_to_be_read(client, cases, clock):
    clock.travel("2026-12-18 12:00")
    page = Pages(client).get("/rounds/autumn-2026").text
    assert "This round has closed." in page
    assert "Start now" not in page


def test_round_that_officers_still_write_is_no_page(client, cases, clock):
    clock.travel("2026-11-01 12:00")
    for address in ("/rounds/autumn-2026", "/rounds/autumn-2026/form.pdf", "/rounds/nothing"):
        Pages(client).get(address, status=404)


def test_blank_form_is_a_pdf(client, cases):
    answer = Pages(client).get("/rounds/autumn-2026/form.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-1.7")
