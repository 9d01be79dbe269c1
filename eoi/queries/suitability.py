"""What is known about an offer beside its own answers, for `rules/suitability`. Two queries."""

from collections.abc import Mapping
from typing import Any

from eoi.models import Submission
from eoi.queries import need, schools
from eoi.rules import suitability
from eoi.rules.suitability import Fact, Sought


def facts(submission: Submission, answers: Mapping[str, Any]) -> list[Fact]:
    """The facts about this offer as these answers make it. The caller has found the submission for the actor."""
    line = need.line_for(submission.district_code, submission.need, submission.phase, submission.path)
    sought = (
        [Sought(line.district_name, line.places, line.school_year, line.source, line.as_at, line.illustrative)]
        if line
        else []
    )
    near = schools.provision_near(submission.school, suitability.NEAR)
    planned = next((one for one in submission.round.area_ranges if one.path is submission.path), None)
    return suitability.facts(answers, submission.school.facts(), sought, near, planned)
