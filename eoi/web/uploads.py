"""A table on its way, CSV or XLSX: uploaded, shown, confirmed. Between the two it travels sealed in the page."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import HiddenField, ValidationError

from eoi.outbound.workbooks import csv_text, is_workbook
from eoi.rules.errors import BadFile
from eoi.rules.sheets import text_of
from eoi.web.fields import FileField, Needed
from eoi.web.forms import Form

LARGEST = 3 * 1024 * 1024
A_DAY = 24 * 3600


class UploadForm(Form):
    """One CSV, or an XLSX whose first sheet is read as one. `text` holds what it says once the form is valid."""

    file = FileField("CSV or XLSX file", [Needed("Choose a CSV or XLSX file")], accept=".csv,.xlsx,text/csv")
    text = ""

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            return
        with field.data.stream as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValidationError("The file must be smaller than 3 MB. Split it and upload each part")
        try:
            self.text = csv_text(content) if is_workbook(content) else text_of(content)
        except BadFile as refused:
            raise ValidationError(refused.message) from refused


class ConfirmForm(Form):
    """The sealed CSV that the person looked at."""

    sealed = HiddenField()


def seal(text: str, digest: str) -> str:
    """The CSV and the digest of its preview, compressed and signed, for a hidden field."""
    return _sealer().dumps([text, digest])


def unseal(sealed: str | None) -> tuple[str, str]:
    """The CSV and the digest. Raises BadFile where the seal is broken or older than a day."""
    try:
        text, digest = _sealer().loads(sealed or "", max_age=A_DAY)
    except BadData:
        raise BadFile("The preview is out of date. Upload the file again.") from None
    return text, digest


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="uploaded sheet")


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A CSV to download, with the mark that makes Excel read it as UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
