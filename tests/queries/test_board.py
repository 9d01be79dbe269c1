"""Every sum of the board against the same sum in plain SQL, on the Kent register with invented cases."""

import pytest
from sqlalchemy import text

from eoi.cli.demo import issue_from_record
from eoi.cli.seed import seeding
from eoi.extensions import db as database
from eoi.queries import board, schools
from eoi.queries import scenarios as queries
from eoi.queries.board import Wanted
from eoi.rules.board import PUBLIC, STAGES_OF, By, Column
from eoi.rules.board import total as total_of
from eoi.rules.permissions import SYSTEM
from eoi.rules.what_if import left
from eoi.rules.words import Need
from eoi.workflow import need, provisions, register, scenarios

MANY = 300
PATTERNS = 26  # one a stage: the others are copies


@pytest.fixture
def kent(db, clock):
    clock.travel("2027-02-01 12:00")
    register.load_sample("886")
    need.upload_lines((need.DATA / "demo_need.csv").read_text("utf-8"), "886", seen=None, by=SYSTEM)
    provisions.load("886", publish=True)
    seeding.seed(MANY, 7, issue_from_record, lambda: None, patterns=PATTERNS)
    database.session.commit()
    return schools.districts("886")


def plain(sql, **values):
    return dict(database.session.execute(text(sql), values).all())


CASES = """
    SELECT {key}, SUM(COALESCE(p.places, s.places, 0)) FROM submission s
    LEFT JOIN provision p ON p.submission_id = s.id WHERE s.stage IN ({stages}) {more} GROUP BY 1"""
YEAR = {
    "sqlite": "CAST(strftime('%Y', s.opening, '-8 months') AS TEXT)",
    "postgresql": "to_char(s.opening - interval '8 months', 'YYYY')",
}


def cases(column, key, more=""):
    stages = ", ".join(f"'{stage.value}'" for stage in STAGES_OF[column])
    return plain(CASES.format(key=key, stages=stages, more=more))


def test_sums_are_those_of_plain_sql(kent):
    """One test for all, because the cases are many."""
    every_sum(kent)
    filters_leave_out_as_plain_sql_does(kent)
    public_board_has_nothing_undecided(kent)
    scenarios_are_the_sums_of_plain_sql(kent)


def every_sum(kent):
    year = YEAR[database.engine.dialect.name]
    keys = {By.DISTRICT: "s.district_code", By.NEED: "s.need", By.PHASE: "s.phase", By.YEAR: year}
    sought = {By.DISTRICT: "district_code", By.NEED: "need", By.PHASE: "phase", By.YEAR: "CAST(year AS TEXT)"}
    stands = {By.DISTRICT: "c.district_code", By.NEED: "p.need", By.PHASE: "p.phase"}
    compared = 0
    for by in By:
        lines = {line.key: line for line in board.lines(by, Wanted(), SYSTEM, kent)}
        for column in Column:
            expected = {k or "": n for k, n in cases(column, keys[by]).items() if n}
            assert {k: line.at(column) for k, line in lines.items() if line.at(column)} == expected, (by, column)
            compared += len(expected)
        expected = plain(f"SELECT {sought[by]}, SUM(places) FROM need_line GROUP BY 1")
        assert {k: line.sought for k, line in lines.items() if line.sought} == expected
        if by in stands:
            expected = plain(
                f"SELECT {stands[by]}, SUM(p.places) FROM provision p JOIN school c ON c.urn = p.urn "
                "WHERE p.state = 'existing' AND p.submission_id IS NULL AND p.places > 0 GROUP BY 1"
            )
            assert {k: line.existing for k, line in lines.items() if line.existing} == expected
        for line in lines.values():
            assert line.gap == line.sought - line.approved - line.opening - line.open
    assert compared > 40


def filters_leave_out_as_plain_sql_does(kent):
    swale = "E07000113"
    both = ((Wanted(need=Need.ASD), "s.need = 'asd'"), (Wanted(district=swale), f"s.district_code = '{swale}'"))
    for wanted, more in both:
        lines = board.lines(By.PHASE, wanted, SYSTEM, kent)
        for column in Column:
            assert sum(line.at(column) for line in lines) == sum(cases(column, "s.phase", f"AND {more}").values())


def public_board_has_nothing_undecided(kent):
    lines = board.lines(By.DISTRICT, Wanted(), None, kent)
    whole = total_of(lines)
    assert (whole.offered, whole.panel, whole.approved) == (0, 0, 0)
    assert whole.opening + whole.open == sum(sum(cases(c, "s.need").values()) for c in PUBLIC) > 0
    decided = set(plain("SELECT urn, 1 FROM submission WHERE stage IN ('agreement', 'open')"))
    stands = set(plain("SELECT urn, 1 FROM provision WHERE submission_id IS NULL AND state = 'existing'"))
    assert {point.urn for point in board.points(Wanted(), None)} <= decided | stands


def scenarios_are_the_sums_of_plain_sql(kent):
    """Two scenarios under £20 million: their sums worked by plain SQL from what the schools answered."""
    engine = database.engine.dialect.name
    band = {"sqlite": "json_extract(a.answers, '$.capital_band')", "postgresql": "a.answers->>'capital_band'"}[engine]
    tops = "CASE {b} WHEN 'under_50k' THEN 5000000 WHEN 'under_250k' THEN 25000000 WHEN 'under_1m' THEN 100000000 "
    tops = (tops + "WHEN 'over_1m' THEN 100000000 ELSE 0 END").format(b=band)
    facts = {"note": "", "capital_budget": 20_000_000_00, "revenue_budget": 3_000_000_00}
    made = []
    for name, need_, many in (("Autism first", "asd", 30), ("Satellites first", "semh", 25)):
        ids = [o.id for o in queries.offers(SYSTEM) if o.need.value == need_ and o.capital_known][:many]
        one = scenarios.make({**facts, "name": name}, by=SYSTEM)
        scenarios.tick(one, ids, ids, seen=one.version, by=SYSTEM)
        result = queries.result(one, queries.offers(SYSTEM, ids))
        sql = f"""
            SELECT SUM(s.places), SUM({tops}), SUM(s.places * CASE s.path WHEN 'srp' THEN 600000 ELSE 1000000 END)
            FROM submission s JOIN scenario_case c ON c.submission_id = s.id
            LEFT JOIN section a ON a.submission_id = s.id AND a.key = 'cost' WHERE c.scenario_id = :id"""
        sums = tuple(database.session.execute(text(sql), {"id": one.id}).one())
        assert (result.places, result.capital, result.revenue) == tuple(int(value) for value in sums)
        assert 0 < result.capital < 20_000_000_00
        assert result.capital_left == 20_000_000_00 - result.capital
        assert result.cost_a_place == result.capital // result.places
        gaps = {line.key: line.gap for line in board.lines(By.DISTRICT, Wanted(), SYSTEM, kent)}
        chosen = plain(
            "SELECT s.district_code, SUM(s.places) FROM submission s JOIN scenario_case c ON c.submission_id = s.id "
            "WHERE c.scenario_id = :id GROUP BY 1", id=one.id,
        )  # fmt: skip
        assert left(gaps, result, "district_code") == {key: gap - chosen.get(key, 0) for key, gap in gaps.items()}
        made.append(result)
    assert made[0].places != made[1].places
