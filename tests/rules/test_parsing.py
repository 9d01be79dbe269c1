import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eoi.rules.answers import count_words, parse, shown, shown_rows, typed_from_value
from eoi.rules.boxes import kept
from eoi.rules.chain import canonical
from eoi.rules.parsing import FEWER, clean
from eoi.rules.questions import FORMS
from eoi.rules.questions.types import Kind, Question

PLACES = Question("places", "How many places?", Kind.NUMBER, noun="places", example="12", low=1, high=300)
PUPILS = Question("pupils", "Pupils suspended", Kind.NUMBER, small_numbers=True, low=0)
FTE = Question("fte", "FTE", Kind.NUMBER, noun="the full-time equivalent", decimals=2, low=0)
COST = Question("cost", "Cost", Kind.MONEY, noun="the cost", low=0)
MET = Question("met_on", "The date of the meeting", Kind.DATE)
OPENING = Question("opening", "The earliest opening", Kind.MONTH)
TICKS = Question("ticks", "What applies", Kind.ANY_OF, options=(("a", "A"), ("b", "B"), ("none", "None of these")))
ROWS = Question("rooms", "Rooms", Kind.ROWS, noun="rooms", rows=(1, 2), parts=(PLACES, MET))
EVERY = [q for form in FORMS.values() for s in form.sections for q in s.questions]


@pytest.mark.parametrize(
    ("question", "typed", "value", "message"),
    [
        (PLACES, " 12 ", 12, ""),
        (PLACES, "1,2 ", 12, ""),
        (PLACES, "", None, ""),
        (PLACES, None, None, ""),
        (PLACES, "twelve", None, "Enter places as a number, such as 12"),
        (PLACES, "12.5", None, "Enter places as a whole number, such as 12"),
        (PLACES, "１２", None, "Enter places as a number, such as 12"),
        (PLACES, "9" * 5000, None, "Enter places as a number, such as 12"),
        (PLACES, "301", None, "Places must be between 1 and 300"),
        (PLACES, "-3", None, "Places must be between 1 and 300"),
        (PUPILS, "0", 0, ""),
        (PUPILS, "1", FEWER, ""),
        (PUPILS, "4", FEWER, ""),
        (PUPILS, "5", 5, ""),
        (PUPILS, "Fewer than 5", FEWER, ""),
        (FTE, "0.6", 0.6, ""),
        (FTE, ".5", 0.5, ""),
        (FTE, "half", None, "Enter the full-time equivalent as a number, such as 0.6"),
        (COST, "£1,234.5", 123450, ""),
        (COST, "0", 0, ""),
        (COST, "12k", None, "Enter the cost in pounds, such as 12,500"),
        (COST, "-1", None, "The cost must be £0 or more"),
    ],
)
def test_parse_numbers_and_money(question, typed, value, message):
    assert parse(question, typed) == (value, message)


@pytest.mark.parametrize(
    ("boxes", "value", "message"),
    [
        ({"day": "24", "month": "11", "year": "2016"}, "2016-11-24", ""),
        ({"day": "1", "month": "Sept", "year": "2027"}, "2027-09-01", ""),
        ({"day": "", "month": " ", "year": ""}, None, ""),
        ({"day": "24", "month": "11", "year": ""}, None, "The date of the meeting must include a year"),
        ({"day": "", "month": "", "year": "2027"}, None, "The date of the meeting must include a day and month"),
        ({"day": "31", "month": "2", "year": "2027"}, None, "The date of the meeting must be a real date"),
        ({"day": "32", "month": "2", "year": "2027"}, None, "The date of the meeting must have a day from 1 to 31"),
        ({"day": "3", "month": "13", "year": "2027"}, None, "The date of the meeting must have a month from 1 to 12"),
        (
            {"day": "3", "month": "1", "year": "27"},
            None,
            "The date of the meeting must have a year of 4 numbers, such as 2027",
        ),
        ("24/11/2016", None, ""),
    ],
)
def test_parse_date_names_the_wrong_part(boxes, value, message):
    assert parse(MET, boxes) == (value, message)


def test_parse_month_gives_its_first_day():
    assert parse(OPENING, {"month": "9", "year": "2027"}) == ("2027-09-01", "")
    assert shown(OPENING, "2027-09-01") == "September 2027"


def test_parse_any_of_keeps_the_order_of_the_form_and_refuses_none_with_others():
    assert parse(TICKS, ["b", "a", "b"]) == (["a", "b"], "")
    assert parse(TICKS, ["a", "none"]) == (None, "Choose all that apply, or choose “None of these”")
    assert parse(TICKS, ["forged"]) == (None, "Choose what applies")
    assert parse(TICKS, []) == (None, "")


def test_parse_rows_skips_empty_rows_and_names_the_row_that_is_wrong():
    day = {"day": "1", "month": "2", "year": "2027"}
    rows = [{"places": "", "met_on": {}}, {"places": "3", "met_on": day}, {"places": "x", "met_on": day}]
    assert parse(ROWS, rows) == (
        [{"places": 3, "met_on": "2027-02-01"}, {"met_on": "2027-02-01"}],
        "Row 3: enter places as a number, such as 12",
    )


def test_parse_rows_above_the_limit_are_refused_not_dropped():
    typed = [{"places": "1"}] * 3
    assert parse(ROWS, typed) == (None, "You can enter up to 2 rooms. Remove the ones above 2")
    assert len(kept(ROWS, typed)) == 3


def test_parse_text_over_the_limit_says_how_many_words():
    question = Question("why", "Your case", Kind.TEXT, words=3)
    assert parse(question, "one two\r\nthree") == ("one two\nthree", "")
    assert parse(question, "one two three four") == (
        None,
        "Your case must be 3 words or fewer. You have 4 words",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  a\u00a0b\u2003c\ufeffd\n", 4),  # white space to JavaScript
        ("a\u200bb a\x1cb a\x85b", 3),  # not white space to JavaScript, though some is to Python
        ("it's e-mail — ok", 4),
    ],
)
def test_count_words_as_the_page_does(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize("typed", ["head@school.kent.sch.uk", "o'brien+eoi@a-b.org"])
def test_parse_email_takes_addresses(typed):
    question = Question("email", "The headteacher’s email address", Kind.EMAIL)
    assert parse(question, typed) == (typed, "")


@pytest.mark.parametrize("typed", ["head", "head@school", "a b@c.org", "a@b..org", "a@@b.org", "x" * 300 + "@b.org"])
def test_parse_email_refuses_what_is_none(typed):
    question = Question("email", "The headteacher’s email address", Kind.EMAIL)
    message = "Enter the headteacher’s email address in the correct format, like name@example.com"
    assert parse(question, typed) == (None, message)


def test_parse_schools_finds_urns_in_what_the_list_gives():
    school, schools = Question("s", "The partner", Kind.SCHOOL), Question("s", "The schools", Kind.SCHOOLS)
    assert parse(school, "Hazel Bank School (URN 100003)") == (100003, "")
    assert parse(school, "Hazel Bank")[1].startswith("Enter the partner by its URN")
    assert parse(schools, ["100001, 100002\n100001", ""]) == ([100001, 100002], "")
    assert shown(schools, [100001], {100001: "Larkfield"}) == "Larkfield (URN 100001)"


def test_clean_drops_what_cannot_be_stored():
    assert clean("\x00a\ud800\u202eb\r\nc ") == "ab\nc"


json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=40)
    | st.sampled_from(["3", "2", "yes", "-", "1e9", "²", "٣", "none", "fewer than 5", "100001", "\ud800", "9" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([p.key for q in EVERY for p in q.parts] + ["day", "month", "year", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(EVERY), json)
def test_parse_never_raises_and_keeps_only_what_can_be_stored(question, typed):
    value, message = parse(question, typed)
    assert isinstance(message, str)
    canonical({"value": value, "kept": kept(question, typed)}).decode()
    shown(question, value)
    shown_rows(question, value)
    shown(question, typed)
    if not message:
        assert parse(question, typed_from_value(question, value)) == (value, "")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([PUPILS, Question("g", "G", Kind.GRID, parts=(PUPILS, PLACES))]), st.text() | st.integers())
def test_kept_never_holds_a_small_number(question, typed):
    boxes = typed if question is PUPILS else {"pupils": typed, "places": "x"}
    held = kept(question, boxes)
    held = held if question is PUPILS else held["pupils"]
    assert held in ("", FEWER) or int(held) == 0 or int(held) >= 5


def test_parse_ten_megabytes_is_refused_quickly():
    text = Question("why", "Your case", Kind.TEXT, words=250)
    for typed in ("a" * 10_000_000, "a " * 5_000_000, " " * 10_000_000, "a" + " " * 10_000_000 + "b"):
        assert parse(text, typed)[0] in (None, typed)
        assert len(kept(text, typed)) <= 100_000
