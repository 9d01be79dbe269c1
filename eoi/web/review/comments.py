"""Comments of the council on a case, each with the audience that reads it; flags and holds beside them."""

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.queries import talking as queries
from eoi.rules.permissions import Permission
from eoi.rules.talking import AUDIENCE_LABELS, READERS, Audience, may_be_held
from eoi.web.access import actor, allowed, requires
from eoi.web.attaching import WritingForm, send_file, sent
from eoi.web.fields import Needed, RadiosField, TextField, choice
from eoi.web.review.blueprint import bp
from eoi.web.review.case import draw
from eoi.web.review.opening import find_case
from eoi.web.typed import page_number
from eoi.workflow import talking


class CommentForm(WritingForm):
    text = TextField("Your comment", [Needed("Enter your comment")], words=500)
    audience = RadiosField("Who reads it", [Needed("Choose who reads it")])


@bp.route("/submissions/<ref>/comments", methods=["GET", "POST"])
@requires(Permission.READ_CASE)
def comments(ref: str) -> str | AnyResponse | tuple[str, int]:
    submission = find_case(ref)
    readable = queries.audiences(submission, actor())
    page = page_number()
    found = queries.comments(submission, readable, page)
    newest = found if page == 1 else queries.comments(submission, readable)
    form = CommentForm(seen=newest[0].number if newest else 0)
    form.audience.choices = [choice(one, AUDIENCE_LABELS[one], READERS[one]) for one in readable]
    if sent(form, lambda files: talking.comment(
        submission, Audience(form.audience.data), form.text.data, files, seen=form.seen.data, sure=form.sure.data,
        by=actor(),
    )):  # fmt: skip
        flash("Your comment is kept. The school never sees it.", "success")
        return redirect(url_for(".comments", ref=ref))
    drawn = draw(
        "comments", submission, form=form, comments=found, page=page, labels=AUDIENCE_LABELS,
        last_page=-(-queries.count_comments(submission, readable) // queries.PAGE), flags=queries.flags(submission),
        pauses=queries.pauses(submission), writes=allowed(Permission.COMMENT),
        may_hold=allowed(Permission.HOLD) and may_be_held(submission.stage),
    )  # fmt: skip
    return (drawn, 422) if form.errors else drawn


@bp.get("/submissions/<ref>/comments/files/<name>")
@requires(Permission.READ_CASE)
def comment_file(ref: str, name: str) -> Response:
    submission = find_case(ref)
    answer: Response = send_file(queries.comment_file(submission, name, queries.audiences(submission, actor())))
    return answer
