"""Fixed text is plain English: on average of grade 8 at most, in each world that it is written for."""

import pytest

from tests.house import reading_age

HIGHEST_GRADE = 8.0
WORLDS = ("public", "auth", "apply", "mail", "review", "panel", "letters", "need", "admin", "print")


@pytest.mark.parametrize("world", [*WORLDS, "form", "code"])
def test_fixed_text_is_easy_to_read(world, record_property):
    own = {"form": lambda: reading_age.of_form("y2026"), "code": reading_age.of_code}
    found = reading_age.read(own[world]() if world in own else reading_age.of_templates(world))
    record_property(f"is the reading grade of {found.sentences} sentences", round(found.grade, 1))
    assert found.grade <= HIGHEST_GRADE
