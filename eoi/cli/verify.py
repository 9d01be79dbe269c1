"""`flask verify` and `flask anchor`: whether the record is whole, and what proves it later."""

import click
from flask import current_app
from flask.cli import with_appcontext

from eoi.cli import start
from eoi.outbound import files
from eoi.rules.words import count_of
from eoi.workflow import anchoring
from eoi.workflow.verifying import Verification

MOST_SHOWN = 1000


@click.command()
@with_appcontext
def verify() -> None:
    """Take every audit chain, letter, file and stored fact again from its source, and compare. Changes nothing.

    Ends with status 1 and a line for each fault.
    """
    start.check_revision()
    store = files.open_store(current_app.config["FILES_URL"])
    found = walk(Verification(store, list(anchoring.stored(anchoring.folder()))))
    if found:
        raise click.ClickException(f"{count_of(found, 'fault')} found.")
    click.echo("No fault.")


@click.command()
@with_appcontext
def anchor() -> None:
    """Write today's anchor: the heads of all audit chains. The worker does this every night."""
    start.check_revision()
    click.echo(anchoring.write(anchoring.folder()))


def walk(verification: Verification) -> int:
    """Print what was looked at and each fault, the first thousand of them; return how many there are."""
    found, shown = 0, []
    with click.progressbar(length=verification.size(), label="Verifying", update_min_steps=200) as bar:
        for fault in verification.faults(lambda: bar.update(1)):
            found += 1
            shown += [fault] if found <= MOST_SHOWN else []
    for fault in shown:
        click.echo(fault, err=True)
    click.echo("Checked " + ", ".join(f"{count:,} {what}" for what, count in verification.checked.items()) + ".")
    return found
