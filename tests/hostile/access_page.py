"""`docs/access.md`, drawn from the access table: `python -m tests.hostile.access_page` writes it anew."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from config import Settings
from eoi import create_app
from eoi.rules.permissions import GRANTS, ROLE_LABELS
from tests.hostile.fields import FIELDS
from tests.hostile.table import EVERYBODY, Answer, Person, Row, Tie, rows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"


def page(app: Flask) -> str:
    """The whole of `docs/access.md`."""
    table = rows(app)
    cells = sum(len(row.people()) for row in table)
    return "\n".join([*_opening(len(table), cells), *_by_row(table), *_fields(), *_grants(), ""])


def _opening(number: int, cells: int) -> list[str]:
    return [
        "# Who may open what",
        "",
        "Made by `python -m tests.hostile.access_page` from the routes and `eoi/rules/permissions.py`, the only page",
        "that says who may do what. A test compares this page with what it makes, and sends every request that it",
        f"speaks of: {number} endpoints and methods, {len(EVERYBODY)} roles in their relation to the case,",
        f"{cells} requests; of a page that is about no case, one of each role. An endpoint without a row, or with an",
        "answer that is not its row's, fails the build.",
        "",
        "Who: " + "; ".join(person.name for person in EVERYBODY) + ".",
        "",
        "*Not seen* is a 404: the case does not exist for that person. Everybody whom a row does not name gets a 403,",
        "and somebody who is not signed in is sent to sign in. Who has not said whether they are in conflict says so",
        "first. A conflict on a case takes every right of the review away on it. A delegate decides and issues",
        "letters in place of the Head of SEN while the delegation lasts. What opens may still be refused by the stage.",
        "",
    ]  # fmt: skip


def _by_row(table: list[Row]) -> Iterator[str]:
    yield from (
        "## Endpoints",
        "",
        "| endpoint | address | asks for | opens to | not seen by |",
        "|---|---|---|---|---|",
    )
    told: dict[tuple[str, ...], list[str]] = {}
    for row in table:
        answers = {_name(person, row): row.answer(person) for person in row.people()}
        opens = [name for name, said in answers.items() if said is Answer.OPENS]
        first = [f"{name}: declare first" for name, said in answers.items() if said is Answer.DECLARE]
        unseen = [name for name, said in answers.items() if said is Answer.UNSEEN]
        address = row.rule.replace("|", "\\|")
        lists = (_listed(opens + first, len(answers)), _listed(unseen, len(answers)))
        told.setdefault((row.endpoint, f"`{address}`", row.asks, *lists), []).append(row.method)
    for (endpoint, *rest), methods in told.items():
        yield f"| {endpoint} {', '.join(methods)} | {' | '.join(rest)} |"


def _name(person: Person, row: Row) -> str:
    """Where there is no case, there is no relation to it."""
    if row.case or person.role is None or person.tie is Tie.DELEGATED:
        return person.name
    return ROLE_LABELS[person.role]


def _listed(names: list[str], of: int) -> str:
    if len(names) == of:
        return "everybody"
    if len(names) == of - 2 and "Stranger" not in names:
        return "everybody who is signed in"
    return ", ".join(names) or "–"


def _fields() -> Iterator[str]:
    yield from (
        "",
        "## Fields",
        "",
        "A marker is planted in each of these; all read every page, export and file that opens to them, and find",
        "it exactly where this table says so.",
        "",
        "| field | seen by | never by |",
        "|---|---|---|",
    )
    for field in FIELDS:
        yield f"| {field.what} | {', '.join(field.seen_by) or 'nobody'} | {', '.join(field.never)} |"


def _grants() -> Iterator[str]:
    yield from ("", "## Grants", "", "| permission | roles, and on which cases |", "|---|---|")
    for permission, held in GRANTS.items():
        told = (f"{ROLE_LABELS[role]} ({relation})" for role, relation in held.items())
        yield f"| {permission.value} | {', '.join(told)} |"


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(create_app(Settings(DATA_DIR=Path(folder), SECRET_KEY="x" * 32))))


if __name__ == "__main__":
    main()
