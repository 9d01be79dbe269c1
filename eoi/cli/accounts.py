"""Commands about accounts."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import with_appcontext

from eoi.extensions import db
from eoi.rules.words import date_and_time
from eoi.workflow import accounts, links


@click.command("create-admin")
@click.argument("email")
@click.option("--name", default="Administrator", help="Their name; they can mend it when they choose a password.")
@with_appcontext
def create_admin(email: str, name: str) -> None:
    """Make EMAIL an administrator and print a one-time link to choose a password."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as wrong:
        raise click.BadParameter(str(wrong), param_hint="EMAIL") from None
    link = accounts.create_admin(email, name)
    db.session.commit()
    if not current_app.config["STAFF_PASSWORDS"]:
        click.echo("They sign in with their council account, and keep the role as long as its groups give it.")
        return
    click.echo(links.address(link))
    click.echo(f"It works once, until {date_and_time(link.expires_at)}. An earlier link for this person has ended.")
