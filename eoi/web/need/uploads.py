"""Uploading need lines, provision and council data: choose the file, look at what it changes, confirm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.queries import need as queries
from eoi.queries import provision as provision_queries
from eoi.rules import figures, need, provision
from eoi.rules.errors import BadFile
from eoi.rules.permissions import Permission
from eoi.rules.sheets import Preview
from eoi.rules.words import count_of, label, long_date
from eoi.web.access import actor, requires
from eoi.web.need.blueprint import bp
from eoi.web.uploads import ConfirmForm, UploadForm, csv_response, seal, unseal
from eoi.workflow import need as verbs
from eoi.workflow import provisions

SHOWN = 200  # rows of each table of a preview


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of CSV: its words, its columns, how it is looked at and how it is taken."""

    title: str
    noun: str
    headings: tuple[str, ...]
    example: tuple[str, ...]
    preview: Callable[[str, str], Preview[Any]]
    upload: Callable[..., Preview[Any]]
    cells: Callable[[Any], Sequence[str]]
    back: str


def _line_cells(row: need.Line) -> tuple[str, ...]:
    words = (label(row.need), label(row.phase), label(row.path))
    return (need.school_year(row.year), row.district_name, *words, f"{row.places:,}", *_provenance(row))


def _figure_cells(row: figures.Figure) -> tuple[str, ...]:
    kind, item = figures.KIND_LABELS[row.kind], figures.item_label(row.kind, row.item)
    return (str(row.urn), kind, item, figures.shown(row.kind, row.value), *_provenance(row))


def _provenance(row: need.Line | figures.Figure) -> tuple[str, str, str]:
    return row.source, long_date(row.as_at), "Yes" if row.illustrative else "No"


def _provision_cells(row: provision.Row) -> tuple[str, ...]:
    places, partner = str(row.places or ""), str(row.partner_urn or "")
    as_at = long_date(row.as_at) if row.as_at else ""
    words = (label(row.path), label(row.need), label(row.phase), places, partner, label(row.state))
    return (str(row.urn), *words, row.source, as_at, row.note, "Yes" if row.illustrative else "No")


SHEETS = {
    "need": Sheet(
        title="Upload need lines",
        noun="need line",
        headings=need.HEADINGS,
        example=("2027-28", "Ashford", "Autism", "Primary", "Resourced provision", "20", "Plan", "31/03/2026", "no"),
        preview=queries.preview_lines,
        upload=verbs.upload_lines,
        cells=_line_cells,
        back=".lines",
    ),
    "provision": Sheet(
        title="Upload provision",
        noun="provision",
        headings=provision.HEADINGS,
        example=(
            "118246",
            "Resourced provision",
            "Autism",
            "Primary",
            "16",
            "",
            "Existing",
            "Plan",
            "31/03/2026",
            "",
            "no",
        ),
        preview=provision_queries.preview_rows,
        upload=provisions.upload,
        cells=_provision_cells,
        back=".existing",
    ),
    "council-data": Sheet(
        title="Upload council data",
        noun="figure",
        headings=figures.HEADINGS,
        example=("118246", "Pupils with an EHC plan", "Autism", "5-9", "School census", "15/01/2026", "no"),
        preview=queries.preview_figures,
        upload=verbs.upload_figures,
        cells=_figure_cells,
        back=".council_data",
    ),
}


@bp.route("/upload/<any('need', 'provision', 'council-data'):kind>", methods=["GET", "POST"])
@requires(Permission.EDIT_NEED)
def upload(kind: str) -> str:
    """Take the file and show what it would change. Nothing is written."""
    sheet, form = SHEETS[kind], UploadForm()
    if form.validate_on_submit():
        try:
            return _preview(kind, sheet, form.text)
        except BadFile as refused:
            form.file.errors = [refused.message]
    kinds = list(figures.KIND_LABELS.values())
    return render_template("need/upload.html", sheet=sheet, kind=kind, form=form, kinds=kinds)


def _preview(kind: str, sheet: Sheet, text: str) -> str:
    changes = sheet.preview(text, current_app.config["COUNCIL_LA_CODE"])
    form = ConfirmForm(formdata=None, sealed=seal(text, changes.digest()))
    changed = [_beside(sheet.cells(old), sheet.cells(new)) for old, new in changes.changed[:SHOWN]]
    added = [sheet.cells(row) for row in changes.added[:SHOWN]]
    rejected = [(f"Line {one.line}", one.message) for one in changes.rejected[:SHOWN]]
    rows = {"added": added, "changed": changed, "rejected": rejected}
    return render_template("need/preview.html", sheet=sheet, kind=kind, changes=changes, form=form, shown=SHOWN, **rows)


def _beside(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new cells, each with what it replaces where that differs."""
    pairs = zip(old, new, strict=True)
    return [now if was == now else f"{now or 'nothing'} (was {was or 'nothing'})" for was, now in pairs]


@bp.post("/upload/<any('need', 'provision', 'council-data'):kind>/confirm")
@requires(Permission.EDIT_NEED)
def confirm(kind: str) -> AnyResponse:
    sheet = SHEETS[kind]
    text, digest = unseal(ConfirmForm().sealed.data)
    done = sheet.upload(text, current_app.config["COUNCIL_LA_CODE"], seen=digest, by=actor())
    db.session.commit()
    flash(f"{count_of(len(done.added), sheet.noun)} added, {len(done.changed):,} changed.", "success")
    return redirect(url_for(sheet.back))


@bp.get("/upload/<any('need', 'provision', 'council-data'):kind>/template.csv")
@requires(Permission.EDIT_NEED)
def template(kind: str) -> Response:
    return csv_response(f"{kind}-template.csv", SHEETS[kind].headings, [SHEETS[kind].example])
