"""What the council asks of the school: the question, the answers that are open for it, and the sending of them."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Submission
from eoi.queries import drafts
from eoi.rules.errors import Invalid
from eoi.rules.permissions import Permission
from eoi.rules.questions import form as released
from eoi.rules.questions.types import Question, Section
from eoi.web import refusals
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.web.fields import TextField, VersionField
from eoi.web.forms import Form
from eoi.workflow import clarifying, drafting


class ReplyForm(Form):
    version = VersionField()
    reply = TextField(
        "Your reply",
        words=300,
        description="Leave this empty if the answers that you changed say it all. Do not name or describe a child",
    )


@bp.route("/<public_id>/questions", methods=["GET", "POST"])
@requires(Permission.ANSWER)
def answer(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    question = drafts.asked(submission)
    if question is None:
        return redirect(url_for(".show", public_id=public_id))
    form = ReplyForm(version=submission.version)
    if form.validate_on_submit():
        try:
            clarifying.answer(submission, form.reply.data, seen=form.version.data, by=actor())
        except Invalid as invalid:
            refusals.show(invalid, form)
        else:
            db.session.commit()
            return redirect(url_for(".answered", public_id=public_id))
    held = drafts.answers(submission)
    changed = [key for key in question.keys if held.get(key) != question.before.get(key)]
    page = render_template(
        "apply/questions.html",
        submission=submission,
        question=question,
        form=form,
        asked=_asked(submission),
        changed=changed,
    )
    return (page, 422) if form.errors else page


def _asked(submission: Submission) -> list[tuple[Section, list[Question]]]:
    """The sections and questions that are open for this, in the order of the form."""
    facts, opened = submission.facts(), drafting.open_now(submission)
    sections = [section for section in released(submission.round.form).sections if section.key in opened]
    return [(s, [q for q in s.questions if q.key in opened[s.key] and q.applies(facts)]) for s in sections]


@bp.get("/<public_id>/answered")
@requires(Permission.READ_OWN)
def answered(public_id: str) -> str:
    return render_template("apply/answered.html", submission=find_submission(public_id))
