"""The wording of letters: which version holds in a round, and its history."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eoi.extensions import db
from eoi.models import LetterTemplate, Submission
from eoi.rules.papers import LetterKind
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.statutory import Route
from eoi.rules.wording import shipped


def text_for(submission: Submission, kind: LetterKind) -> str:
    """The wording that a letter of this kind to this school is drafted from today."""
    route = submission.changing_route
    rows = select(LetterTemplate.text).where(
        LetterTemplate.round_id == submission.round_id,
        LetterTemplate.kind == kind,
        LetterTemplate.route == (route if kind in OUTCOMES else ""),
    )
    held = db.session.scalar(rows.order_by(LetterTemplate.version.desc()).limit(1))
    return held or shipped.text(kind, route)


def latest(round_id: int, kind: LetterKind, route: Route | None) -> LetterTemplate | None:
    """The version that holds; None where what ships does."""
    return next(iter(versions(round_id, kind, route)), None)


def versions(round_id: int, kind: LetterKind, route: Route | None) -> Sequence[LetterTemplate]:
    """Every version of the round, the latest first."""
    rows = select(LetterTemplate).where(
        LetterTemplate.round_id == round_id, LetterTemplate.kind == kind, LetterTemplate.route == (route or "")
    )
    named = rows.options(joinedload(LetterTemplate.made_by))
    return db.session.scalars(named.order_by(LetterTemplate.version.desc())).all()


def counts(round_id: int) -> dict[tuple[str, str], int]:
    """(kind, route) -> how many versions the round has made; those that stand as shipped are not in it."""
    rows = (
        select(LetterTemplate.kind, LetterTemplate.route, func.max(LetterTemplate.version))
        .where(LetterTemplate.round_id == round_id)
        .group_by(LetterTemplate.kind, LetterTemplate.route)
    )
    return {(kind, route): version for kind, route, version in db.session.execute(rows)}
