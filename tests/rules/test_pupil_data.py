import pytest

from eoi.rules.pupil_data import BIRTH, NAME, NHS, UPN, YEAR, signs, warning


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("His number is A123456789012.", UPN),
        ("UPN Z88620012345A", UPN),
        ("NHS 943 476 5919", NHS),
        ("9434765919", NHS),
        ("DOB: 3/4/2015", BIRTH),
        ("She was born on 3 April 2015", BIRTH),
        ("date of birth 03.04.15", BIRTH),
        ("A Year 4 boy joined us", YEAR),
        ("one year 7 autistic girl", YEAR),
        ("our Reception girl", YEAR),
        ("Jacob's EHC plan", NAME),
        ("Since Aisha has an EHC plan, we", NAME),
        ("Jacob EHCP", NAME),
    ],
)
def test_signs_sees_pupil_data(text, sign):
    assert signs(text) == (sign,)


@pytest.mark.parametrize(
    "text",
    [
        "12 pupils with EHC plans. The EHC plan names us. Our EHC plans are reviewed each year.",
        "Kent's EHC plans rose; Pupils with an EHC plan do well. Children (EHC plans) travel far.",
        "Call 03000 658300 or 01622 123 456. URN 118234. Reference 1234567890.",
        "In Year 4 boys and girls learn together; Year 11 results rose.",
        "The nursery opened in 2015. Reborn in 2019. Capacity 420, roll 412.",
        "",
    ],
)
def test_signs_leaves_ordinary_text_alone(text):
    assert signs(text) == ()


def test_warning_looks_into_tables():
    assert warning([{"risk": "Staff leave", "response": "Ask Year 4 girl"}, None, 3]) == (
        "This looks as if it holds a description of one pupil, such as “Year 4 boy”. "
        "Remove anything that could identify a pupil"
    )
    assert warning({"a": ["fine", True]}) == ""
