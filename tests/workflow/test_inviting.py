"""Headteachers are invited from the list that the officer saw, each once."""

import pytest
from sqlalchemy import select

from eoi.models import Outgoing
from eoi.queries import need, users
from eoi.rules.errors import MovedOn, NotAllowed
from eoi.rules.permissions import Role
from eoi.workflow import inviting
from tests.people import HOPEFIELD, MEADOW, RIVERSIDE

LIST = f"""URN,Headteacher,Email
{HOPEFIELD},Nora New,nora@hopefield.example
{RIVERSIDE},Rita Example,rita@example.org
{MEADOW},Sal Special,sal@meadow.example
"""


def seen() -> str:
    return need.preview_invitations(LIST, "886").digest()


def test_invite_schools_makes_accounts_mails_and_a_list(db, people):
    done = inviting.invite_schools(LIST, "886", seen=seen(), by=people.actor("olu"))
    db.session.commit()
    assert [one.headteacher for one in done.added] == ["Nora New", "Rita Example"]
    assert [r.line for r in done.rejected] == [4]
    nora = users.by_email("nora@hopefield.example")
    assert [(m.urn, m.role) for m in nora.memberships] == [(HOPEFIELD, Role.HEADTEACHER)]
    assert sorted(i.email for i in need.invitations()) == ["nora@hopefield.example", "rita@example.org"]
    promised = [row.payload["to"] for row in db.session.scalars(select(Outgoing))]
    assert sorted(promised) == ["nora@hopefield.example", "rita@example.org"]


def test_invite_schools_invites_nobody_twice(db, people):
    before = seen()
    inviting.invite_schools(LIST, "886", seen=before, by=people.actor("olu"))
    with pytest.raises(MovedOn):
        inviting.invite_schools(LIST, "886", seen=before, by=people.actor("olu"))


def test_invite_schools_is_for_officers(db, people):
    with pytest.raises(NotAllowed):
        inviting.invite_schools(LIST, "886", seen=seen(), by=people.actor("alice"))
