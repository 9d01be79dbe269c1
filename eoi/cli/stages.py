"""`flask stages`: the moves of the review as a diagram."""

import click

from eoi.rules.transitions import diagram


@click.command()
def stages() -> None:
    """Print the stages and their moves as a Mermaid diagram, as docs/architecture.md shows it."""
    click.echo(diagram())
