"""Fields of WTForms: what people type, and what the rules get."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from eoi.web import drawing, fields


class AForm(Form):
    version = fields.VersionField()
    name = fields.LineField("Name")
    email = fields.EmailField("Email")
    text = fields.TextField("Reasons", words=3)
    places = fields.WholeField("Places", low=1, high=30, noun="places")
    cost = fields.PoundsField("Cost", noun="the cost")
    due = fields.DateField("Due", noun="the due date")
    path = fields.RadiosField("Path", choices=[fields.choice("srp", "SRP", reveals="share"), fields.choice("s", "S")])
    share = fields.WholeField("Share", [fields.OnlyIf("path", "srp", "Enter the share")], noun="the share")
    needs = fields.CheckboxesField("Needs", choices=[fields.choice("asd", "Autism"), fields.choice("semh", "SEMH")])
    agree = fields.TickField("I agree")
    school = fields.SchoolField("School")


def filled(**typed):
    form = AForm(MultiDict([(name.replace("__", "-"), one) for name, all in typed.items() for one in listed(all)]))
    form.validate()
    return form


def listed(value):
    return value if isinstance(value, list) else [value]


def test_field_normalises_what_was_typed():
    form = filled(
        version="7", name="  Alice \t Example ", email=" Alice@Example.ORG ", text=" one\r\ntwo ", places="1,0",
        cost="£1,250.5", due__day="3", due__month="mar", due__year="2027", path="s", needs=["semh", "asd"], agree="y",
        school="Hopefield (URN 118200)",
    )  # fmt: skip
    assert form.errors == {}
    assert form.data == {
        "version": 7, "name": "Alice Example", "email": "alice@example.org", "text": "one\ntwo", "places": 10,
        "cost": 125050, "due": date(2027, 3, 3), "path": "s", "share": None, "needs": ["semh", "asd"], "agree": True,
        "school": 118200,
    }  # fmt: skip


def test_absent_field_is_never_none_where_it_is_text():
    form = filled(other="x")
    assert (form.name.data, form.email.data, form.text.data, form.path.data) == ("", "", "", "")
    assert (form.needs.data, form.agree.data, form.version.data) == ([], False, -1)
    assert (form.places.data, form.cost.data, form.due.data) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("places", "twelve", "Enter places as a number, such as 12"),
        ("places", "31", "Places must be between 1 and 30"),
        ("cost", "lots", "Enter the cost in pounds, such as 12,500"),
        ("text", "one two three four", "Reasons must be 3 words or fewer. You have 4 words"),
        ("email", "alice", "Enter an email address in the correct format, like name@example.com"),
        ("name", "x" * 201, "Name must be 200 characters or fewer"),
        ("path", "forged", "Choose an option: Path"),
        ("needs", ["asd", "forged"], "Choose from the options: Needs"),
    ],
)
def test_wrong_answer_is_refused_in_words(name, typed, message):
    assert filled(**{name: typed}).errors[name] == [message]


def test_refused_number_comes_back_as_typed():
    assert filled(places="twelve").places._value() == "twelve"


@pytest.mark.parametrize("junk", ["", "x", "-1", "1" * 30, "1.5", "\x00", "٣"])
def test_forged_version_fits_no_row(junk):
    assert filled(version=junk).version.data == -1


@pytest.mark.parametrize("day", ["32", "x", "", "\x00", "9" * 5000])
def test_junk_in_a_date_is_a_message(day):
    form = filled(due__day=day, due__month="2", due__year="2027")
    assert form.due.data is None
    assert list(drawing.named_errors(form.due)) == ["due-day"]


def test_field_of_another_choice_is_not_looked_at():
    assert filled(path="s", share="junk").errors == {}
    assert filled(path="srp", share="junk").errors["share"] == ["Enter the share as a number, such as 12"]
    assert filled(path="srp").errors["share"] == ["Enter the share"]


def test_form_draws_what_the_object_holds():
    form = AForm(name="Alice", places=12, cost=125050, due=date(2027, 3, 3), path="srp", needs=["asd"], version=3)
    assert (form.places._value(), form.cost._value(), form.version._value()) == ("12", "1250.50", "3")
    assert (form.due.typed, form.needs.data) == ({"day": "3", "month": "3", "year": "2027"}, ["asd"])
