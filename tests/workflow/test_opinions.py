"""Experts are asked by link, answer once, are reminded, and can be called off."""

from datetime import date

import pytest
from sqlalchemy import select

from eoi import jobs
from eoi.models import Opinion
from eoi.queries import opinions as queries
from eoi.rules.errors import Invalid, LinkDead, NotAllowed, Refused, WrongStage
from eoi.rules.opinions import Expert, Shared, View
from eoi.rules.stages import Stage
from eoi.workflow import links, opinions

DUE = date(2027, 1, 29)


@pytest.fixture
def case(cases):
    return cases.at(Stage.VISIT)


def asked(case, people, **other):
    facts = {"name": "Fran Finch", "email": "Fran@finance.example", "question": "Is it good value?", "due_on": DUE,
             "shared": Shared.PANEL, "by": people.actor("olu")} | other  # fmt: skip
    made = opinions.ask(case, facts.pop("expert", Expert.FINANCE), **facts)
    opinions.db.session.commit()
    return made


def test_expert_answers_once_by_the_link_and_the_officer_is_told(case, people, mailbox):
    opinion = asked(case, people)
    jobs.drain()
    assert mailbox.messages[-1]["To"] == "fran@finance.example"
    token = links.address(opinion.link).rpartition("/")[2]
    assert f"/advise/{token}" in mailbox.texts[-1]
    link = links.find(token, links.Purpose.ADVISE)
    opinions.give(link, View.CHANGES, "Good value from the second year.")
    opinions.db.session.commit()
    assert (opinion.view, opinion.text) == (View.CHANGES, "Good value from the second year.")
    jobs.drain()
    assert [m["To"] for m in mailbox.messages[-1:]] == [people.olu.email]
    with pytest.raises(LinkDead):
        links.find(token, links.Purpose.ADVISE)


def test_what_is_missing_is_said_by_field(case, people):
    with pytest.raises(Invalid) as refused:
        asked(case, people, name=" ", email="fran@", question="", due_on=date(2020, 1, 1))
    assert refused.value.errors.keys() == {"name", "email", "question", "due_on"}
    opinion = asked(case, people)
    with pytest.raises(Invalid) as refused:
        opinions.give(opinion.link, None, " ")
    assert refused.value.errors.keys() == {"view", "text"}


def test_only_officers_ask_and_only_until_the_decision(case, cases, people):
    with pytest.raises(NotAllowed):
        asked(case, people, by=people.actor("priya"))
    opinion = asked(case, people)
    case.stage = Stage.DECLINED
    with pytest.raises(WrongStage):
        asked(case, people)
    with pytest.raises(LinkDead):
        opinions.opened(opinion.link)


def test_confidential_opinions_are_for_officers_and_the_head(case, people):
    asked(case, people, shared=Shared.OFFICERS)
    asked(case, people, expert=Expert.FORUM)
    seen = {who: [one.expert.value for one in queries.of(case, people.actor(who))] for who in
            ("olu", "aisha", "harriet", "cleo", "audrey")}  # fmt: skip
    both, shared = ["forum", "finance"], ["forum"]
    assert seen == {"olu": both, "aisha": both, "harriet": both, "cleo": shared, "audrey": shared}


def test_reminders_go_five_days_and_one_before_and_once_a_day_by_hand(case, people, clock, mailbox):
    opinion = asked(case, people)
    jobs.drain()
    sent = len(mailbox.messages)
    for day, count in (("2027-01-21", 0), ("2027-01-22", 1), ("2027-01-28", 2)):
        clock.travel(f"{day} 09:00")
        opinions.remind_experts()
        opinions.db.session.commit()
        jobs.drain()
        reminders = [m for m in mailbox.messages[sent:] if m["Subject"].startswith("Reminder: your opinion")]
        assert len(reminders) == count
    with pytest.raises(Refused, match="once a day"):
        opinions.remind(opinion, case, by=people.actor("olu"))


def test_calling_it_off_ends_the_link(case, people, mailbox):
    opinion = asked(case, people)
    opinions.revoke(opinion, case, by=people.actor("olu"))
    opinions.db.session.commit()
    jobs.drain()
    assert "no longer needed" in mailbox.messages[-1]["Subject"]
    with pytest.raises(LinkDead):
        links.find(links.address(opinion.link).rpartition("/")[2], links.Purpose.ADVISE)
    with pytest.raises(Refused, match="called off"):
        opinions.remind(opinion, case, by=people.actor("olu"))
    assert opinions.db.session.scalars(select(Opinion)).one().answered_at is None
