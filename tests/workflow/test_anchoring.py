"""Anchors name every head, follow one another, and show when one was changed or taken away."""

import json
from collections import Counter

import pytest

from eoi import jobs
from eoi.extensions import db as database
from eoi.models import AuditHead
from eoi.rules.permissions import SYSTEM
from eoi.workflow import anchoring, audit


@pytest.fixture
def three(db, clock):
    """Three days, each with an entry and an anchor."""
    made = []
    for day in range(3):
        audit.record("register", "import", by=SYSTEM, detail={"day": day})
        db.session.commit()
        made.append(anchoring.write(anchoring.folder()))
        clock.advance(days=1)
    return made


def faults():
    return list(anchoring.faults(list(anchoring.stored(anchoring.folder())), Counter()))


def test_anchor_names_every_head_and_the_anchor_before(three):
    first, second, third = (list(map(json.loads, file.read_text().splitlines())) for file in three)
    head = database.session.get_one(AuditHead, "register")
    assert third[1:-1] == [["register", 3, head.hash]]
    assert first[0]["previous"] == "0" * 64
    assert second[0]["previous"] == anchoring.digest_of(three[0])
    assert faults() == []


def test_anchor_of_a_day_is_written_once_and_cannot_be_written_over(three, clock):
    before = three[-1].read_bytes()
    clock.advance(days=-1)
    assert anchoring.write(anchoring.folder()) == three[-1]
    assert three[-1].read_bytes() == before
    assert three[-1].stat().st_mode & 0o777 == 0o400
    assert [file.name for file in anchoring.folder().iterdir() if file.name.startswith(".")] == []


def test_anchor_that_was_changed_is_found(three):
    change(three[1], '"register",2', '"register",1')
    assert f"{three[1].name}: the anchor was changed after it was written" in faults()
    assert f"{three[2].name}: it does not follow the anchor before it: one is missing or was changed" in faults()


def test_anchor_that_is_missing_or_cut_off_is_found(three):
    three[1].unlink()
    assert faults() == [f"{three[2].name}: it does not follow the anchor before it: one is missing or was changed"]
    three[2].chmod(0o600)
    three[2].write_bytes(three[2].read_bytes()[:-30])
    assert faults() == [f"{three[2].name}: the anchor is cut off or no anchor"]


def test_first_anchors_may_be_kept_elsewhere(three):
    three[0].unlink()
    assert faults() == []


def test_worker_anchors_every_night(app, db, clock):
    jobs.drain()
    clock.advance(days=1)
    jobs.drain()
    assert [anchor.file.suffix for anchor in anchoring.stored(anchoring.folder())] == [".jsonl"]


def change(file, old: str, new: str) -> None:
    file.chmod(0o600)
    file.write_text(file.read_text().replace(old, new))
