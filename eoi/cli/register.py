"""`flask import-schools FILE`: bring the register of schools up to date from an extract."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from eoi.extensions import db
from eoi.rules.errors import BadFile
from eoi.rules.permissions import SYSTEM
from eoi.rules.register import Report
from eoi.workflow import register


@click.command("import-schools")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), help="The extract's day; by default the one in its name.")
@with_appcontext
def import_schools(file: Path, as_at: datetime | None) -> None:
    """Bring the register of schools to what FILE says: the DfE's full extract, or the sample that ships with this.

    All or nothing: a file that cannot be trusted changes nothing, and the reason is printed.
    """
    size = file.stat().st_size if file.is_file() else 1
    try:
        with click.progressbar(length=size, label="Reading schools") as bar:
            report = register.import_extract(
                file,
                current_app.config["COUNCIL_LA_CODE"],
                as_at=as_at.date() if as_at else None,
                progress=bar.update,
                by=SYSTEM,
            )
    except BadFile as refused:
        db.session.rollback()
        raise click.ClickException(f"{refused.message} The register is unchanged.") from refused
    db.session.commit()
    _print(report)


def _print(report: Report) -> None:
    click.echo(f"Read {report.read:,} lines. Of the council: {report.summary()}.")
    for urn, name in report.added:
        click.echo(f"added    {urn}  {name}")
    for urn, name, changes in report.changed:
        click.echo(f"changed  {urn}  {name}")
        for change in changes:
            click.echo(f"           {change}")
    for urn, name in report.closed:
        click.echo(f"closed   {urn}  {name} (kept: something refers to it)")
    for urn, name in report.removed:
        click.echo(f"closed   {urn}  {name} (removed: nothing refers to it)")
    for line in report.rejected:
        click.echo(f"rejected line {line.line}: {line.message}")
    if not report.absence_known:
        click.echo("No school was taken to be gone: a rejected line may be its own. Mend the file and import it again.")
