"""The council's side of the thread with a school, what the school asked for, and every mail about the case."""

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.queries import talking as queries
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.talking import GROUND_LABELS, WISH_LABELS
from eoi.web.access import actor, allowed, requires
from eoi.web.attaching import WritingForm, send_file, sent
from eoi.web.fields import DateField, Needed, TextField
from eoi.web.forms import Form
from eoi.web.review.blueprint import bp
from eoi.web.review.case import draw
from eoi.web.review.opening import attempt, find_case, told
from eoi.web.typed import page_number
from eoi.workflow import notices, talking, wishes


class SettleForm(Form):
    done_on = DateField("Date", [Needed("Enter the date")], noun="the date")
    note = TextField("What came of it", [Needed("Enter what came of it")], words=200)


@bp.route("/submissions/<ref>/messages", methods=["GET", "POST"])
@requires(Permission.SEE_CONTACTS)
def messages(ref: str) -> str | AnyResponse | tuple[str, int]:
    submission = find_case(ref, Permission.SEE_CONTACTS)
    last = queries.last_message(submission)
    form = WritingForm(seen=last.number if last else 0)
    if sent(form, lambda files: talking.write_to_school(
        submission, form.text.data, files, seen=form.seen.data, sure=form.sure.data, by=actor()
    )):  # fmt: skip
        flash("Your message is sent. The school gets an email.", "success")
        return redirect(url_for(".messages", ref=ref))
    page = page_number()
    drawn = draw(
        "messages", submission, form=form, thread=queries.messages(submission, page), page=page,
        unread=queries.unread(submission, from_school=True), writes=allowed(Permission.MESSAGE),
        last_page=-(-(last.number if last else 0) // queries.PAGE), requests=queries.requests(submission),
        wishes=WISH_LABELS, grounds=GROUND_LABELS,
    )  # fmt: skip
    return (drawn, 422) if form.errors else drawn


@bp.post("/submissions/<ref>/messages/read")
@requires(Permission.MESSAGE)
def read_messages(ref: str) -> AnyResponse:
    talking.mark_read_by_council(find_case(ref, Permission.MESSAGE), by=actor())
    db.session.commit()
    return redirect(url_for(".messages", ref=ref))


@bp.get("/submissions/<ref>/messages/files/<name>")
@requires(Permission.SEE_CONTACTS)
def message_file(ref: str, name: str) -> Response:
    answer: Response = send_file(queries.message_file(find_case(ref, Permission.SEE_CONTACTS), name))
    return answer


@bp.route("/submissions/<ref>/requests/<int:number>", methods=["GET", "POST"])
@requires(Permission.MESSAGE)
def settle_request(ref: str, number: int) -> str | AnyResponse:
    """A call was held, a reply was seen, or a request was dealt with in another way."""
    submission = find_case(ref, Permission.MESSAGE)
    request = next((one for one in queries.requests(submission) if one.id == number), None)
    if request is None:
        raise NotFound
    form, wrong = SettleForm(), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: wishes.settle(submission, request, form.done_on.data, form.note.data, by=actor()))
        if not wrong:
            flash("The request is marked as done.", "success")
            return redirect(url_for(".messages", ref=ref))
    return render_template(
        "review/settle.html", submission=submission, request_=request, form=form, wishes=WISH_LABELS,
        errors=told(form, wrong),
    )  # fmt: skip


@bp.get("/submissions/<ref>/mail")
@requires(Permission.SEE_CONTACTS)
def mails(ref: str) -> str:
    """Every mail about this case: to whom, when, whether it has gone, and what it says."""
    submission = find_case(ref, Permission.SEE_CONTACTS)
    found = [(mail, *notices.shown(mail.payload)) for mail in queries.mails(submission, all_of_them=True)]
    return draw("mails", submission, mails=found)
