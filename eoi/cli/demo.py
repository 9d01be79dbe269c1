"""`flask demo` and `flask seed`: a service to try out, and one to measure."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from eoi.cli.seed.rounds import make_round, name_of, working
from eoi.cli.seed.seeding import seed as sow
from eoi.extensions import db, today
from eoi.models import Round, School, Submission
from eoi.queries import review, users
from eoi.rules import passwords
from eoi.rules.opinions import Expert, Shared, View
from eoi.rules.permissions import Actor
from eoi.rules.stages import Stage
from eoi.rules.talking import Audience
from eoi.workflow import demo_accounts, holding, letters, need, opinions, provisions, register, talking

CASES = 60


@click.command()
@click.option("--cases", default=CASES, show_default=True, help="How many invented cases.")
@with_appcontext
def demo(cases: int) -> None:
    """Make the demonstration: accounts, an open round, need lines, and cases in every stage."""
    _only_in_demonstration()
    config = current_app.config
    password_hash = passwords.hashed(demo_accounts.PASSWORD, passwords.cost_of(config))
    if db.session.scalar(select(School.urn).limit(1)) is None:
        register.load_sample(config["COUNCIL_LA_CODE"])
    demo_accounts.make_demonstration_accounts(password_hash)
    need.load(config["COUNCIL_LA_CODE"])
    provisions.load(config["COUNCIL_LA_CODE"], publish=True)
    if db.session.scalar(select(Round.id).limit(1)) is None:
        opens, closes = today() - timedelta(days=21), today() + timedelta(days=28)
        make_round(name_of(working(closes)), opens, closes)
        sow(cases, 1, issue_from_record, lambda: None)
        ask_experts()
        talk()
    db.session.commit()
    click.echo(f"Demonstration ready: {len(demo_accounts.ACCOUNTS)} accounts, {cases} invented cases.")


@click.command()
@click.option("--submissions", required=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", "number", default=1, show_default=True, help="The same number makes the same cases.")
@with_appcontext
def seed(submissions: int, number: int) -> None:
    """Add believable invented cases on the real register, in every stage."""
    _only_in_demonstration()
    with click.progressbar(length=submissions, label="Seeding") as bar:
        sow(submissions, number, issue_from_record, lambda: bar.update(1))
    db.session.commit()
    click.echo(f"{submissions} cases added.")


def issue_from_record(submission: Submission, by: Actor) -> None:
    """Issue the waiting letter; a job prints it, so that seeding does not wait for the printer."""
    letter = next(letter for letter in review.letters(submission) if letter.decision_id and not letter.is_issued)
    letters.issue_unprinted(letter, seen=letter.version, by=by)


def ask_experts() -> None:
    """Opinions of invented experts: asked for where a visit is due, given where the panel meets."""
    officer = users.by_email("officer@demo.example")
    if officer is None:
        return
    by, due = officer.actor(today()), opinions.usual_day(today())
    for case in db.session.scalars(select(Submission).where(Submission.stage.in_((Stage.VISIT, Stage.PANEL)))):
        asked = opinions.ask(
            case, Expert.FINANCE, name="Imran Shah", email="finance@demo.example", due_on=due, shared=Shared.PANEL,
            question="Is the cost of each place fair, and does the income carry it while it fills?", by=by,
        )  # fmt: skip
        if case.stage is Stage.PANEL:
            said = "The cost of each place is near the usual. The first year runs short: open two classes, not one."
            opinions.give(asked.link, View.CHANGES, said)


def talk() -> None:
    """What people say: a message that waits for its officer, a comment, and a flag, on the cases that are assessed."""
    officer = users.by_email("officer@demo.example")
    assessed = db.session.scalars(select(Submission).where(Submission.stage == Stage.ASSESSMENT).limit(3)).all()
    for number, case in enumerate(assessed if officer else ()):
        assert officer
        by, lead = officer.actor(today()), case.lead
        if lead:
            text = "We can show you the rooms on any morning of next week. Which suits you?"
            talking.write_to_council(case, text, seen=0, by=lead.actor(today()))
        talking.comment(case, Audience.CASE_TEAM, "The plan of the rooms came with the EOI.", seen=0, by=by)
        if number == 0:
            holding.flag(case, "The building belongs to a PFI: ask estates first.", by=by)


def _only_in_demonstration() -> None:
    if not current_app.config["DEMONSTRATION"]:
        raise click.ClickException("Invented cases are made in demonstration mode only: EOI_DEMONSTRATION=1.")
