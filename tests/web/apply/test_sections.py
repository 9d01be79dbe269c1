"""The pages of the form: what is valid is kept, what is not is said, and nothing that was typed is lost."""

import pytest

from eoi.rules.stages import Stage
from eoi.rules.words import Path
from eoi.web.apply.blueprint import sections_now
from tests.web.entering import enter


def at(submission, key=""):
    return f"/apply/{submission.public_id}" + (f"/{key}" if key else "")


@pytest.mark.parametrize(
    ("stage", "which"),
    [(Stage.DRAFT, {}), (Stage.DRAFT, {"path": Path.SATELLITE}), (Stage.DETAIL, {}), (Stage.DETAIL, {"urn": 900002})],
)
def test_every_section_is_a_page(client, cases, people, stage, which):
    submission = cases.at(stage, **which)
    school = enter(client, people.alice if submission.urn == 900001 else people.rita)
    for section in sections_now(submission):
        assert f">{section.title}</h1>" in school.get(at(submission, section.key)).text
    school.get(at(submission) if stage is Stage.DRAFT else at(submission, "tasks"))
    school.get(at(submission, "check"))
