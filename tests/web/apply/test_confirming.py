"""What an officer logged for a school is confirmed by a link: by its button, once."""

import pytest

from eoi.extensions import db, today
from eoi.models import AuditEntry, Logged
from eoi.models.link import Purpose
from eoi.models.submission import Channel
from eoi.rules.stages import Stage
from eoi.workflow import links
from tests.pages import Pages

YES = {"answer": "yes", "name": "Alice Example"}


@pytest.fixture
def logged(cases):
    submission = cases.at(Stage.CHECK)
    submission.channel = Channel.EMAIL
    db.session.add(
        Logged(submission_id=submission.id, officer_id=submission.owner_id, received_on=today(), sender_name="Alice",
               sender_role="Headteacher", sender_email="alice@example.org")
    )  # fmt: skip
    db.session.commit()
    return submission


def address(submission, **more):
    link = links.make(
        Purpose.CONFIRM_LOGGED, email="alice@example.org", name="Alice", submission_id=submission.id, **more
    )
    path = links.address(link).removeprefix(links.address_on_site("", ""))
    db.session.commit()
    return "/confirm/" + path.rpartition("/")[2]


def test_link_shows_what_was_written_and_confirms_by_its_button(client, logged):
    pages, link = Pages(client), address(logged)
    page = pages.get(link).text
    assert "You told us by email" in page
    assert "Classroom A" in page
    assert logged.confirmed_at is None
    answer = pages.post(link, YES, check=False)
    assert "Thank you." in pages.follow(answer).text
    assert logged.confirmed_at is not None
    last = db.session.query(AuditEntry).filter_by(case=logged.case).order_by(AuditEntry.seq.desc()).first()
    assert (last.action, last.actor_kind) == ("confirm_logged", "link")


def test_link_works_once_and_not_for_ever(client, logged, clock):
    pages, link = Pages(client), address(logged)
    pages.post(link, YES, check=False)
    pages.post(link, YES, status=410)
    pages.get(link, status=410)
    late = address(logged)
    clock.advance(days=29)
    pages.get(late, status=410)
    pages.get("/confirm/forged", status=410)


def test_link_of_what_a_school_sent_itself_confirms_nothing(client, logged):
    logged.channel = Channel.FORM
    db.session.commit()
    Pages(client).post(address(logged), YES, status=410, check=False)
    assert logged.confirmed_at is None
