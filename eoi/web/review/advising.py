"""Expert opinions: officers ask, remind and call off; who is asked reads and answers by their link.

Opening a link changes nothing.
"""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, today
from eoi.models import Opinion, Submission
from eoi.models.link import Purpose
from eoi.queries import cases, opinions
from eoi.rules.errors import Invalid, LinkDead, NotFound
from eoi.rules.opinions import EXPERTS, LOOK_AT, MOST_WORDS, SHARING, VIEWS, Expert, Shared, View, readable
from eoi.rules.permissions import Permission
from eoi.rules.words import long_date
from eoi.web.access import actor, public, requires
from eoi.web.apply.blueprint import links_bp
from eoi.web.fields import DateField, EmailField, LineField, Needed, RadiosField, TextField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.web.review import telling
from eoi.web.review.blueprint import bp
from eoi.web.review.opening import attempt, find_case, told
from eoi.workflow import links
from eoi.workflow import opinions as asking

Answer = str | Response | tuple[str, int]


class AskForm(Form):
    expert = RadiosField(
        "Whose opinion do you ask for?",
        [Needed("Choose whose opinion you ask for")],
        choices=[choice(expert.value, EXPERTS[expert], LOOK_AT[expert]) for expert in Expert],
    )
    name = LineField("Full name", [Needed("Enter their full name")])
    email = EmailField("Email address", [Needed("Enter their email address")])
    question = TextField(
        "What you ask", [Needed("Enter what you ask")], words=200, description="They read it in these words"
    )
    due_on = DateField(
        "When do you need it?", [Needed("Enter the date")], noun="the date",
        description="They are reminded 5 working days and 1 working day before",
    )  # fmt: skip
    shared = RadiosField(
        "Who may read it?",
        [Needed("Choose who may read it")],
        choices=[choice(shared.value, label) for shared, label in SHARING.items()],
    )


class OpinionForm(Form):
    view = RadiosField(
        "What does your opinion come to?",
        [Needed("Choose what your opinion comes to")],
        choices=[choice(view.value, label) for view, label in VIEWS.items()],
    )
    text = TextField(
        "Your opinion", [Needed("Enter your opinion")], words=MOST_WORDS,
        description="What you base it on, and what would have to change. Do not name or describe a child",
    )  # fmt: skip


# Officers


@bp.route("/submissions/<ref>/opinions/ask", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def ask_opinion(ref: str) -> str | Response:
    submission = find_case(ref, Permission.ADVISE)
    form, wrong = AskForm(), {}
    if form.validate_on_submit():
        wrong = attempt(
            lambda: asking.ask(
                submission, Expert(form.expert.data), name=form.name.data, email=form.email.data,
                question=form.question.data, due_on=form.due_on.data, shared=Shared(form.shared.data), by=actor(),
            )
        )  # fmt: skip
        if not wrong:
            flash(f"{form.name.data} is asked, and gets an email with a link.", "success")
            return redirect(url_for(".reviewed", ref=ref) + "#opinions")
    usual = long_date(asking.usual_day(today()))
    return render_template(
        "review/ask_opinion.html", submission=submission, form=form, errors=told(form, wrong), usual=usual
    )


@bp.post("/submissions/<ref>/opinions/<int:opinion_id>/remind")
@requires(Permission.REVIEW)
def remind_opinion(ref: str, opinion_id: int) -> Response:
    submission, opinion = _found(ref, opinion_id)
    asking.remind(opinion, submission, by=actor())
    db.session.commit()
    flash(f"A reminder goes to {opinion.link.name}.", "success")
    return redirect(url_for(".reviewed", ref=ref) + "#opinions")


@bp.route("/submissions/<ref>/opinions/<int:opinion_id>/call-off", methods=["GET", "POST"])
@requires(Permission.REVIEW)
def revoke_opinion(ref: str, opinion_id: int) -> str | Response:
    submission, opinion = _found(ref, opinion_id)
    form, wrong = Form(), {}
    if form.validate_on_submit():
        wrong = attempt(lambda: asking.revoke(opinion, submission, by=actor()))
        if not wrong:
            flash(f"{opinion.link.name} is told that the opinion is no longer needed.", "success")
            return redirect(url_for(".reviewed", ref=ref) + "#opinions")
    return render_template(
        "review/revoke_opinion.html", submission=submission, opinion=opinion, form=form, errors=wrong
    )


def _found(ref: str, opinion_id: int) -> tuple[Submission, Opinion]:
    submission = find_case(ref, Permission.ADVISE)
    opinion = opinions.one_of(submission, opinion_id)
    if opinion is None:
        raise NotFound
    return submission, opinion


# Who is asked


@links_bp.route("/advise/<token>", methods=["GET", "POST"])
@public
def advise(token: str) -> Answer:
    link = links.find(token, Purpose.ADVISE)
    submission, opinion = asking.opened(link)
    sent = cases.sent(submission)
    if sent is None:
        raise LinkDead
    form = OpinionForm()
    if form.validate_on_submit():
        try:
            asking.give(link, View(form.view.data), form.text.data)
            db.session.commit()
            return redirect(url_for("links.advised"))
        except Invalid as refused:
            show(refused, form)
    page = render_template(
        "review/advise.html", submission=submission, opinion=opinion, link=link, form=form, frozen=sent,
        sections=readable(telling.sections_of(sent), opinion.expert), look_at=LOOK_AT[opinion.expert],
    )  # fmt: skip
    return (page, 422) if form.errors else page


@links_bp.get("/advised")
@public
def advised() -> str:
    """What happens next. The address says nothing of whose it was."""
    return render_template("review/advised.html")
