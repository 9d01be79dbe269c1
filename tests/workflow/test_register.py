"""The register follows the extract: added, changed, closed, rejected; all or nothing."""

from datetime import date

import pytest
from sqlalchemy import func, select

from eoi.models import AuditEntry, School
from eoi.models.need import CouncilFigure
from eoi.models.school import SchoolTerm
from eoi.rules.errors import BadFile
from eoi.rules.figures import Kind
from eoi.rules.permissions import SYSTEM
from eoi.rules.sheets import Rejected
from eoi.workflow import register
from tests.extracts import HEADINGS, school, schools, write


@pytest.fixture
def take(db, tmp_path):
    """Import these rows as an extract of 31 March 2026."""

    def take(rows, **options):
        file = write(tmp_path / "edubasealldata20260331.csv", rows, **options)
        report = register.import_extract(file, "886", by=SYSTEM)
        db.session.commit()
        return report

    return take


def test_import_extract_adds_the_councils_open_schools_only(db, take):
    other = school(200_001, **{"LA (code)": "887"})
    closed = school(200_002, **{"EstablishmentStatus (name)": "Closed"})
    report = take([*schools(3), other, closed])
    assert [urn for urn, _ in report.added] == [100_000, 100_001, 100_002]
    assert (report.read, report.council) == (5, 4)
    assert sorted(db.session.scalars(select(School.urn))) == [100_000, 100_001, 100_002]
    first = db.session.get(School, 100_000)
    assert (first.as_at, first.source) == (date(2026, 3, 31), "DfE register of schools (GIAS)")


def test_import_extract_reports_changes_value_by_value(db, take):
    take(schools(2))
    report = take([school(100_000, SchoolCapacity="240", EstablishmentName="Hopefield School"), school(100_001)])
    assert [(urn, [str(c) for c in changes]) for urn, _, changes in report.changed] == [
        (100_000, [
            "EstablishmentName: St Botolph's Mill Church of England Primary School → Hopefield School",
            "SchoolCapacity: 210 → 240",
        ]),
    ]  # fmt: skip
    assert report.unchanged == 1
    assert db.session.get(School, 100_000).capacity == 240
    terms = db.session.scalars(select(SchoolTerm.term).where(SchoolTerm.urn == 100_000))
    assert "hopefield" in terms.all()


def test_import_extract_removes_a_school_that_is_gone_and_keeps_one_in_use(db, take):
    take(schools(4))
    plan = {"kind": Kind.PAN, "item": "r", "value": "30", "source": "Plan", "as_at": date(2026, 1, 1)}
    db.session.add_all(CouncilFigure(urn=urn, illustrative=False, **plan) for urn in (100_000, 100_002))
    db.session.commit()
    ended = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-12-2025"}
    report = take([school(100_002, **ended), school(100_003)])
    assert sorted(urn for urn, _ in report.closed) == [100_000, 100_002]
    assert [urn for urn, _ in report.removed] == [100_001]
    kept = {s.urn: (s.status, s.close_date) for s in db.session.scalars(select(School))}
    assert kept == {
        100_000: ("Closed", None), 100_002: ("Closed", date(2025, 12, 31)), 100_003: ("Open", None),
    }  # fmt: skip


def test_import_extract_keeps_a_closed_school_that_has_an_expression_of_interest(db, cases, take):
    submission = cases.road().submission
    db.session.commit()
    report = take(schools(1))
    assert submission.urn in [urn for urn, _ in report.closed]
    assert db.session.get(School, submission.urn).status == "Closed"


def test_import_extract_leaves_a_rejected_line_as_it_was(db, take):
    take(schools(3))
    report = take([school(100_000, SchoolCapacity="lots"), school(100_001), school(100_001)])
    assert report.rejected == [
        Rejected(2, "SchoolCapacity must be a number, not “lots”"),
        Rejected(4, "URN 100001 stands on line 3 already"),
    ]
    assert [urn for urn, _ in report.removed] == [100_002]
    assert db.session.get(School, 100_000).capacity == 210


def test_import_extract_takes_no_school_to_be_gone_while_a_line_hides_its_urn(db, take):
    take(schools(3))
    report = take([school(100_000), school(0, URN="??")])
    assert (report.removed, report.absence_known) == ([], False)
    assert db.session.scalar(select(func.count()).select_from(School)) == 3


def test_import_extract_loads_the_sample(db):
    report = register.load_sample("886")
    assert (len(report.added), report.rejected) == (584, [])
    maypole = db.session.get(School, 118246)
    assert (maypole.name, maypole.dfe_number, maypole.roll) == ("Maypole Primary School", "886/2066", 412)
    assert (maypole.latitude, maypole.as_at) == (51.4312, date(2019, 1, 17))


def test_import_extract_writes_one_audit_entry(db, take):
    take(schools(2))
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.case == "register"))
    assert entry.action == "imported"
    assert entry.detail.content == {
        "file": "edubasealldata20260331.csv",
        "summary": "2 lines: 2 added, 0 changed, 0 unchanged, 0 closed, 0 rejected",
    }


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([school(1)], {}, "holds no school of the council"),
        ([school(200_001, **{"LA (code)": "887"})], {}, "LA code 886"),
        (list(schools(1)), {"headings": [h for h in HEADINGS if h != "Postcode"]}, "lacks 1 of the columns"),
        (list(schools(1)), {"encoding": "utf-16"}, "not a CSV"),
    ],
)
def test_import_extract_refuses_and_changes_nothing(db, take, rows, options, said):
    take(schools(2))
    with pytest.raises(BadFile, match=said):
        take(rows, **options)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(School)) == 2
