"""What the summary takes from the record, and what it keeps from whom."""

from datetime import date

import pytest

from eoi.models import NeedLine
from eoi.queries import papers
from eoi.queries.papers.parts import year_groups
from eoi.rules.papers import NeedFigure
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase
from eoi.workflow import assigning


@pytest.fixture
def summary(people):
    return lambda submission, name="olu", **more: papers.summary(submission, people.actor(name), **more)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFT])
def test_every_stage_has_a_summary(cases, summary, stage):
    submission = cases.at(stage, urn=900002) if stage is Stage.DFE else cases.at(stage)
    told = summary(submission)
    assert told.reference == submission.reference
    assert told.history[-1].on <= told.generated_at.date()


def test_scores_come_with_the_panel(cases, summary):
    assert not summary(cases.at(Stage.VISIT)).scored


def test_scores_are_shown_from_the_panel_on_to_those_who_may_see_them(cases, summary):
    submission = cases.at(Stage.WITH_HEAD)
    told = summary(submission)
    assert told.scored
    assert told.scorers == 3
    assert "Approve to proceed" in told.recommendation
    hidden = summary(submission, "priya")
    assert (hidden.scored, hidden.recommendation, hidden.total) == (False, "", None)


def test_nobody_of_the_panel_is_named(cases, summary):
    told = str(summary(cases.at(Stage.APPROVED), with_answers=True))
    for name in ("Priya", "Pete", "Pam", "Cleo", "Olu"):
        assert name not in told


def test_conflicts_are_counted(db, cases, people, summary):
    submission = cases.at(Stage.ASSESSMENT)
    assigning.declare_conflict(submission, True, "Another person takes my place", by=people.actor("pete"))
    told = summary(submission)
    assert (told.conflicts, told.conflicts_handling) == (1, "Another person takes my place.")
    assert "Pete" not in str(told)
    db.session.rollback()


def test_need_of_the_district_bears_its_source(db, cases, summary):
    db.session.add(
        NeedLine(
            year=2027, district_code="E07000105", district_name="Ashford", need=Need.ASD, phase=Phase.PRIMARY,
            path=Path.SRP, places=20, source="Our plan", as_at=date(2026, 9, 1), illustrative=True,
        )
    )  # fmt: skip
    assert summary(cases.at(Stage.CHECK)).need == NeedFigure("Ashford", 20, "Our plan", date(2026, 9, 1), True)


def test_own_figures_of_the_school_replace_the_register(db, cases, summary):
    submission = cases.at(Stage.CHECK)
    row = next(section for section in submission.sections if section.key == "school")
    row.answers = {**row.answers, "register_correct": False, "register_own": {"what": "Roll", "roll": 301}}
    assert summary(submission).school.roll == 301
    assert summary(submission).school.capacity == 420
    db.session.rollback()


@pytest.mark.parametrize(
    ("stage", "actions"),
    [
        (Stage.PANEL, ("Panel recommends by {due}", "Head of SEN decides", "Head of SEN issues the letter")),
        (Stage.WITH_HEAD, ("Head of SEN decides by {due}", "Head of SEN issues the letter")),
        (Stage.DETAIL, ("School: send the detail by {due}", "Scorers score and lock", "Visit and record it")),
        (Stage.DECLINED, ("Head of SEN issues the letter",)),
        (Stage.WITHDRAWN, ()),
    ],
)
def test_next_actions_follow_the_table(cases, summary, stage, actions):
    submission = cases.at(stage)
    due = submission.due_on
    shown = f"{due.day} {due:%B %Y}" if due else ""
    assert summary(submission).next_actions == tuple(action.format(due=shown) for action in actions)


def test_unfinished_detail_is_the_schools_own(cases, summary):
    road = cases.road()
    submission = road.to(Stage.DETAIL)
    road.fill(("detail",))
    told = summary(submission, with_answers=True)
    assert "Start-up and running costs" not in [section.title for section in told.answers]


def test_open_question_is_shown_with_its_day(cases, summary):
    submission = cases.at(Stage.CLARIFICATION)
    (line,) = summary(submission).clarifications
    assert (line.question, line.due_on) == ("Tell us more about this.", submission.due_on)
    assert summary(submission).pace == "Clock stopped"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["7", "8", "9", "10", "11"], "Years 7 to 11"),
        (["r", "1", "2"], "Reception to Year 2"),
        (["r", "3"], "Reception and Year 3"),
        (["3", "4"], "Years 3 and 4"),
        (["1", "3", "5"], "Years 1, 3 and 5"),
        (["4"], "Year 4"),
        (["r"], "Reception"),
        ([], ""),
    ],
)
def test_year_groups_are_told_in_words(keys, words):
    assert year_groups(keys) == words
