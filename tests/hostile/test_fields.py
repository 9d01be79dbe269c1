"""Inside a page that opens, each field is for whose eyes `docs/access.md` says: its marker is looked for everywhere."""

import io
import shutil
import subprocess
import zipfile

import pytest
from sqlalchemy import select

from eoi.extensions import db, today
from eoi.models import Submission, User
from eoi.queries import papers
from tests.hostile.cast import key_of
from tests.hostile.fields import FIELDS, READERS
from tests.hostile.table import BY_LINK, EVERYBODY, Answer, rows
from tests.hostile.test_gets import HTML, SLOW, reads
from tests.web.entering import enter

#: Cases with a decision that is not told, scores that are open and locked, questions asked, and a letter that is out.
CASES = ("conditions", "assessment")
PEOPLE = {key_of(person): person for person in EVERYBODY}
PERSONS = {person.name: person for person in EVERYBODY if person.name in READERS}


def test_every_reader_is_in_the_table():
    assert set(PERSONS) == set(READERS)


@pytest.mark.only("sqlite")  # what a page shows does not depend on the engine
@pytest.mark.parametrize("name", READERS)
def test_fields_are_seen_as_the_page_says(peopled, name):
    who = key_of(PERSONS[name])
    client = peopled.app.test_client()
    if who in peopled.users:
        enter(client, peopled.users[who])
    found: dict[str, str] = {}
    for endpoint, path in reads(peopled.app, peopled.made, CASES):
        if endpoint in BY_LINK | SLOW:
            continue
        answer = client.get(path, headers=HTML)
        if answer.status_code == 200 and endpoint != "auth.account":
            text = words_of(answer)
            found |= {field.what: path for field in FIELDS if field.marker in text and field.what not in found}
    for case, text in summaries(peopled, who):
        found |= {
            field.what: f"summary of {case}" for field in FIELDS if field.marker in text and field.what not in found
        }
    wanted = {field.what for field in FIELDS if name in field.seen_by}
    assert set(found) == wanted, {what: found.get(what, "nowhere") for what in set(found) ^ wanted}
    assert peopled.crashes == []


def summaries(world, who):
    """(case, everything that its summary would print): setting type takes long, and adds no word."""
    row = next(row for row in rows(world.app) if row.endpoint == "letters.summary")
    if row.answer(PEOPLE[who]) is Answer.OPENS:
        actor = db.session.get_one(User, world.users[who].id).actor(today())
        for case in CASES:
            found = select(Submission).where(Submission.public_id == world.made.public[case])
            yield case, repr(papers.summary(db.session.scalars(found).one(), actor, True))
    db.session.rollback()


def words_of(answer) -> str:
    """What can be read in an answer, whatever its kind."""
    if answer.mimetype == "application/pdf":
        return pdf_text(answer.data)
    if answer.data[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        parts = [archive.read(name) for name in archive.namelist()]
        return " ".join(pdf_text(part) if part[:4] == b"%PDF" else part.decode("utf-8", "replace") for part in parts)
    return answer.text


def pdf_text(content: bytes) -> str:
    program = shutil.which("pdftotext")
    assert program
    return subprocess.run([program, "-", "-"], input=content, capture_output=True, check=False).stdout.decode()
