"""`flask import-schools FILE` says what it did, and exits with 1 where it did nothing."""

import pytest
from sqlalchemy import func, select

from eoi.models import School
from tests.extracts import DATA, school, schools, write


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=["import-schools", *map(str, arguments)])


def count(app, db) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(School))


def test_import_schools_prints_added_changed_closed_and_rejected(app, db, run, tmp_path):
    run(write(tmp_path / "one.csv", schools(3)))
    rows = [school(100_000, Town="Deal"), school(100_001, OpenDate="?"), school(100_009)]
    done = run(write(tmp_path / "two.csv", rows))
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert any(line.startswith("added    100009") for line in lines)
    assert any(line.startswith("changed  100000") for line in lines)
    assert "           Town: Ashford → Deal" in lines
    assert any(line.startswith("closed   100002") and "removed" in line for line in lines)
    assert "rejected line 3: OpenDate must be a date dd-mm-yyyy, not “?”" in lines


def test_import_schools_takes_the_sample(app, db, run):
    done = run(DATA / "gias_kent.csv", "--as-at", "2019-01-17")
    assert "584 added" in done.output
    assert count(app, db) == 584


@pytest.mark.parametrize("cut", [1, 2, 3, 40, 1000])
def test_import_schools_refuses_a_file_cut_short(app, db, run, tmp_path, cut):
    run(write(tmp_path / "one.csv", schools(2)))
    file = write(tmp_path / "two.csv", schools(5))
    file.write_bytes(file.read_bytes()[: -cut - 1])
    done = run(file)
    assert done.exit_code == 1
    assert "The register is unchanged." in done.output
    assert "cut short" in done.output
    assert count(app, db) == 2


def test_import_schools_refuses_a_missing_file_in_one_line(run, tmp_path):
    done = run(tmp_path / "none.csv")
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("Error: There is no file")
