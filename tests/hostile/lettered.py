"""The letters of the world: not handed over, doubted by the guard, ready, on their way; and a file of evidence."""

from datetime import date

from flask import current_app
from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Condition, Evidence, Letter, Pen, Release, Submission
from eoi.outbound import files
from eoi.queries import review
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path
from eoi.workflow import letters
from tests.cases import Cases
from tests.clock import START
from tests.outbound.test_documents import png
from tests.people import ELSEWHERE, HOPEFIELD, RIVERSIDE

#: Name -> school, need, and what an officer wrote in the letter after it was handed over; "" leaves it handed over.
DECIDED = {
    "drafted": (RIVERSIDE, Need.SEMH, "Thank you."),
    "doubted": (ELSEWHERE, Need.ASD, "We liked the 99 places."),
    "ready": (HOPEFIELD, Need.ASD, ""),
}
EVIDENCE = b"%PDF-1.4\n% a letter of appointment\n%%EOF\n"


def lettered(cases: Cases) -> dict[str, Submission]:
    """Three satellites that are declined. The caller commits."""
    found = {}
    for name, (urn, need, text) in DECIDED.items():
        cases.clock.travel(START)
        found[name] = cases.road(path=Path.SATELLITE, need=need, urn=urn).to(Stage.DECLINED)
        letter = review.letters(found[name])[-1]
        if text:
            letters.write(letter, text, seen=letter.version, by=cases.people.actor("olu"))
    cases.clock.travel(START)
    return found


def release_of(conditions: Submission, cases: Cases) -> int:
    """A release whose letter has been handed over again and waits to be tried; the signature of who made it."""
    letter = db.session.scalars(select(Letter).where(Letter.submission_id == conditions.id)).one()
    made = Release(round_id=conditions.round_id, made_at=now(), made_by_id=cases.people.harriet.id)
    db.session.add(made)
    db.session.flush()
    letter.release_id = made.id
    pen = files.open_store(current_app.config["FILES_URL"]).put(png())
    db.session.add(Pen(user_id=cases.people.harriet.id, key=pen, added_at=now()))
    return made.id


def evidence_of(issued: Submission) -> str:
    """A file that the school sent for its first condition, and a fresh condition that is not met."""
    first = review.conditions(issued)[0]
    key = files.open_store(current_app.config["FILES_URL"]).put(EVIDENCE)
    row = Evidence(condition_id=first.id, name="Appointment.pdf", kind="application/pdf", size=len(EVIDENCE), key=key,
                   added_at=now(), added_by_id=None)  # fmt: skip
    open_one = Condition(decision_id=first.decision_id, number=9, text="Agree the plan", evidence="Minute",
                         owner="Headteacher", due_on=date(2027, 6, 1))  # fmt: skip
    db.session.add_all([row, open_one])
    db.session.flush()
    return row.public_id
