"""The school's thread with its case officer, and the mails that went to the school."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Submission
from eoi.queries import talking as queries
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, find_submission, note_download, requires
from eoi.web.apply.blueprint import bp
from eoi.web.attaching import WritingForm, send_file, sent
from eoi.web.typed import page_number
from eoi.workflow import notices, talking


@bp.route("/<public_id>/messages", methods=["GET", "POST"])
@requires(Permission.READ_OWN)
def messages(public_id: str) -> str | AnyResponse | tuple[str, int]:
    submission = _sent_case(public_id)
    last = queries.last_message(submission)
    form = WritingForm(seen=last.number if last else 0)
    if sent(form, lambda files: talking.write_to_council(
        submission, form.text.data, files, seen=form.seen.data, sure=form.sure.data, by=actor()
    )):  # fmt: skip
        return redirect(url_for(".messages", public_id=public_id, sent=1))
    page = page_number()
    drawn = render_template(
        "apply/messages.html", submission=submission, form=form, thread=queries.messages(submission, page),
        unread=queries.unread(submission, from_school=False), page=page,
        last_page=-(-(last.number if last else 0) // queries.PAGE),
    )  # fmt: skip
    return (drawn, 422) if form.errors else drawn


@bp.post("/<public_id>/messages/read")
@requires(Permission.ANSWER)
def read_messages(public_id: str) -> AnyResponse:
    talking.mark_read_by_school(_sent_case(public_id), by=actor())
    db.session.commit()
    return redirect(url_for(".messages", public_id=public_id))


@bp.get("/<public_id>/messages/files/<name>")
@requires(Permission.READ_OWN)
def message_file(public_id: str, name: str) -> Response:
    answer: Response = send_file(queries.message_file(_sent_case(public_id), name))
    note_download()
    return answer


@bp.get("/<public_id>/mail")
@requires(Permission.READ_OWN)
def mails(public_id: str) -> str:
    """Every mail about it that went to the school, or to those who stand behind it."""
    submission = find_submission(public_id)
    found = queries.mails(submission, all_of_them=False)
    told = [(mail, *notices.shown(mail.payload)) for mail in found]
    return render_template("apply/mails.html", submission=submission, mails=told)


def _sent_case(public_id: str) -> Submission:
    """Messages begin once it is submitted."""
    submission = find_submission(public_id)
    if submission.is_draft:
        raise NotFound
    return submission
