"""The page of a round, for everybody."""

from tests.pages import Pages


def test_round_tells_what_is_looked_for_and_how_it_is_judged(client, cases):
    page = Pages(client).get("/rounds/autumn-2026").text
    for words in ("Closes on", "18 December 2026 at 12 noon", "26 March 2027", "By exception", "4 December 2025",
                  "Inclusion record and outcomes", "20%", "How many places do you offer, when full?"):  # fmt: skip
        assert words in page
    assert "/apply/start/autumn-2026" in page


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
