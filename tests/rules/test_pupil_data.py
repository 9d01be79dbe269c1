import pytest

from eoi.rules.pupil_data import BIRTH, FEW, NAME, NHS, UPN, YEAR, in_file_name, signs, warning
from tests.rules import pupil_sentences as labels
from tests.rules.pupil_sentences import SENTENCES
from tests.rules.pupil_sentences_fresh import FRESH

SIGN = {
    labels.UPN: UPN, labels.NHS: NHS, labels.BIRTH: BIRTH, labels.YEAR: YEAR, labels.NAME: NAME, labels.SMALL: FEW
}  # fmt: skip


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


@pytest.mark.parametrize(
    ("name", "sentences", "most_missed", "most_wolf"),
    [("200 sentences that it was tuned to", SENTENCES, 2, 0), ("40 that it was not", FRESH, 3, 0)],
)
def test_what_it_finds_and_misses_and_cries_wolf_on(name, sentences, most_missed, most_wolf, record_property):
    """The ceilings may go down, never up."""
    telling = [(text, SIGN[kind]) for kind, text in sentences if kind]
    missed = [text for text, sign in telling if sign not in signs(text)]
    wolf = [text for kind, text in sentences if not kind and signs(text)]
    record_property(f"found, {len(missed)} missed, {len(wolf)} cried wolf on: {name}", len(telling) - len(missed))
    assert len(missed) <= most_missed, missed
    assert len(wolf) <= most_wolf, wolf
    assert len(sentences) == int(name.split()[0])


@pytest.mark.parametrize(
    ("name", "tells"),
    [("Jacob_EHCP.pdf", True), ("ehcp-A823432112038.pdf", True), ("floor-plan-2026-11-24.pdf", False),
     ("Minute_12-03-2026.docx", False), ("plan (2).pdf", False), ("EHC plan numbers.xlsx", False)],
)  # fmt: skip
def test_names_of_files_are_read_as_words(name, tells):
    assert bool(in_file_name(name)) is tells


def test_numbers_from_1_to_4_count_only_beside_words_for_pupils():
    for text in ("3 pupils", "EHC plans: 2", "one of our children"):
        assert signs(text) == (FEW,)
    for text in ("3 rooms", "Key Stage 2 pupils", "Year 3 pupils", "5 pupils", "1 adult to 4 pupils", "£3 a pupil"):
        assert signs(text) == ()
