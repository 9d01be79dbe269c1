"""Exports of the list: the list itself at once; answers, scores, reviews and files in the background."""

from collections.abc import Sequence

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import today
from eoi.models import Errand
from eoi.models.errand import ErrandKind
from eoi.outbound import files, tables
from eoi.queries import errands as queries
from eoi.queries import exports, lists
from eoi.queries.lists import CaseRow
from eoi.rules.errors import BadFile, Invalid, NotFound, Refused
from eoi.rules.exporting import (
    FOLDER_LABELS,
    NAMING_LABELS,
    PIECE_LABELS,
    WHAT_LABELS,
    Folder,
    Format,
    Naming,
    Piece,
    What,
)
from eoi.rules.permissions import Permission
from eoi.rules.words import count_of
from eoi.web.access import actor, note_download, requires
from eoi.web.fields import CheckboxesField, Needed, RadiosField, choice
from eoi.web.forms import Form
from eoi.web.review.blueprint import bp
from eoi.web.review.bulk import LISTED, ticked
from eoi.web.review.errands import find_errand
from eoi.web.review.filters import chosen_filters, query_of, shows_scores
from eoi.web.review.opening import attempt, moment, told
from eoi.web.review.views import back_to_list
from eoi.workflow import errands

MOST_TICKED = 500
KINDS = {
    Format.CSV: "text/csv", Format.ZIP: "application/zip",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
NOTE = "Demonstration, not a decision"


class ExportForm(Form):
    what = RadiosField("What to export", [Needed("Choose what to export")], message="Choose what to export")
    table = RadiosField("File of a table", message="Choose a format")
    pieces = CheckboxesField("What goes into the folder of each submission")
    folder = RadiosField("Folders", message="Choose how folders are named")
    naming = RadiosField("Names of files", message="Choose how files are named")


@bp.get("/submissions/export.csv")
@requires(Permission.EXPORT)
def export() -> Response:
    """Every case of the list, or those ticked, as CSV."""
    headings, rows = _list()
    return _saved(tables.csv_of(headings, rows).encode(), Format.CSV)


@bp.get("/submissions/export.xlsx")
@requires(Permission.EXPORT)
def export_xlsx() -> Response:
    """The same as a workbook."""
    headings, rows = _list()
    return _saved(tables.workbook([("Submissions", headings, rows)]), Format.XLSX)


def _list() -> tuple[Sequence[str], list[Sequence[object]]]:
    """Headings and rows. That the list was taken is noted."""
    names = request.args.getlist("case")[:MOST_TICKED]
    rows: Sequence[CaseRow] = lists.everything(actor(), chosen_filters(), moment(), names)
    g.opened = None  # no one case, yet the export is noted among what was opened
    note = (NOTE,) if current_app.config["DEMONSTRATION"] else ()
    headings = (*exports.LIST, *(("Note",) if note else ()))
    return headings, [(*exports.list_cells(row, shows_scores()), *note) for row in rows]


def _saved(content: bytes, kind: Format) -> Response:
    response = Response(content, mimetype=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="submissions-{today().isoformat()}.{kind}"'
    return response


@bp.route("/export", methods=["GET", "POST"])
@requires(Permission.EXPORT)
def export_new() -> str | AnyResponse:
    """What to take of the ticked cases, or of the whole list where none is ticked; a job makes the file."""
    rows = ticked() or lists.everything(actor(), chosen_filters(), moment())
    back = back_to_list(query_of(request.args))
    if not rows:
        flash("The list is empty, so there is nothing to export.")
        return redirect(back)
    form, wrong, made = _form(), {}, []
    if form.validate_on_submit():
        chosen = [(row.id, row.version) for row in rows]
        wrong = attempt(lambda: made.append(errands.start(ErrandKind.EXPORT, chosen, _asked(form), by=actor())))
        if not wrong:
            return redirect(url_for(".errand", errand_id=made[0].public_id))
    return render_template(
        "review/export.html", form=form, errors=told(form, wrong), rows=rows[:LISTED], back=back,
        more=max(len(rows) - LISTED, 0), number=count_of(len(rows), "submission"),
    )  # fmt: skip


def _form() -> ExportForm:
    form = ExportForm(
        what=What.ANSWERS, table=Format.XLSX, pieces=[*Piece], folder=Folder.REFERENCE, naming=Naming.PLAIN
    )
    form.what.choices = [choice(one, text) for one, text in WHAT_LABELS.items()]
    form.table.choices = [choice(Format.XLSX, "Excel workbook (XLSX)"), choice(Format.CSV, "CSV")]
    form.pieces.choices = [choice(one, text) for one, text in PIECE_LABELS.items()]
    form.folder.choices = [choice(one, text) for one, text in FOLDER_LABELS.items()]
    form.naming.choices = [choice(one, text) for one, text in NAMING_LABELS.items()]
    return form


def _asked(form: ExportForm) -> dict[str, object]:
    what = What(form.what.data)
    if what is not What.FILES:
        return {"what": what, "format": form.table.data or Format.XLSX}
    if not form.pieces.data:
        raise Invalid({"pieces": "Choose at least one kind of file"})
    folder, naming = form.folder.data or Folder.REFERENCE, form.naming.data or Naming.PLAIN
    return {"what": what, "format": Format.ZIP, "pieces": form.pieces.data, "folder": folder, "naming": naming}


@bp.get("/errands/<errand_id>/file")
@requires(Permission.EXPORT)
def errand_file(errand_id: str) -> Response:
    """The file of an export, once it is made. Each case in it is noted as opened by this person."""
    found: Errand = find_errand(errand_id)
    if found.key is None:
        raise NotFound
    if queries.closed_cases(found, actor()):
        raise Refused("A case in this file has closed to you since it was made. Export it again.")
    try:
        content = files.open_store(current_app.config["FILES_URL"]).chunks(found.key)
    except FileNotFoundError as gone:
        raise BadFile("The file cannot be read now. Export it again.") from gone
    g.opened = list(queries.case_ids(found))
    note_download()
    response = Response(content, mimetype=KINDS[Format(found.asked["format"])])
    response.content_length = found.size
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response
