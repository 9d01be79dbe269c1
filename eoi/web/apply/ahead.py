"""Drafts begun before an officer confirmed their author: the words to take away, and the school's two made one."""

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.queries import drafts, submissions
from eoi.rules import own_words
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.questions import form
from eoi.rules.words import count_of
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.workflow import ahead


@bp.get("/<public_id>/words.txt")
@requires(Permission.SIGNED_IN)
def words(public_id: str) -> Response:
    """What its author typed in a draft that nobody else may read, also when their request was refused."""
    submission = submissions.find(public_id, actor())
    if submission is None or not submission.is_held:
        raise NotFound
    work = drafts.work(submission)
    unfinished = {key: value for row in work.rows.values() for key, value in row.unfinished.items()}
    title = f"{submission.school.name}: draft in the round {submission.round.name}"
    told = own_words.text(
        form(submission.round.form), work.facts, work.everything, unfinished, work.schools_named(), title
    )
    response = Response(told, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="my-draft-{submission.urn}.txt"'
    return response


@bp.post("/<public_id>/take-over")
@requires(Permission.DRAFT)
def take_over(public_id: str) -> AnyResponse:
    """Fill the gaps of the school's draft from this one, which stands beside it."""
    submission = find_submission(public_id)
    took = ahead.take_over(submission, by=actor())
    db.session.commit()
    told = (
        f"Copied into {count_of(took, 'section')}. What was there has not changed." if took else "Nothing was missing."
    )
    flash(told, "success")
    into = drafts.counting(submission)
    return redirect(url_for(".show", public_id=into.public_id if into else public_id))
