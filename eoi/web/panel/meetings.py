"""Meetings of the panel: planned, their agenda, who is present, and their end."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import PanelMeeting, User
from eoi.queries import panel as queries
from eoi.rules import answers
from eoi.rules.boxes import kept
from eoi.rules.errors import NotFound
from eoi.rules.panel import VOICES
from eoi.rules.parsing import examine
from eoi.rules.permissions import ROLE_LABELS, Permission
from eoi.rules.questions.types import Kind, Question
from eoi.rules.ranking import Band
from eoi.rules.words import long_date
from eoi.web.access import actor, allowed, requires
from eoi.web.drawing import change_rows
from eoi.web.fields import CheckboxesField, DateField, LineField, choice
from eoi.web.forms import Form
from eoi.web.panel.blueprint import bp
from eoi.web.review.opening import SeenForm, attempt, told
from eoi.workflow import panel

OTHERS = Question(
    "others", "Members without an account here", Kind.ROWS, required=False, noun="members", rows=(0, 8),
    hint="Such as a headteacher or a parent carer. They tell you whether they have a conflict of interest",
    parts=(
        Question("name", "Name", Kind.LINE, missing="Enter the name", noun="the name"),
        Question("role", "Role", Kind.LINE, missing="Enter the role", noun="the role"),
        Question("voice", "Speaks for", Kind.ONE_OF, options=VOICES, missing="Choose whom they speak for"),
    ),
)  # fmt: skip


class PlanForm(Form):
    held_on = DateField("Day of the meeting", noun="the day of the meeting")
    place = LineField("Place (optional)")
    case = CheckboxesField("Cases on the agenda", message="Choose from the cases listed")


class RegisterForm(SeenForm):
    present = CheckboxesField("People of the council who are present", message="Choose from the people listed")


def find_meeting(meeting_id: int) -> PanelMeeting:
    """The meeting. Raises NotFound."""
    found = queries.meeting(meeting_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/meetings")
@requires(Permission.READ_CASE)
def meetings() -> str:
    return render_template("panel/meetings.html", rows=queries.meetings())


@bp.route("/meetings/new", methods=["GET", "POST"])
@requires(Permission.PANEL)
def plan() -> str | Response:
    waiting = queries.for_the_panel(actor())
    form, wrong = PlanForm(case=[case.id for case in waiting]), {}
    form.case.choices = [
        choice(str(case.id), f"{case.reference}, {case.school.name}", queries.band_of(case).area) for case in waiting
    ]
    if waiting and form.validate_on_submit():
        chosen = [case for case in waiting if str(case.id) in form.case.data]
        wrong = attempt(lambda: panel.plan(chosen, form.held_on.data, form.place.data, by=actor()))
        if not wrong:
            flash("The meeting is planned.", "success")
            return redirect(url_for(".meetings"))
    return render_template("panel/plan.html", form=form, waiting=waiting, errors=told(form, wrong))


@bp.get("/meetings/<int:meeting_id>")
@requires(Permission.READ_CASE)
def meeting(meeting_id: int) -> str:
    """The agenda, band by band, the strongest first, as far as the person may read its cases."""
    found = find_meeting(meeting_id)
    items = queries.items(found, actor())
    said = queries.declared([item.submission_id for item in items], [actor().id or 0])
    own_open = queries.own_open(actor())
    return render_template(
        "panel/meeting.html", meeting=found, groups=_by_band(queries.lines(items)),
        withheld=queries.withheld(found, actor()),
        undeclared=[item for item in items if (item.submission_id, actor().id) not in said],
        hidden=own_open, form=SeenForm(version=found.version), packs=queries.packs(found, actor()),
        sees_scores=allowed(Permission.SEE_SCORES),
    )  # fmt: skip


def _by_band(lines: list[queries.Line]) -> list[tuple[Band, list[queries.Line]]]:
    return [(band, list(group)) for band, group in groupby(lines, key=lambda line: line.band)]


@bp.route("/meetings/<int:meeting_id>/register", methods=["GET", "POST"])
@requires(Permission.PANEL)
def register(meeting_id: int) -> str | Response:
    """Who is present: people with an account by a tick, others by name."""
    found, people = find_meeting(meeting_id), queries.members()
    here = [member["user_id"] for member in found.members if member.get("user_id")]
    form, wrong = RegisterForm(version=found.version, present=here), {}
    form.present.choices = [choice(str(user.id), user.name, _speaks_for(user)) for user in people]
    outside = [member for member in found.members if not member.get("user_id")]
    typed: Any = kept(OTHERS, answers.typed_from_form(OTHERS, request.form)) if request.form else outside
    if form.validate_on_submit() and not change_rows([OTHERS], {"others": typed}, request.form):
        outsiders = examine(OTHERS, typed)
        present = [*_members(people, form.present.data), *(outsiders.value or [])]
        wrong = {f"others{rest}": message for rest, message in outsiders.errors.items()} or attempt(
            lambda: panel.take_register(found, present, seen=form.version.data, by=actor())
        )
        if not wrong:
            flash("Who is present is recorded.", "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return render_template(
        "panel/register.html", meeting=found, form=form, others=OTHERS, typed=typed, errors=told(form, wrong)
    )


def _members(people: Sequence[User], ticked: list[str]) -> list[dict[str, Any]]:
    return [
        {"name": user.name, "role": _roles(user), "voice": panel.voice_of(user), "user_id": user.id}
        for user in people if str(user.id) in ticked
    ]  # fmt: skip


def _roles(user: User) -> str:
    return ", ".join(label for role, label in ROLE_LABELS.items() if role in user.roles)


def _speaks_for(user: User) -> str:
    return f"{_roles(user)}. Speaks for {dict(VOICES)[panel.voice_of(user)].lower()}"


@bp.post("/meetings/<int:meeting_id>/close")
@requires(Permission.PANEL)
def close(meeting_id: int) -> Response:
    found, form = find_meeting(meeting_id), SeenForm(version=0)
    form.validate()
    panel.close(found, seen=form.version.data, by=actor())
    db.session.commit()
    flash(f"The meeting of {long_date(found.held_on)} is closed. Its minute can be printed.", "success")
    return redirect(url_for(".meeting", meeting_id=meeting_id))
