"""The list: filters that combine, search, sorting, pages, export."""

import pytest

from eoi.extensions import db as database
from eoi.models import Access
from eoi.rules.stages import Stage
from eoi.rules.words import Need
from tests.people import ELSEWHERE, RIVERSIDE

LIST = "/review/submissions"


@pytest.fixture
def three(cases):
    """Hopefield at the check, Riverside at the panel, Elsewhere just submitted for SEMH without an officer."""
    roads = [cases.road(), cases.road(urn=RIVERSIDE), cases.road(urn=ELSEWHERE)]
    for road in roads:
        submission = road.to(Stage.SUBMITTED)
    roads[0].to(Stage.CHECK)
    roads[1].to(Stage.PANEL)
    submission.need, submission.owner_id = Need.SEMH, None
    database.session.commit()


def schools(page):
    names = ("Hopefield Primary School", "Riverside Academy", "Elsewhere Primary School")
    places = {name: page.text.find(f">{name}</a>") for name in names}
    return [name.split()[0] for name in sorted(names, key=places.get) if places[name] >= 0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Hopefield", "Riverside", "Elsewhere"]),
        ("?stage=check", ["Hopefield"]),
        ("?need=semh", ["Elsewhere"]),
        ("?phase=secondary", ["Riverside"]),
        ("?path=satellite", []),
        ("?district=E07000105&owner=nobody", ["Elsewhere"]),
        ("?district=E07000999", []),
        ("?owner=me&sort=school", ["Hopefield", "Riverside"]),
        ("?sort=-school", ["Riverside", "Hopefield", "Elsewhere"]),
        ("?sort=-score", ["Riverside"]),
        ("?task=check", ["Hopefield"]),
        ("?q=river", ["Riverside"]),
        ("?q=EOI-2026-0001", ["Hopefield"]),
        ("?q=eoi-2026-0002", None),
        ("?q=900004", ["Elsewhere"]),
        ("?q=0001", ["Hopefield"]),
        ("?q=%25", []),
        ("?q=primary&stage=check", ["Hopefield"]),
    ],
)
def test_list_filters_searches_and_sorts(three, as_, query, found):
    shown = schools(as_("olu").get(LIST + query))
    if found is None:
        assert len(shown) == 1
    else:
        assert shown[: len(found)] == found
        assert (len(shown) == len(found)) or query in ("", "?sort=-score", "?sort=-school")


@pytest.mark.parametrize(
    "query",
    [
        "?stage=nonsense&need=1&page=-4&sort=DROP", "?page=99999999999", "?page=²", "?owner=99999999999999999999",
        "?owner=abc&q=" + "x" * 3000, "?q=%00%F0%9F%98%80%E2%80%AE&district=%27%22", "?stage=check&stage=panel&page=0",
    ],
)  # fmt: skip
def test_list_takes_junk_as_nothing_asked(three, as_, query):
    as_("olu").get(LIST + query)


def test_chosen_filters_stay_in_links_and_come_off_one_by_one(three, as_):
    page = as_("olu").get(LIST + "?stage=check&q=hope").text
    assert "Stage: Completeness and eligibility check" in page
    assert f'href="{LIST}?q=hope"' in page
    assert "stage=check&amp;q=hope&amp;sort=school" in page


def test_pages_hold_25(cases, as_):
    submission = cases.at(Stage.CHECK)
    columns = {c.name: getattr(submission, c.name) for c in submission.__table__.columns}
    table, urn = submission.__table__, 910000
    schools_ = database.metadata.tables["school"]
    row = dict(database.session.execute(schools_.select().where(schools_.c.urn == submission.urn)).mappings().one())
    for number in range(2, 42):
        database.session.execute(schools_.insert().values({**row, "urn": urn + number}))
        copy = {"id": 1000 + number, "public_id": f"copy{number}", "reference": f"EOI-2026-{number:04}"}
        database.session.execute(table.insert().values({**columns, **copy, "urn": urn + number}))
    database.session.commit()
    first, second = as_("olu").get(LIST), as_("olu").get(LIST + "?page=2")
    assert "1 to 25 of 41 submissions" in first.text
    assert "26 to 41 of 41 submissions" in second.text
    assert len(first.data) < 60_000
    assert len(as_("olu").queries) <= 8
    assert "26 to 41" in as_("olu").get(LIST + "?page=77").text


def test_scorer_lists_only_assigned_cases_without_scores(three, as_):
    page = as_("priya").get(LIST + "?sort=-score")
    assert schools(page) == ["Riverside"]
    assert "sort=score" not in page.text
    as_("priya").get("/review/submissions/export.csv", status=403)


def test_export_is_the_list_as_csv_and_is_noted(three, db, as_, app):
    answer = as_("olu").get(LIST + "/export.csv?stage=panel", check=False)
    assert answer.data.startswith(b"\xef\xbb\xbfReference,School,URN")
    assert "Riverside Academy" in answer.text
    assert "Hopefield" not in answer.text
    assert db.session.query(Access).filter_by(submission_id=None).one().what == LIST + "/export.csv"
    ticked = as_("olu").get(LIST + "/export.csv?case=EOI-2026-0001", check=False)
    assert ticked.text.count("\n") == 2
    app.config["DEMONSTRATION"] = True
    assert "Demonstration, not a decision" in as_("olu").get(LIST + "/export.csv", check=False).text


def test_list_leads_to_the_case(three, as_):
    page = as_("olu").get(LIST).text
    assert f'href="{at_reference(page)}?list=' in page


def at_reference(page):
    return "/review/submissions/" + page.split('name="case" value="')[1].split('"')[0]
