"""The state of the service on one page: what works, what waits, what somebody should look at, and how to mend it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Blueprint, current_app, render_template, url_for

from eoi.extensions import db, now, today
from eoi.models.outgoing import State
from eoi.outbound import archive, files, scan
from eoi.queries import state
from eoi.rules.permissions import Permission
from eoi.rules.words import count_of, date_and_time, file_size, long_date
from eoi.web import security
from eoi.web.access import requires
from eoi.workflow import anchoring

bp = Blueprint("state", __name__, url_prefix="/admin/state")

LATE_WORK = timedelta(hours=1)  # work that has been due so long and is not done
OLD_SIGNATURES = 7  # days
OLD_BACKUP = timedelta(hours=36)
LITTLE_DISK = 0.1  # of the whole


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the service: what it is, how it is, whether somebody should look, and what they can do.

    `well` is None where it is not set up, and need not be in a demonstration.
    """

    part: str
    words: str
    well: bool | None = True
    advice: str = ""
    href: str = ""
    link: str = ""


@bp.get("")
@requires(Permission.MANAGE_USERS)
def index() -> str:
    lines = [*_work(), _scanner(), _database(), _files(), _disk(), _backup(), _anchor(), _browsers()]
    return render_template("admin/state.html", lines=lines, look=[line for line in lines if line.well is False])


def _work() -> Iterator[Line]:
    """The worker, what waits for it, what it gave up, and mail."""
    yield _worker(state.worker_seen())
    rows = state.promised()
    waiting = [row for row in rows if row.state in (State.WAITING, State.CLAIMED)]
    number, oldest = sum(row.number for row in waiting), min((row.oldest_due for row in waiting), default=None)
    late = oldest is not None and now() - oldest > LATE_WORK
    words = (
        f"{count_of(number, 'job')}, the oldest due {ago(oldest)}" if oldest and oldest <= now() else "Nothing is due"
    )
    yield Line("Waiting work", words, not late, "Work is late. Look at the worker and at its log." if late else "")
    failed = sum(row.number for row in rows if row.state is State.FAILED)
    yield Line(
        "Failed work", count_of(failed, "job") if failed else "None", not failed,
        "Each was tried for about four hours." if failed else "", url_for("failures.index") if failed else "",
        "See what failed and why",
    )  # fmt: skip
    sent = max((row.last_done for row in rows if row.kind == "mail" and row.last_done), default=None)
    yield _mail(sent)


def _worker(seen: datetime | None) -> Line:
    advice = "Start the worker: flask serve runs it beside the pages, flask worker alone."
    if seen is None:
        return Line("Worker", "Not seen yet", False, advice)
    well = now() - seen < state.WORKER_LATE
    return Line("Worker", f"Last seen {ago(seen)}", well, "" if well else advice)


def _mail(sent: datetime | None) -> Line:
    words = f"Last sent {date_and_time(sent)}" if sent else "None sent yet"
    if current_app.config["SMTP_URL"].startswith("console:"):
        return Line("Mail", "Written to a file, not sent", _needed(), "Set SMTP_URL to the council's mail server.")
    return Line("Mail", words)


def _scanner() -> Line:
    part, url = "Virus scanner", current_app.config["CLAMD_URL"]
    if not url:
        advice = "Documents are marked “not scanned”. Set CLAMD_URL to a ClamAV."
        return Line(part, "None is set up", _needed(), advice)
    try:
        about = scan.about(url)
    except scan.ScannerAway:
        return Line(part, "Does not answer", False, "New documents are held, and nobody opens them, until it answers.")
    if about.signatures_of is None:
        return Line(part, f"{about.name} answers", False, "It has no signatures yet. Run freshclam.")
    days = (today() - about.signatures_of).days
    words = f"{about.name}, signatures of {long_date(about.signatures_of)}"
    return Line(
        part, words, days <= OLD_SIGNATURES, "" if days <= OLD_SIGNATURES else "Its signatures are old. Run freshclam."
    )


def _database() -> Line:
    name = "SQLite" if db.engine.dialect.name == "sqlite" else "PostgreSQL"
    return Line("Database", f"{name}, {large(state.size())}, at revision {state.revision()}")


def _files() -> Line:
    url = current_app.config["FILES_URL"]
    try:
        files.open_store(url).check()
    except Exception:  # each kind of store has its own; the page says that it is so, the log of /ready why
        return Line("Documents and letters", "Cannot be reached", False, "Look at FILES_URL and at the log.")
    return Line("Documents and letters", "Kept in a bucket" if url.startswith("s3:") else "Kept on this machine")


def _disk() -> Line:
    disk = shutil.disk_usage(current_app.config["DATA_DIR"])
    well = disk.free > disk.total * LITTLE_DISK
    words = f"{large(disk.free)} free of {large(disk.total)}"
    return Line("Disk of the data folder", words, well, "" if well else "Make room: without any, nothing can be saved.")


def _backup() -> Line:
    part, folder = "Nightly backup", current_app.config["BACKUP_DIR"]
    if not folder:
        advice = "Set EOI_BACKUP_DIR to a folder on another disk, or make backups with flask backup."
        return Line(part, "None is set up", _needed(), advice)
    newest = archive.newest(Path(folder))
    if newest is None:
        return Line(part, "None yet", False, "The first is made at 1:30 tonight, by the worker.")
    about = newest.stat()
    made = datetime.fromtimestamp(about.st_mtime, UTC)
    well = now() - made < OLD_BACKUP
    words = f"{date_and_time(made)}, {large(about.st_size)}, kept for {current_app.config['BACKUP_DAYS']} days"
    return Line(part, words, well, "" if well else "Last night's is missing. Look at the worker and at its log.")


def _anchor() -> Line:
    part, anchors = "Anchor of the audit record", list(anchoring.stored(anchoring.folder()))
    if not anchors:
        return Line(part, "None yet", True, "The first is written at 2:15 tonight. Copy anchors off this machine.")
    well = (today() - anchors[-1].day).days <= 1
    words = f"{long_date(anchors[-1].day)}, {count_of(len(anchors), 'anchor')} in all"
    return Line(part, words, well, "" if well else "Last night's is missing. Look at the worker and at its log.")


def _browsers() -> Line:
    number = security.reported()
    advice = "They refused something that a page asked for: a fault of ours, or an attack. The log has each."
    words = f"{count_of(number, 'report')} within a day" if number else "Nothing refused within a day"
    return Line("Browsers", words, not number, advice if number else "")


def _needed() -> bool | None:
    """What `Line.well` says of a part that is not set up."""
    return None if current_app.config["DEMONSTRATION"] else False


def large(size: int) -> str:
    """A size of many megabytes: "640.0 MB", "73.1 GB"."""
    return f"{size / 1024**3:,.1f} GB" if size >= 1024**3 else file_size(size)


def ago(moment: datetime) -> str:
    """How long ago, roughly: "just now", "12 minutes ago", "3 hours ago", "5 days ago"."""
    minutes = int((now() - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count_of(minutes, 'minute')} ago"
    return f"{count_of(minutes // 60, 'hour')} ago" if minutes < 48 * 60 else f"{count_of(minutes // 1440, 'day')} ago"
