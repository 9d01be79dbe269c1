"""Write the dump of the newest migration: a case in every stage, on the Kent register. Never over an older dump."""

import gzip
import sqlite3
import sys
import tempfile
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
        text = "\n".join(connection.iterdump())
        connection.close()
    with open(target, "xb") as file:
        file.write(gzip.compress(text.encode(), mtime=0))
    sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
