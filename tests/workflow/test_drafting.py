"""The verbs of a draft: who may, what is kept, and two who meet."""

import pytest

from eoi.extensions import db
from eoi.models import AuditEntry, School, Submission
from eoi.models.submission import Channel, Exception_
from eoi.queries import drafts
from eoi.rules import snapshots
from eoi.rules.answers import UNEXPLAINED
from eoi.rules.errors import MovedOn, NotAllowed, Refused, RoundClosed, WrongStage
from eoi.rules.questions import form
from eoi.rules.stages import Stage
from eoi.rules.words import Need, Path, Phase, Step
from eoi.workflow import drafting, submitting
from tests.people import HOPEFIELD

FILE = {"name": "plan.pdf", "content_type": "application/pdf", "size": 9, "key": "0" * 64, "scanned": "clean"}


def begin(cases, people, by="alice", need=Need.ASD, **more):
    school = db.session.get_one(School, HOPEFIELD)
    return drafting.start(cases.round, school, Path.SRP, need, Phase.PRIMARY, by=people.actor(by), **more)


def save(submission, typed, by, seen=0, key="summary"):
    saved = drafting.save_section(submission, key, typed, seen=seen, by=by)
    db.session.commit()
    return saved


@pytest.fixture
def draft(cases):
    return cases.at(Stage.DRAFT)


def test_start_records_who_and_what(cases, people):
    submission = begin(cases, people)
    db.session.commit()
    assert (submission.stage, submission.reference, submission.exception) == (Stage.DRAFT, None, Exception_.NOT_NEEDED)
    assert (submission.district_code, submission.lead_id) == ("E07000105", people.alice.id)
    entry = db.session.query(AuditEntry).filter_by(case=submission.case).one()
    assert (entry.action, entry.actor_id, entry.to_stage) == ("start", people.alice.id, "draft")


def test_start_by_exception_begins_with_the_case(cases, people):
    assert begin(cases, people, need=Need.SEMH).exception is Exception_.TO_ASK


@pytest.mark.parametrize("name", ["sam", "priya", "harriet"])
def test_start_is_for_the_school_and_its_officer(cases, people, name):
    with pytest.raises(NotAllowed):
        begin(cases, people, name)


def test_officer_starts_what_came_by_email(cases, people):
    submission = begin(cases, people, "olu", channel=Channel.EMAIL)
    assert (submission.channel, submission.lead_id) == (Channel.EMAIL, None)


def test_start_makes_one_live_case(cases, people, db):
    begin(cases, people)
    db.session.commit()
    with pytest.raises(Refused, match="already has an expression of interest"):
        begin(cases, people, "ed")
    db.session.rollback()
    assert db.session.query(Submission).count() == 1


@pytest.mark.parametrize("moment", ["2026-11-02 08:59", "2026-12-18 12:00"])
def test_start_needs_an_open_round(cases, people, clock, moment):
    clock.travel(moment)
    with pytest.raises(RoundClosed):
        begin(cases, people)


def test_save_keeps_what_is_valid_and_the_rest_to_be_mended(draft, people):
    saved = save(draft, {"places": "15", "mainstream_share_entry": "lots"}, people.actor("ed"), key="offer")
    assert list(saved.errors) == ["mainstream_share_entry"]
    row = drafts.section_rows(draft)["offer"]
    assert (row.answers, row.unfinished) == ({"places": 15}, {"mainstream_share_entry": "lots"})
    assert (row.version, row.changed_by.name) == (1, "Ed Example")
    assert draft.places == 15


def test_save_meets_the_other_person(draft, people):
    save(draft, {"summary_100": "Ed's"}, people.actor("ed"))
    for seen in (0, 2, -1):
        with pytest.raises(MovedOn):
            save(draft, {"summary_100": "Alice's"}, people.actor("alice"), seen)
        db.session.rollback()
    save(draft, {"summary_100": "Alice's"}, people.actor("alice"), 1)
    assert drafts.answers(draft) == {"summary_100": "Alice's"}


@pytest.mark.parametrize("name", ["sam", "olu", "harriet"])
def test_save_is_for_the_school(draft, people, name):
    with pytest.raises(NotAllowed):
        save(draft, {"summary_100": "x"}, people.actor(name))


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.CHECK, Stage.PANEL, Stage.WITHDRAWN])
def test_save_is_closed_once_it_is_sent(cases, people, stage):
    submission = cases.at(stage)
    before = drafts.answers(submission)
    with pytest.raises(WrongStage):
        save(submission, {"summary_100": "x"}, people.actor("alice"), 1)
    db.session.rollback()
    assert drafts.answers(submission) == before


@pytest.mark.parametrize("key", ["growth", "partner", "nothing"])
def test_save_takes_no_section_that_is_not_open(draft, people, key):
    with pytest.raises(WrongStage):
        save(draft, {}, people.actor("alice"), key=key)


def test_document_needs_its_tick_and_an_open_question(draft, people):
    alice = people.actor("alice")
    with pytest.raises(Refused, match="no pupil data"):
        drafting.add_document(draft, "floor_plan", **FILE, no_pupil_data=False, by=alice)
    with pytest.raises(WrongStage):
        drafting.add_document(draft, "minute", **FILE, no_pupil_data=True, by=alice)
    with pytest.raises(Refused, match="20 MB"):
        drafting.add_document(draft, "floor_plan", **(FILE | {"size": 21 * 1024 * 1024}), no_pupil_data=True, by=alice)
    assert drafts.documents(draft) == []


def test_removed_document_stays_in_the_record(draft, people):
    document = drafting.add_document(draft, "floor_plan", **FILE, no_pupil_data=True, by=people.actor("ed"))
    drafting.remove_document(document, by=people.actor("alice"))
    db.session.commit()
    assert drafts.documents(draft) == []
    actions = [e.action for e in db.session.query(AuditEntry).filter_by(case=draft.case).order_by(AuditEntry.seq)]
    assert actions == ["start", "add_document", "remove_document"]


def test_an_answer_that_seems_to_tell_of_a_pupil_is_mended_or_explained(db, people, cases):
    road = cases.road()
    road.fill((Step.EOI,))
    case, alice = road.submission, people.actor("alice")
    section = form("y2026").section("summary")

    def kept(text, **said):
        row = drafts.section_rows(case)["summary"]
        drafting.save_section(case, "summary", {"summary_100": text}, seen=row.version, by=alice, **said)
        return submitting.ready(case).get("summary", {})

    assert kept("Jacob's EHC plan names us.") == {"summary_100": UNEXPLAINED}
    assert kept("Jacob's EHC plan names us.", explained={"summary_100": " Jacob is our drama. "}) == {}
    assert drafts.work(case).explained(section) == {"summary_100": "Jacob is our drama."}
    assert kept("Jacob's EHC plan names us.") == {}
    assert kept("Ethan's EHC plan names us.") == {"summary_100": UNEXPLAINED}
    assert kept("We have a calm base.", explained={"summary_100": "x"}) == {}
    assert drafts.work(case).explained(section) == {}
    kept("Jacob's EHC plan names us.", explained={"summary_100": "Jacob is our drama."})
    work = drafts.work(case)
    sent = snapshots.content(
        form("y2026"), (Step.EOI,), work.facts, work.everything, wording={}, explained=work.explanations
    )
    told = [q for s in sent["sections"] for q in s["questions"] if "explained" in q]
    assert [(q["key"], q["explained"]) for q in told] == [("summary_100", "Jacob is our drama.")]
