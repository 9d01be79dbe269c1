"""Write the dump of the newest migration: a case in every stage, on the Kent register. Never over an older dump."""

import gzip
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config import Settings
from eoi import create_app
from eoi.cli import start
from eoi.cli.demo import issue_from_record
from eoi.cli.seed import seeding
from eoi.extensions import db
from eoi.rules.stages import Stage
from eoi.workflow import register
from tests.releases import FOLDER

OF_INDEX = re.compile(
    r"^INSERT INTO sqlite_master|^PRAGMA writable_schema|^(INSERT INTO|CREATE TABLE) .case_text_index"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(DATA_DIR=Path(folder), SECRET_KEY="releases only " * 4))
        with app.app_context():
            start.migrate_safely()
            register.load_sample(app.config["COUNCIL_LA_CODE"])
            seeding.seed(len(Stage), 1, issue_from_record, lambda: None)
            db.session.commit()
            target = FOLDER / f"{start.newest_revision()}.sql.gz"
            db.session.remove()
            db.engine.dispose()
        connection = sqlite3.connect(Path(folder) / "eoi.sqlite3")
        text = "\n".join(dumped(connection))
        connection.close()
    with open(target, "xb") as file:
        file.write(gzip.compress(text.encode(), mtime=0))
    sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


def dumped(connection: sqlite3.Connection) -> Iterator[str]:
    """The database as statements. The search's index, whose tables are SQLite's own, is made anew."""
    index = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'case_text_index'").fetchone()[0]
    for statement in connection.iterdump():
        if statement.startswith("CREATE TRIGGER case_text_added"):
            yield f"{index};\nINSERT INTO case_text_index (case_text_index) VALUES ('rebuild');"
        if statement.startswith("CREATE TRIGGER") or not OF_INDEX.search(statement):
            yield statement


if __name__ == "__main__":
    main()
