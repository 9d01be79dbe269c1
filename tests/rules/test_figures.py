"""Council figures from CSV: counts of pupils become bands before they are kept."""

from datetime import date

import pytest

from eoi.rules.figures import HEADINGS, Figure, Kind, band, item_label, item_order, read_figures, shown

SCHOOLS = {900001: "Hopefield Primary School"}


def read(kind: str, item: str, value: str, urn: str = "900001") -> Figure | str:
    text = ",".join(HEADINGS) + f'\n{urn},{kind},{item},"{value}",Census,15/01/2026,no\n'
    return read_figures(text, SCHOOLS)[0][1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0", "0"), ("1", "fewer than 5"), ("4", "fewer than 5"), ("5", "5 to 9"), ("9", "5 to 9"),
        ("10", "10 or more"), ("1,000", "10 or more"), ("1-4", "fewer than 5"), ("Fewer than 5", "fewer than 5"),
        ("5–9", "5 to 9"), ("5 to 9", "5 to 9"), ("10+", "10 or more"), ("10 or more", "10 or more"),
        ("-1", None), ("", None), ("many", None), ("3.5", None),
    ],
)  # fmt: skip
def test_band_keeps_no_count(typed, kept):
    assert band(typed) == kept


@pytest.mark.parametrize(
    ("kind", "item", "typed", "kept"),
    [
        ("Pupils with an EHC plan", "Autism", "7", (Kind.EHC_PLANS, "asd", "5 to 9")),
        ("ehc_plans", "total", "10 or more", (Kind.EHC_PLANS, "total", "10 or more")),
        ("sen_support", "SEMH", "3", (Kind.SEN_SUPPORT, "semh", "fewer than 5")),
        ("roll", "R", "60", (Kind.ROLL, "r", "60")),
        ("roll", "Year 7", "3", (Kind.ROLL, "7", "fewer than 5")),
        ("pan", "reception", "60", (Kind.PAN, "r", "60")),
        ("last_ofsted", "", "12/03/2024", (Kind.LAST_OFSTED, "", "2024-03-12")),
        ("budget", "2025-26", "-£42,000", (Kind.BUDGET, "2025-26", "-4200000")),
        ("budget", "2025/26", "1000", (Kind.BUDGET, "2025-26", "100000")),
    ],
)
def test_read_figures_keeps_the_stored_form(kind, item, typed, kept):
    assert read(kind, item, typed) == Figure(900001, *kept, "Census", date(2026, 1, 15), False)


@pytest.mark.parametrize(
    ("kind", "item", "value", "said"),
    [
        ("ofsted grade", "", "Good", "Kind must be"),
        ("roll", "14", "60", "Item must be N, R, 1"),
        ("ehc_plans", "hearing", "3", "Item must be asd, semh"),
        ("last_ofsted", "x", "12/03/2024", "Item must be left empty"),
        ("last_ofsted", "", "last week", "Value must be a date"),
        ("budget", "2025-26", "none", "Value must be pounds"),
        ("ehc_plans", "asd", "few", "Value must be a number of pupils or a band"),
    ],
)
def test_read_figures_says_what_is_wrong(kind, item, value, said):
    assert said in str(read(kind, item, value))


def test_read_figures_needs_a_school_of_the_register():
    assert read("pan", "R", "60", urn="900009") == "URN “900009” is not a school of the register"


def test_shown_is_what_a_person_reads():
    assert shown(Kind.BUDGET, "-4200000") == "-£42,000"
    assert shown(Kind.LAST_OFSTED, "2024-03-12") == "12 March 2024"
    assert shown(Kind.EHC_PLANS, "5 to 9") == "5 to 9"


def test_items_have_labels_and_an_order():
    assert [item_label(Kind.ROLL, i) for i in sorted(("10", "2", "r", "n"), key=item_order)] == [
        "Nursery", "Reception", "Year 2", "Year 10",
    ]  # fmt: skip
