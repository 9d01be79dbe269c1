"""A process that saves one section over and over, each save its own transaction: `python -m tests.workflow.savers`.

Arguments: database address, data folder, submission id, section, question, user id, how many saves. Writes the number
of each save on a line of its own once it is told that it is saved.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from config import Settings
from eoi import create_app
from eoi.extensions import db, today
from eoi.models import Submission, User
from eoi.queries import drafts
from eoi.workflow import drafting


def save(submission_id: int, section: str, question: str, user_id: int, times: int) -> Iterator[int]:
    """Save "1", "2", … in turn and commit each; the number of each that was acknowledged."""
    for number in range(1, times + 1):
        submission = db.session.get_one(Submission, submission_id)
        by = db.session.get_one(User, user_id).actor(today())
        row = drafts.section_rows(submission).get(section)
        seen = row.version if row else 0
        drafting.save_section(submission, section, {question: f"Save {number}"}, seen=seen, by=by)
        db.session.commit()
        yield number
        db.session.expire_all()


if __name__ == "__main__":
    url, folder, submission, section, question, user, times = sys.argv[1:]
    app = create_app(Settings(DATA_DIR=Path(folder), DATABASE_URL=url, SECRET_KEY="tests-only-" * 4))
    with app.app_context():
        for told in save(int(submission), section, question, int(user), int(times)):
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()
        db.session.remove()
        db.engine.dispose()
