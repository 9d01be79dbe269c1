"""Need lines and council figures are taken as they were seen, or not at all."""

import pytest
from sqlalchemy import func, select

from eoi.models import AuditEntry, CouncilFigure, NeedLine
from eoi.queries import need as queries
from eoi.rules.errors import BadFile, MovedOn, NotAllowed
from eoi.workflow import need, register
from tests.people import HOPEFIELD

LINES = """Year,District,Need,Phase,Path,Places sought,Source,As at,Illustrative
2027-28,Ashford,Autism,Primary,SRP,30,Plan,31/03/2026,no
2027-28,Ashford,Autism,Secondary,SRP,{places},Plan,31/03/2026,no
2027-28,Nowhere,Autism,Secondary,SRP,20,Plan,31/03/2026,no
"""
FIGURES = f"""URN,Kind,Item,Value,Source,As at,Illustrative
{HOPEFIELD},ehc_plans,asd,7,Census,15/01/2026,no
{HOPEFIELD},budget,2025-26,-42000,Return,31/05/2026,yes
"""


def upload(people, text, **options):
    seen = queries.preview_lines(text, "886").digest()
    return need.upload_lines(text, "886", seen=seen, by=people.actor("olu"), **options)


def test_upload_lines_adds_changes_and_leaves_out(db, people):
    first = upload(people, LINES.format(places=20))
    assert (len(first.added), [r.line for r in first.rejected]) == (2, [4])
    second = upload(people, LINES.format(places=25))
    assert (len(second.added), len(second.changed), len(second.unchanged)) == (0, 1, 1)
    db.session.commit()
    assert [(line.phase.value, line.places) for line in queries.lines()] == [("primary", 30), ("secondary", 25)]
    *_, last = db.session.scalars(select(AuditEntry).where(AuditEntry.case == "need").order_by(AuditEntry.seq))
    assert last.detail.content["changed"] == 1
    assert "20" in last.detail.content["replaced"][0]


def test_upload_lines_refuses_what_the_officer_did_not_see(db, people):
    text = LINES.format(places=20)
    seen = queries.preview_lines(text, "886").digest()
    upload(people, LINES.format(places=25))
    with pytest.raises(MovedOn):
        need.upload_lines(text, "886", seen=seen, by=people.actor("olu"))


def test_upload_lines_refuses_a_file_that_changes_nothing(db, people):
    upload(people, LINES.format(places=20))
    with pytest.raises(BadFile, match="changes nothing"):
        upload(people, LINES.format(places=20))


@pytest.mark.parametrize("name", ["alice", "priya", "audrey"])
def test_upload_lines_is_for_officers(db, people, name):
    with pytest.raises(NotAllowed):
        need.upload_lines(LINES.format(places=20), "886", seen=None, by=people.actor(name))


def test_upload_figures_keeps_bands_not_counts(db, people):
    seen = queries.preview_figures(FIGURES, "886").digest()
    need.upload_figures(FIGURES, "886", seen=seen, by=people.actor("olu"))
    db.session.commit()
    held = [(f.item_label, f.shown, f.illustrative) for f in queries.figures_of(HOPEFIELD)]
    assert held == [("Autism", "5 to 9", False), ("2025-26", "-£42,000", True)]


def test_load_brings_the_demonstration_all_of_it_illustrative(db):
    register.load_sample("886")
    need.load("886")
    for model, count in ((NeedLine, 72), (CouncilFigure, 9427)):
        kept = select(func.count(), func.count().filter(model.illustrative)).select_from(model)
        assert db.session.execute(kept).one() == (count, count)
