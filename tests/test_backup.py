"""A backup is taken while the service works, is whole or refused, and gives back what it held."""

import gzip
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from eoi import backup, jobs
from eoi.cli.backup import beside
from eoi.extensions import db as database
from eoi.models import AuditEntry, Submission, User
from eoi.outbound import archive, files
from eoi.revisions import newest_revision
from eoi.rules.stages import Stage
from eoi.workflow.verifying import Verification
from tests.restoring import backup_during_saves

SAVES = 60


@pytest.fixture
def case(cases):
    """A case with an issued letter, whose file is stored."""
    return cases.at(Stage.PRE_STATUTORY).id


@pytest.fixture
def elsewhere(app, empty_database, tmp_path):
    """The application on an empty database of its own, with files of its own."""
    (tmp_path / "elsewhere").mkdir()
    other = beside(app, tmp_path / "elsewhere", empty_database)
    yield other
    with other.app_context():
        database.session.remove()
        database.engine.dispose()


def run(app, *arguments: str, typed: str = ""):
    """A command, as somebody would run it: (exit status, everything it printed)."""
    database.session.rollback()
    done = app.test_cli_runner().invoke(args=list(arguments), input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.output


def test_backup_taken_during_saves_holds_what_was_acknowledged_before(app, cases, people, empty_database, tmp_path):
    submission = cases.road().submission.id
    alice = people.alice.id
    database.session.commit()
    outcome = backup_during_saves(app, submission, alice, tmp_path, empty_database, SAVES, writers=2)
    outcome.check()


def test_backup_is_restored_elsewhere_and_verifies(app, case, elsewhere, tmp_path):
    file = tmp_path / "b.tar.gz"
    status, printed = run(app, "backup", str(file))
    assert (status, printed.endswith("It was read back.\n")) == (0, True), printed
    assert file.stat().st_mode & 0o777 == 0o600
    with app.app_context():
        entries = database.session.scalar(select(func.count()).select_from(AuditEntry))
    with elsewhere.app_context():
        assert run(elsewhere, "restore", str(file), typed="n\n")[0] == 1
        assert backup.is_empty()
        status, printed = run(elsewhere, "restore", str(file), typed="y\n")
        assert status == 0, printed
        assert printed.endswith("Now run: flask verify\n")
        assert database.session.scalar(select(func.count()).select_from(AuditEntry)) == entries
        verification = Verification(files.open_store(elsewhere.config["FILES_URL"]))
        assert list(verification.faults()) == []
        assert verification.checked["files"] == 2
        with pytest.raises(Exception, match="insert-only"):
            database.session.execute(text("DELETE FROM audit_entry"))


def test_backup_is_checked_by_restoring_it(app, case, tmp_path):
    file = tmp_path / "b.tar.gz"
    status, printed = run(app, "backup", str(file), "--check")
    assert status == 0, printed
    assert f"{file} was restored into a scratch database and verified: no fault." in printed
    assert run(app, "backup", str(file)) == (1, f"Error: {file} is there already.\n")


def test_restore_over_a_database_needs_the_word_and_keeps_what_was_there(app, case, tmp_path):
    file = tmp_path / "b.tar.gz"
    run(app, "backup", str(file))
    database.session.get_one(Submission, case).exception_case = "written after the backup"
    database.session.commit()
    status, printed = run(app, "restore", str(file), "--yes")
    assert (status, "--replace" in printed) == (1, True)
    database.session.remove()
    database.engine.dispose()
    status, printed = run(app, "restore", str(file), "--yes", "--replace")
    assert status == 0, printed
    assert database.session.get_one(Submission, case).exception_case == ""
    [kept] = (tmp_path / "backups").glob("before-restore-*.tar.gz")
    assert archive.read(kept).with_files is False


def test_restore_while_somebody_is_connected_is_refused(app, case, tmp_path):
    file = tmp_path / "b.tar.gz"
    run(app, "backup", str(file))
    engine = database.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as other:
        other.execute(text("SELECT count(*) FROM submission")).scalar_one()
        status, printed = run(app, "restore", str(file), "--yes", "--replace")
    engine.dispose()
    assert (status, "stop the service first" in printed) == (1, True), printed
    assert database.session.get_one(Submission, case).id == case


UNTRUSTED = {
    "is no whole backup": lambda file: file.write_bytes(file.read_bytes()[:-200]),
    "is no whole backup (": lambda file: file.write_text("Dear Harriet"),
    "is a backup of other, and DATABASE_URL names": lambda file: rewritten(file, engine="other"),
    "newer than this code": lambda file: rewritten(file, revision="9999"),
    "was made by newer code than this": lambda file: rewritten(file, format=2),
    "is damaged": lambda file: rewritten(file, members={"another": "0" * 64}),
    "There is no file": lambda file: file.unlink(),
}


def test_backup_that_cannot_be_trusted_is_refused_in_one_line(app, people, elsewhere, tmp_path):
    whole, file = tmp_path / "whole.tar.gz", tmp_path / "b.tar.gz"
    run(app, "backup", str(whole))
    with elsewhere.app_context():
        for said, change in UNTRUSTED.items():
            shutil.copyfile(whole, file)
            change(file)
            status, printed = run(elsewhere, "restore", str(file), "--yes")
            assert (status, printed.count("\n"), said in printed) == (1, 1, True), printed
            assert backup.is_empty()


def test_key_travels_only_when_it_is_said(app, people, elsewhere, tmp_path):
    plain, with_key = tmp_path / "plain.tar.gz", tmp_path / "key.tar.gz"
    run(app, "backup", str(plain))
    run(app, "backup", str(with_key), "--with-key")
    assert app.config["SECRET_KEY"].encode() not in gzip.decompress(plain.read_bytes())
    with elsewhere.app_context():
        run(elsewhere, "restore", str(with_key), "--yes")
    assert (tmp_path / "elsewhere" / "secret_key").read_text() == app.config["SECRET_KEY"]


def test_file_that_is_gone_is_named_and_does_not_stop_the_backup(app, case, tmp_path):
    shutil.rmtree(tmp_path / "files")
    status, printed = run(app, "backup", str(tmp_path / "b.tar.gz"))
    assert status == 1
    assert "Gone or damaged, and not in it: 2 files. Run: flask verify" in printed
    assert len(archive.read(tmp_path / "b.tar.gz").missing) == 2


def test_verify_ends_with_a_line_for_each_fault(app, case, tmp_path):
    assert run(app, "verify")[0] == 0
    shutil.rmtree(tmp_path / "files")
    status, printed = run(app, "verify")
    assert status == 1
    assert "is missing\n" in printed
    assert printed.endswith("Error: 2 faults found.\n")


def test_worker_backs_up_every_night_and_lets_old_ones_go(app, people, clock, tmp_path):
    app.config.update(BACKUP_DIR=str(tmp_path / "nightly"), BACKUP_DAYS=3)
    (tmp_path / "backups").mkdir()
    old = tmp_path / "backups" / "before-0002-20200101-120000.tar.gz"
    old.touch()
    jobs.drain()
    for _ in range(5):
        clock.advance(days=1)
        backup.daily()
    clock.advance(days=1)
    jobs.drain()
    made = sorted(file.name for file in (tmp_path / "nightly").glob("*.tar.gz"))
    assert len(made) == 4
    assert not old.exists()
    assert archive.newest(tmp_path / "nightly").name == made[-1]
    assert archive.read(tmp_path / "nightly" / made[-1]).revision == newest_revision()


def test_nightly_backup_is_off_without_a_folder_and_made_once_a_day(app, people, tmp_path):
    backup.daily()
    app.config["BACKUP_DIR"] = str(tmp_path / "nightly")
    backup.daily()
    [made] = (tmp_path / "nightly").glob("*.tar.gz")
    before = made.read_bytes()
    database.session.add(User(email="new@example.org", name="New", created_at=backup.now()))
    database.session.commit()
    backup.daily()
    assert made.read_bytes() == before


def rewritten(file: Path, **changes: object) -> None:
    """The same archive with another manifest."""
    with tarfile.open(file) as old:
        members = [(member, old.extractfile(member).read()) for member in old]
    with tarfile.open(file, "w:gz") as new:
        for member, content in members:
            if member.name == archive.MANIFEST:
                content = json.dumps({**json.loads(content), **changes}).encode()
                member.size = len(content)
            new.addfile(member, archive.io.BytesIO(content))
