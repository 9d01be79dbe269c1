import time

import pytest

from eoi.rules.answers import Status, options, save, status, typed, typed_from_form, visible, warnings, wrong
from eoi.rules.parsing import FEWER
from eoi.rules.questions import form
from eoi.rules.words import Step
from tests.rules.schools import LEAD, OFFER, SATELLITE, SRP, SRP_ACADEMY, TODAY, saved

FORM = form("y2026")


class Fields(dict[str, list[str]]):
    """Posted fields, as werkzeug's MultiDict gives them."""

    def get(self, key):
        return self.getlist(key)[0] if key in self else None

    def getlist(self, key):
        return super().get(key, [])


def test_save_keeps_what_is_valid_and_says_what_is_not():
    result = save(FORM.section("offer"), SRP, OFFER | {"places": "twelve", "opening": {"month": "9", "year": ""}})
    assert result.answers == {
        "year_groups": ["r", "1", "2"],
        "mainstream_share_entry": 30,
        "mainstream_share_year_one": 50,
    }
    assert result.unfinished == {"places": "twelve", "opening": {"month": "9", "year": ""}}
    assert result.errors == {
        "places": "Enter places as a number, such as 12",
        "opening-year": "The earliest opening must include a year",
    }


def test_save_gives_refused_text_back_to_the_boxes():
    section = FORM.section("offer")
    result = save(section, SRP, OFFER | {"places": "twelve"})
    boxes = typed(section, result.answers, result.unfinished)
    assert (boxes["places"], boxes["mainstream_share_entry"]) == ("twelve", "30")
    assert save(section, SRP, boxes) == result


def test_save_keeps_the_good_parts_of_a_table_and_names_the_field_of_the_bad_one():
    rows = [{"name": "Oak", "use": "Class", "area": "55"}, {"name": "Ash", "use": "Calm", "area": "big"}]
    result = save(FORM.section("rooms"), SRP, {"route": "adapt", "rooms": rows})
    assert result.answers["rooms"] == [{"name": "Oak", "use": "Class", "area": 55}, {"name": "Ash", "use": "Calm"}]
    assert result.unfinished == {"rooms": rows}
    assert result.errors == {"rooms-1-area": "Row 2: enter the area as a number, such as 55"}


def test_save_never_keeps_a_small_number():
    boxes = {"r": "3", "1": "30 or so", "pan": "x", "as_at": {}, "source": "census"}
    result = save(FORM.section("held_pupils"), SRP, {"roll_correct": "no", "roll_own_primary": boxes})
    assert result.answers["roll_own_primary"] == {"r": FEWER, "source": "census"}
    assert result.unfinished["roll_own_primary"]["r"] == FEWER
    assert result.unfinished["roll_own_primary"]["1"] == ""
    assert result.unfinished["roll_own_primary"]["pan"] == "x"


def test_save_leaves_out_what_does_not_apply_or_is_hidden():
    section = FORM.section("school")
    own = {"what": "The roll", "roll": "400", "source": "Census", "as_at": {"day": "1", "month": "10", "year": "2026"}}
    box = {"register_own": own, "trust_name": "A trust"}
    assert saved(section, SRP, box | {"register_correct": "yes"}) == {"register_correct": True}
    assert saved(section, SRP, box | {"register_correct": "no"})["register_own"]["roll"] == 400
    assert saved(section, SRP_ACADEMY, box)["trust_name"] == "A trust"


@pytest.mark.parametrize("facts", [SRP, SATELLITE, SRP_ACADEMY])
def test_wrong_names_every_required_answer_of_an_empty_form(facts):
    for section in FORM.sections:
        asked = visible(section, {}, facts)
        assert set(wrong(section, {}, facts, TODAY)) >= {q.key for q in asked if q.required}


def test_wrong_names_the_missing_part_of_a_table():
    section = FORM.section("rooms")
    answers = {"route": "adapt", "rooms": [{"name": "Oak", "use": "Class", "area": 55}, {"name": "Ash"}]}
    assert wrong(section, answers, SRP, TODAY) == {"rooms": "Row 2: enter the use of the room"}
    assert wrong(section, {"route": "adapt"}, SRP, TODAY) == {"rooms": "Enter at least one room"}


def test_wrong_refuses_a_no_where_only_yes_can_be_submitted():
    answers = {"chair_name": "Gita Shah", "chair_email": "gita@example.org", "governors_agree": False}
    assert list(wrong(FORM.section("governors"), answers, SRP, TODAY)) == ["governors_agree"]


def test_wrong_refuses_years_of_another_phase():
    answers = saved(FORM.section("offer"), SRP, OFFER | {"year_groups": ["6", "7"]})
    assert list(wrong(FORM.section("offer"), answers, SRP, TODAY)) == ["year_groups"]


def test_wrong_refuses_a_day_in_the_future():
    answers = {"minute_date": "2026-11-25"}
    found = wrong(FORM.section("agreement"), answers, SRP, TODAY, documents={"minute"})
    assert found == {"minute_date": "The date of the agreement must be today or in the past"}
    assert not wrong(FORM.section("agreement"), {"minute_date": "2026-11-24"}, SRP, TODAY, documents={"minute"})


def test_options_are_those_of_the_phase():
    _, question = FORM.question("year_groups")
    assert [key for key, _ in options(question, SRP)] == ["r", "1", "2", "3", "4", "5", "6"]
    assert [key for key, _ in options(question, SATELLITE)] == ["7", "8", "9", "10", "11", "12", "13"]


def test_status_follows_the_task():
    section = FORM.section("contacts")
    answers = saved(section, SRP, LEAD)
    assert status(section, None, None, SRP) is Status.NOT_STARTED
    assert status(section, {}, {}, SRP) == "Not yet started"
    assert status(section, {}, {"lead_email": "x"}, SRP) == "In progress"
    assert status(section, answers | {"lead_email": None}, {}, SRP) == "In progress"
    assert status(section, answers, {}, SRP) == "Completed"
    assert status(section, answers, {"lead_phone": "x"}, SRP) == "In progress"
    assert status(FORM.section("agreement"), {}, {}, SRP, documents={"minute"}) == "In progress"


def test_warnings_point_out_pupil_data_and_webmail():
    section = FORM.section("contacts")
    answers = saved(section, SRP, LEAD | {"lead_email": "alice@Gmail.com"})
    assert list(warnings(section, answers, SRP)) == ["lead_email"]
    need = {"need_case": "We know a Year 4 boy who travels an hour each day."}
    assert list(warnings(FORM.section("need"), need, SRP)) == ["need_case"]


def test_typed_from_form_reads_each_shape():
    fields = Fields(
        {
            "year_groups": ["r", "1"],
            "opening-month": ["9"],
            "rooms-0-name": ["Oak"],
            "rooms-7-name": ["Ash"],
            "staffing-1-start-month": ["9"],
            "access-step_free": ["yes"],
            "linked_schools": ["100001", "100002"],
        }
    )
    read = {key: typed_from_form(FORM.question(key)[1], fields) for key in ("year_groups", "opening", "places")}
    assert read == {"year_groups": ["r", "1"], "opening": {"month": "9", "year": ""}, "places": ""}
    rooms = typed_from_form(FORM.question("rooms")[1], fields)
    assert [row["name"] for row in rooms] == ["Oak", "Ash"]
    staffing = typed_from_form(FORM.question("staffing")[1], fields)
    assert staffing == [{"role": "", "fte": "", "post": "", "start": {"month": "9", "year": ""}}]
    assert typed_from_form(FORM.question("access")[1], fields)["step_free"] == "yes"
    assert typed_from_form(FORM.question("linked_schools")[1], fields) == ["100001", "100002"]


def test_too_many_rows_typed_are_all_given_back():
    rooms = FORM.question("rooms")[1]
    fields = Fields({f"rooms-{n}-name": [f"Room {n}"] for n in range(rooms.rows[1] + 3)})
    result = save(FORM.section("rooms"), SRP, {"rooms": typed_from_form(rooms, fields)})
    assert len(result.unfinished["rooms"]) == rooms.rows[1] + 3
    assert result.errors == {"rooms": "You can enter up to 20 rooms. Remove the ones above 20"}


def test_a_section_takes_a_third_of_a_millisecond():
    sections = FORM.step(Step.EOI, SRP)
    everything = {"offer": OFFER, "contacts": LEAD, "need": {"need_case": "word " * 200}}
    best = min(_seconds(sections, everything) for _ in range(20))
    assert best / len(sections) < 0.0003


def _seconds(sections, everything):
    start = time.perf_counter()
    for section in sections:
        result = save(section, SRP, everything.get(section.key, {}))
        status(section, result.answers, result.unfinished, SRP)
        warnings(section, result.answers, SRP)
    return time.perf_counter() - start
