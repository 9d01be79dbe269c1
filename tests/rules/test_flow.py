"""The figures of the dashboard: reached, left, the middle time, and what the sentences say."""

from datetime import date

from eoi.rules import clocks, flow, workdays
from eoi.rules.flow import Counting, Move
from eoi.rules.stages import Stage as S

CLOSED = {date(2026, 12, 25), date(2026, 12, 28)}
MOVES = [
    Move("a", S.SUBMITTED, date(2026, 12, 1)), Move("a", S.CHECK, date(2026, 12, 18)),
    Move("a", S.ASSESSMENT, date(2027, 1, 4)), Move("b", S.SUBMITTED, date(2026, 12, 2)),
    Move("b", S.CHECK, date(2026, 12, 18)), Move("b", S.RETURNED, date(2026, 12, 22)),
    Move("b", S.CHECK, date(2026, 12, 29)),
]  # fmt: skip


def test_passages_count_cases_once_and_time_each_stay():
    found = flow.passages(MOVES, CLOSED)
    assert (found[S.CHECK].reached, found[S.CHECK].left) == (2, 2)
    assert found[S.CHECK].days == 5.5  # 9 working days of a, 2 of b
    assert found[S.ASSESSMENT].days is None
    assert found[S.RETURNED].days == 3
    assert [one.stage for one in flow.ordered(found)] == [S.SUBMITTED, S.CHECK, S.RETURNED, S.ASSESSMENT]


def test_counting_is_what_workdays_says():
    counting = Counting(date(2026, 12, 1), date(2027, 2, 1), CLOSED)
    for start in range(1, 28):
        day = date(2026, 12, start)
        for end in (day, date(2026, 12, 28), date(2027, 1, 9)):
            assert counting.between(day, end) == workdays.between(day, end, CLOSED)


def test_sentences_say_what_the_charts_show():
    found = flow.passages(MOVES, CLOSED)
    assert flow.flow_in_words(found).startswith("2 expressions of interest came in. 1 reached the assessment, 0 the")
    assert "“Submitted” takes longest: half of the cases left it within 12.5 working days" in flow.time_in_words(found)
    assert flow.flow_in_words({}) == "Nothing has been submitted yet."
    assert flow.time_in_words({}) == "No case has left a stage yet."
    places = {("Ashford", "Autism"): 20, ("Ashford", "SEMH"): 8, ("Dover", "Autism"): 12}
    assert (
        flow.places_in_words(places) == "40 places are offered, most of them in Ashford (28), and most for Autism (32)."
    )
    assert flow.places_in_words({}) == "No places are offered yet."


def test_letters_clock_stands_still_while_the_school_has_the_ball():
    closes, today = date(2026, 12, 18), date(2027, 1, 8)
    assert clocks.letter_clock(closes, 0, today, CLOSED).days == 13
    stopped = clocks.letter_clock(closes, 5, today, CLOSED)
    assert (stopped.days, stopped.target, stopped.light) == (8, 50, clocks.Light.GREEN)
    assert stopped.due_on == workdays.add(closes, 55, CLOSED)
