"""What the panel says of a case while it talks: agreed scores, the recommendation, conditions, the minute."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.models import PanelItem
from eoi.outbound import press
from eoi.outbound.papers import minute_html
from eoi.queries import cases, need, papers
from eoi.queries import panel as queries
from eoi.rules import answers, boxes, minutes
from eoi.rules.assigning import HANDLINGS
from eoi.rules.decision import said
from eoi.rules.errors import MovedOn, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Section
from eoi.web.access import actor, note_download, requires
from eoi.web.drawing import change_rows
from eoi.web.fields import CheckboxesField, RadiosField, choice
from eoi.web.letters.files import sent
from eoi.web.panel.blueprint import bp
from eoi.web.panel.meetings import find_meeting
from eoi.web.review import telling
from eoi.web.review.opening import SeenForm, attempt, find_case, told
from eoi.workflow import panel
from eoi.workflow.stages import MOVED


class DeclareAgendaForm(SeenForm):
    case = CheckboxesField("Cases on which you have a conflict of interest", message="Choose from the cases listed")
    handling = RadiosField(
        "How it is handled", choices=[choice(key, words) for key, words in HANDLINGS],
        message="Choose how it is handled", description="Only where you ticked a case",
    )  # fmt: skip


@bp.route("/meetings/<int:meeting_id>/cases/<ref>", methods=["GET", "POST"])
@requires(Permission.PANEL)
def item(meeting_id: int, ref: str) -> str | Response:
    """Saved as often as one likes; recorded once, with the quorum of that moment."""
    case = find_case(ref, Permission.PANEL)
    found = queries.item(meeting_id, case)
    if found is None:
        raise NotFound
    section, form, wrong = minutes.section(case.round.criteria), SeenForm(version=found.version), {}
    typed = {q.key: boxes.kept(q, answers.typed_from_form(q, request.form)) for q in section.questions}
    if form.validate_on_submit() and not change_rows(section.questions, typed, request.form):
        saved = answers.save(section, case.facts(), typed)
        _compare(found, section, saved.answers, form.version.data)
        wrong = saved.errors or attempt(
            lambda: panel.save(found, saved.answers, seen=form.version.data, by=actor()), said(section, saved.answers)
        )
        if not wrong and "recommend" in request.form:
            wrong = attempt(lambda: panel.recommend(found, seen=found.version, by=actor()))
        if not wrong:
            done = "recommendation recorded" if "recommend" in request.form else "saved"
            flash(f"{case.reference}: {done}.", "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
        form.version.data = found.version
    elif not request.form:
        typed = boxes.typed(section, found.notes, {})
    return _draw(found, section, form, typed, wrong)


def _compare(found: PanelItem, section: Section, given: dict[str, Any], seen: int) -> None:
    """Both texts, where somebody else wrote meanwhile."""
    if seen != found.version:
        raise MovedOn(MOVED, said(section, found.notes), said(section, given))


def _draw(found: PanelItem, section: Section, form: SeenForm, typed: dict[str, Any], wrong: dict[str, str]) -> str:
    case = found.submission
    scorers = cases.scorers(case)
    return render_template(
        "panel/item.html", item=found, submission=case, section=section, form=form, typed=typed, errors=wrong,
        scores=telling.scores(case, scorers, cases.scores(case)), band=queries.band_of(case),
        rank=queries.placed_in([case.round_id]).get(case.id),
        need=need.line_for(case.district_code, case.need, case.phase, case.path),
        said=said(section, found.notes),
    )  # fmt: skip


@bp.route("/meetings/<int:meeting_id>/declare", methods=["GET", "POST"])
@requires(Permission.READ_CASE)
def declare(meeting_id: int) -> str | Response:
    """One page for the whole agenda, before its papers open: the ticked cases are closed to the person at once."""
    meeting = find_meeting(meeting_id)
    items = queries.items(meeting, actor())
    form, wrong = DeclareAgendaForm(version=meeting.version), {}
    form.case.choices = [
        choice(str(one.id), f"{one.submission.reference}, {one.submission.school.name}") for one in items
    ]
    if form.validate_on_submit():
        against = [int(ticked) for ticked in form.case.data]
        handling = dict(HANDLINGS).get(form.handling.data, "")
        wrong = attempt(lambda: panel.declare_agenda(items, against, handling, by=actor()))
        if not wrong:
            flash("Your declaration is recorded.", "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return render_template("panel/declare.html", meeting=meeting, items=items, form=form, errors=told(form, wrong))


@bp.get("/meetings/<int:meeting_id>/minute.pdf")
@requires(Permission.SEE_SCORES)
def minute(meeting_id: int) -> Response:
    """The minute, made for its reader: a case that is closed to them is a line that says so."""
    meeting = find_meeting(meeting_id)
    paper = papers.minute(meeting, actor())
    note_download()
    return sent(press.print_pdf(minute_html(paper)), f"Panel minute {meeting.held_on.isoformat()}.pdf")


@bp.get("/moderation")
@requires(Permission.SEE_SCORES)
def moderation() -> str:
    """Where scorers differ by two or more and nothing is agreed yet."""
    return render_template("panel/moderation.html", rows=queries.differing(actor()))
