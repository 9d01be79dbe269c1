"""Several processes write one case at once: nothing is lost, and nobody is told that the database is locked."""

import subprocess
import sys

from eoi.extensions import db as database
from eoi.queries import drafts, review
from eoi.rules.chain import FIRST
from tests.house.sources import ROOT

SAVES = 150
WRITERS = (
    ("need", "need_case"),
    ("inclusion", "inclusion_record"),
    ("daily", "daily_model"),
    ("leadership", "senior_leader"),
)


def test_four_processes_save_a_case_at_once_and_nothing_is_lost(cases, people, app):
    submission = cases.road().submission
    database.session.commit()
    before = len(review.timeline(submission))
    url, folder = app.config["SQLALCHEMY_DATABASE_URI"], app.config["DATA_DIR"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.workflow.savers", url, str(folder), str(submission.id),
             section, question, str(people.alice.id), str(SAVES)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for section, question in WRITERS
    ]  # fmt: skip
    told = [process.communicate(timeout=120) for process in processes]
    assert [(out.split()[-1], err) for out, err in told] == [(str(SAVES), "")] * len(WRITERS)
    rows = drafts.section_rows(submission)
    assert {s: (rows[s].version, rows[s].answers[q]) for s, q in WRITERS} == {
        s: (SAVES, f"Save {SAVES}") for s, _ in WRITERS
    }
    entries = review.timeline(submission)[::-1]
    assert len(entries) == before + SAVES * len(WRITERS)
    assert [e.previous for e in entries] == [FIRST, *(e.hash for e in entries[:-1])]
