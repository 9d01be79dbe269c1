"""What goes wrong around a school that is typing: each time a clear page, and nothing is lost."""

import pytest

from eoi.extensions import db
from eoi.queries import drafts
from eoi.workflow import accounts

TYPED = "We have a calm base beside the library, and time to do it well."


def test_a_school_that_closes_in_the_register_keeps_its_draft_and_is_told(alice, draft):
    alice.send("summary", {"version": "0", "summary_100": TYPED})
    draft.school.status = "Closed"
    db.session.commit()
    for name in ("", "summary", "check"):
        page = alice.page(name)
        assert "The register of schools says that Hopefield Primary School is not open" in page
        assert "new number (URN)" in page
    alice.send("summary", {"version": "1", "summary_100": TYPED + " Still."})
    assert drafts.answers(draft)["summary_100"] == TYPED + " Still."


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_colleague_removed_while_typing_reads_the_text_again(enter, draft, people, elsewhere):
    """Whether or not another school is left to them."""
    ed = enter("ed", draft)
    ed.page("summary")
    if elsewhere:
        accounts.invite(people.ed.email, "Ed", urn=900004, role=people.ed.memberships[0].role, by=people.actor("ada"))
    place = next(m for m in people.ed.memberships if m.urn == draft.urn)
    accounts.leave_school(place, by=people.actor("alice"))
    db.session.commit()
    form, status = {"version": "0", "summary_100": TYPED}, 404 if elsewhere else 403
    page = ed.send("summary", form, status).text
    assert "Your access may have ended while you were typing" in page
    assert TYPED in page
    told = ed.pages.post(ed.at("summary"), form, status=status, check=False, headers={"Accept": "application/json"})
    assert "Your access may have ended" in told.json["message"]
    assert drafts.section_rows(draft) == {}


def test_a_school_that_closed_cannot_submit_and_reads_whom_to_ask(enter, filled):
    filled.school.status = "Closed"
    db.session.commit()
    head = enter("alice", filled)
    page = head.page("declaration", 409)
    assert "The register says that the school has closed" in page
    assert "sen.provision@kent.example: we can move the draft" in page
    form = {"version": str(filled.version), "declared": "y", "headteacher": "Alice Example"}
    head.send("declaration", form, 409)
    assert filled.is_draft
    assert drafts.answers(filled)["summary_100"]
