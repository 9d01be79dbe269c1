"""What jobs do for an export: a part of its cases at a time into a folder, then all parts into one file.

A part is written under another name and given its own at the end, so that it is there whole or not at all; a job that
is done again finds it. When all cases are in, the parts are put together a row or a file at a time.
"""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from eoi.extensions import db, today
from eoi.models import Errand, Letter, Submission
from eoi.outbound import files, tables
from eoi.queries import errands as queries
from eoi.queries import exports
from eoi.queries.exports import HEADINGS
from eoi.rules.exporting import Folder, Format, Named, Naming, Piece, What, file_name, folder_of, unlike
from eoi.rules.permissions import Actor, Permission, may
from eoi.rules.words import Step
from eoi.workflow import errands

PART = 50  # cases a job: a few seconds, well within its lease
CONTENTS = "Contents.csv"
CONTENTS_HEAD = ("Reference", "School", "File", "What", "SHA-256")
NOT_YOURS = "You may not see this case any more."
NOTE = "Demonstration, not a decision"


def carry_on(errand: Errand) -> None:
    """The next part of an export, or its end. The job commits."""
    actor = errand.user.actor(today())
    folder = folder_for(errand)
    if not errand.user.active or not may(actor, Permission.EXPORT):
        shutil.rmtree(folder, ignore_errors=True)
        errands.stop(errand)
        return
    rows = queries.next_cases(errand, PART)
    if not rows:
        _finish(errand, folder, actor)
        return
    ids = [row.submission_id for row in rows]
    visible = exports.cases(ids, actor)
    _write_part(errand, folder, rows[0].number, ids, actor)
    errands.note(errand, ids, {one: NOT_YOURS for one in ids if one not in visible})


def folder_for(errand: Errand) -> Path:
    """Where the parts lie meanwhile: of nobody's interest but this errand's."""
    return work_folder() / errand.public_id


def work_folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "exports"


def tidy() -> None:
    """Folders of errands that are not under way any more go."""
    root = work_folder()
    for folder in root.iterdir() if root.is_dir() else ():
        if not queries.is_under_way(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _write_part(errand: Errand, folder: Path, number: int, ids: Sequence[int], actor: Actor) -> None:
    """The part that begins with this case, unless it lies there whole."""
    part = folder / f"{number:06}.part"
    if part.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = part.with_suffix(".fresh")
    if What(errand.asked["what"]) is What.FILES:
        _write_files(errand, fresh, ids, actor)
    else:
        with fresh.open("w", encoding="utf-8") as out:
            for row in exports.cells(What(errand.asked["what"]), ids, actor):
                out.write(json.dumps(list(row), ensure_ascii=False, default=str) + "\n")
    os.replace(fresh, part)


def _write_files(errand: Errand, target: Path, ids: Sequence[int], actor: Actor) -> None:
    """A ZIP of these cases' files, each with its line of the contents."""
    found = exports.cases(ids, actor)
    kept = exports.files(list(found.values()))
    store = files.open_store(current_app.config["FILES_URL"])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        lines = io.StringIO()
        writer = csv.writer(lines)
        for case in (found[one] for one in ids if one in found):
            wanted = list(_files_of(case, errand.asked, kept))
            if not wanted:
                writer.writerow([case.reference, case.school.name, "", "No file", ""])
            for path, what, key in wanted:
                try:
                    archive.writestr(path, store.get(key))
                    writer.writerow([case.reference, case.school.name, path, what, key])
                except (FileNotFoundError, files.Damaged):
                    writer.writerow([case.reference, case.school.name, path, f"{what}: cannot be read now", ""])
        archive.writestr(CONTENTS, lines.getvalue())


def _files_of(case: Submission, asked: dict[str, Any], kept: Any) -> Iterator[tuple[str, str, str]]:
    """(path in the ZIP, what it is, its key) of each file asked for. Two files of a case never share a path."""
    folder, naming = Folder(asked["folder"]), Naming(asked["naming"])
    named = Named(case.reference or "", case.school.name, case.school.district_name)
    taken: set[str] = set()
    for name, what, key in _pieces(case, asked, kept):
        path = folder_of(named, folder) + file_name(named, name, naming, folder)
        yield unlike(path, taken), what, key


def _pieces(case: Submission, asked: dict[str, Any], kept: Any) -> Iterator[tuple[str, str, str]]:
    snapshots, documents, letters = (part[case.id] for part in kept)
    if Piece.EOI in asked["pieces"]:
        sent = [one for one in snapshots if one.step in (Step.EOI, Step.DETAIL)][-1:]
        yield from ((f"{case.reference}.pdf", "Expression of interest", one.pdf_key) for one in sent if one.pdf_key)
    if Piece.DOCUMENTS in asked["pieces"]:
        yield from ((one.name, "Document", one.key) for one in documents if one.removed_at is None and not one.is_held)
    if Piece.LETTERS in asked["pieces"]:
        issued: Sequence[Letter] = [one for one in letters if one.is_issued and one.key]
        yield from ((f"Letter {one.number.rpartition('/')[2]}.pdf", "Letter", str(one.key)) for one in issued)


def _finish(errand: Errand, folder: Path, actor: Actor) -> None:
    """Put the parts together, keep the file, tell who asked. A part that was lost meanwhile is made again."""
    ids = queries.case_ids(errand)
    for start in range(0, len(ids), PART):
        _write_part(errand, folder, start + 1, ids[start : start + PART], actor)
    what, kind = What(errand.asked["what"]), Format(errand.asked["format"])
    whole = folder / "whole"
    parts = sorted(folder.glob("*.part"))
    if what is What.FILES:
        _join_zips(parts, whole)
    else:
        note = (NOTE,) if current_app.config["DEMONSTRATION"] else ()
        rows = ((*row, *note) for row in _rows(parts))
        headings = (*HEADINGS[what], *(("Note",) if note else ()))
        if kind is Format.XLSX:
            tables.write_xlsx(whole, headings, rows, what.value.capitalize())
        else:
            tables.write_csv(whole, headings, rows)
    size = whole.stat().st_size
    db.session.rollback()  # nothing of the database is held while the file is stored
    key = files.open_store(current_app.config["FILES_URL"]).put_file(whole)
    name = f"{'EOI files' if what is What.FILES else f'EOI {what}'} {today().isoformat()}.{kind}"
    errands.finish(errand, key, name, size)
    shutil.rmtree(folder, ignore_errors=True)


def _rows(parts: Sequence[Path]) -> Iterator[list[Any]]:
    for part in parts:
        with part.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _join_zips(parts: Sequence[Path], whole: Path) -> None:
    """One ZIP of all, with one table of contents. No path comes twice: without folders, names begin with references."""
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        lines: list[list[str]] = []
        for part in parts:
            with zipfile.ZipFile(part) as piece:
                lines += csv.reader(io.StringIO(piece.read(CONTENTS).decode()))
                for name in piece.namelist():
                    if name != CONTENTS:
                        archive.writestr(name, piece.read(name))
        archive.writestr(CONTENTS, tables.csv_of(CONTENTS_HEAD, lines))
