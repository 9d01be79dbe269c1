"""Pages made of the components alone, so that each is tried in a browser without waiting for the page that uses it."""

from flask import render_template_string, request
from flask_wtf import FlaskForm

from eoi.rules.boxes import typed_from_form
from eoi.rules.parsing import examine
from eoi.rules.questions.types import Kind, Question
from eoi.rules.stages import STAGES, Stage
from eoi.web import drawing, fields

QUESTIONS = (
    Question("places", "Number of places", Kind.NUMBER, missing="Enter the number of places", noun="places"),
    Question("why", "Why here?", Kind.TEXT, words=20, noun="why here"),
    Question("opening", "Earliest opening", Kind.MONTH, noun="the opening"),
    Question("talks", "Have you talked?", Kind.YES_NO, missing="Choose yes if you have talked"),
    Question("talked_on", "When did you talk?", Kind.DATE, shown_if=("talks", "yes"), noun="the day you talked"),
    Question("years", "Year groups", Kind.ANY_OF, options=(("r", "Reception"), ("1", "Year 1"), ("none", "None"))),
    Question("access", "Access", Kind.GRID, parts=(Question("step_free", "Step-free", Kind.YES_NO),)),
    Question(
        "rooms", "Rooms you offer", Kind.ROWS, noun="rooms", rows=(1, 3),
        parts=(Question("name", "Room", Kind.LINE), Question("area", "Area", Kind.NUMBER, suffix="m²", high=500)),
    ),
    Question("linked", "Linked schools", Kind.SCHOOLS, required=False, noun="linked schools"),
    Question("partner", "Partner school", Kind.SCHOOL, noun="the partner school"),
)  # fmt: skip

FORM_PAGE = """
{% extends "base.html" %}
{% from "components/questions.html" import questions %}
{% from "components/fields.html" import form_tag %}
{% from "components/page.html" import button, back_link %}
{% block before %}{{ back_link("/") }}{% endblock %}
{% block title %}The offer{% endblock %}
{% block content %}
{% call form_tag(unsaved=true) %}
{{ questions(asked, typed, errors) }}
{{ button("Save and continue") }}
{% endcall %}
{% endblock %}
"""

FIELDS_PAGE = """
{% extends "base.html" %}
{% from "components/fields.html" import field, form_tag %}
{% from "components/page.html" import button %}
{% block title %}Record the decision{% endblock %}
{% block content %}
{% call form_tag(files=true) %}
{% for one in form if one.name not in ("csrf_token", "condition") %}{{ field(one) }}{% endfor %}
{{ button("Record the decision") }}
{% endcall %}
{% endblock %}
"""

OFFICERS_PAGE = """
{% extends "base.html" %}
{% set wide = true %}
{% from "components/officers.html" import stat_cards, table, timeline, bar, steps, filter_panel, chosen_filters %}
{% from "components/lists.html" import stage_tag, summary_list, task_list, pagination %}
{% from "components/page.html" import aside, inset, warning, details, kept, empty_state, section, print_button, versus %}
{% block title %}Dashboard{% endblock %}
{% block content %}
{{ stat_cards([{"label": "To check", "number": 12, "href": "/", "note": "2 overdue", "tone": "red"}, {"label": "With schools", "number": 7}]) }}
<div class="app-columns app-columns--filter"><div>
{{ filter_panel([{"name": "q", "label": "Search", "value": ""}, {"name": "need", "label": "Need", "value": "asd", "options": [("asd", "Autism")]}]) }}
</div><div>
{{ chosen_filters([("Autism", "need")]) }}
{% set rows = [] %}
{% for stage in stages %}{% set _ = rows.append(["EOI-2026-0001", "Hopefield Primary School", stage_tag(stage, labels[stage].label), 12, bar(3.2, 4)]) %}{% endfor %}
{{ table([("Reference",), ("School", "school"), ("Stage",), ("Days", "days", "numeric"), ("Score",)], rows, "Cases", sort="-days") }}
{{ pagination(3, 9) }}
</div></div>
{{ steps(["Submitted", "Checked", "Decided"], 1) }}
{{ summary_list([("Places", 12, "/"), ("Why", "One\\ntwo", "/"), ("URN", "")], card="The offer", card_href="/") }}
{{ task_list([("The offer", "/", "In progress", "Places"), ("Declaration", "", "Cannot start yet"), ("Rooms", "/", "Completed")]) }}
{{ inset("Not the statutory decision.") }}{{ warning("You cannot change this.") }}
{% call details("How days are counted") %}Working days.{% endcall %}
{{ kept({"Why here": "Typed"}) }}{{ versus({"Why": "Theirs"}, {"Why": "Yours"}) }}{{ empty_state("Nothing here", "Yet.") }}{{ print_button() }}
{% endblock %}
{% block side %}{% call aside("History") %}{{ timeline([{"title": "Submitted", "when": "2 November 2026", "by": "Headteacher", "text": "Why"}]) }}{% endcall %}{% endblock %}
"""  # noqa: E501


class DecisionForm(FlaskForm):
    version = fields.VersionField()
    outcome = fields.RadiosField(
        "What do you decide?",
        [fields.Needed("Choose an outcome")],
        choices=[
            fields.choice("approved", "Approve to proceed", "The school can go on"),
            fields.choice("conditions", "Approve with conditions", reveals="condition"),
        ],
    )
    condition = fields.TextField("Condition", [fields.OnlyIf("outcome", "conditions", "Enter the condition")], words=10)
    name = fields.LineField("Full name", [fields.Needed("Enter the full name")])
    email = fields.EmailField("Email address", [fields.Needed("Enter the email address")])
    places = fields.WholeField("Places", [fields.Needed("Enter the number of places")], low=1, high=300, noun="places")
    cost = fields.PoundsField("Cost", noun="the cost")
    due = fields.DateField("Due date", [fields.Needed("Enter the due date")], noun="the due date")
    needs = fields.CheckboxesField("Needs", choices=[fields.choice("asd", "Autism"), fields.choice("semh", "SEMH")])
    district = fields.SelectField("District", choices=[fields.choice("", "Choose"), fields.choice("1", "Ashford")])
    plan = fields.FileField("Plan", accept=".pdf")
    agree = fields.TickField("I confirm that this is true", [fields.Needed("Confirm that this is true")])
    school = fields.SchoolField("School")


def offer() -> str:
    """Draws the questions, and again with what is wrong; says what it would save."""
    typed = {q.key: typed_from_form(q, request.form) for q in QUESTIONS}
    errors: dict[str, str] = {}
    if request.method == "POST" and not drawing.change_rows(QUESTIONS, typed, request.form):
        for q in QUESTIONS:
            found = examine(q, typed[q.key])
            errors |= {q.key + rest: message for rest, message in found.errors.items()}
            if found.value is None and not found.errors and q.missing:
                errors[q.key] = q.missing
    return render_template_string(FORM_PAGE, asked=QUESTIONS, typed=typed, errors=errors)


def decision() -> str:
    form = DecisionForm(version=3)
    form.validate_on_submit()
    return render_template_string(FIELDS_PAGE, form=form)


def officers() -> str:
    return render_template_string(OFFICERS_PAGE, stages=list(Stage), labels=STAGES)
