"""Every page and file of a case, for everybody: the answer is the one that the page of permissions gives."""

import pytest
from sqlalchemy import delete, select

from eoi.extensions import db, now, today
from eoi.models import Conflict, Submission, User
from eoi.queries import submissions
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import NOBODY, Permission, Relation, may, relation_of
from eoi.rules.stages import Stage
from tests.hostile.senders import address
from tests.hostile.test_gets import HTML, SLOW, parts_of
from tests.people import AT_SCHOOL, STAFF
from tests.web.entering import enter

READ = Permission.READ_OWN, Permission.READ_CASE
CASES = ("draft", "submitted", "returned", "assessment", "with_head", "conditions", "issued", "logged", "unconfirmed")
EVERYBODY = (*STAFF, *AT_SCHOOL, "")
#: What stands in the way after the right to see a case: a stage, a round, a job that has not run, a wrong kind.
LATER = {200, 302, 404, 409, 422}


@pytest.fixture
def conflicted(world):
    """Pete is in conflict with Riverside's case at assessment, Olu with Hopefield's that was returned."""
    for name, case in (("pete", "assessment"), ("olu", "returned")):
        row, _ = facts_of(world, case)
        mine = {"submission_id": row.id, "user_id": world.users[name].id}
        db.session.execute(delete(Conflict).filter_by(**mine))
        db.session.add(Conflict(**mine, conflicted=True, handling="", declared_at=now()))
    db.session.commit()
    return world


def actor_of(world, name):
    return db.session.get_one(User, world.users[name].id).actor(today()) if name else NOBODY


def facts_of(world, case):
    row = db.session.scalars(select(Submission).where(Submission.public_id == world.made.public[case])).one()
    return row, submissions.case_facts(row)


def seen_by_rules(actor, row, facts):
    """Whether the person may know of this case: their own school's; as council, one that is no draft of a school."""
    if row.urn in actor.urns:
        return True
    logs = facts.being_logged and may(actor, Permission.LOG_FOR_SCHOOL, facts)
    return may(actor, Permission.READ_CASE, facts) and (row.stage is not Stage.DRAFT or logs)


def test_visible_to_says_what_the_permissions_say(conflicted):
    wrong = []
    for name in EVERYBODY:
        actor = actor_of(conflicted, name)
        found = set(db.session.scalars(select(Submission.public_id).where(visible_to(actor))))
        for case, public_id in conflicted.made.public.items():
            if (public_id in found) is not seen_by_rules(actor, *facts_of(conflicted, case)):
                wrong.append((name, case, public_id in found))
    assert wrong == [], wrong


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_a_case_open_as_the_permissions_say(conflicted, who):
    client, wrong, asked = conflicted.app.test_client(), [], 0
    if who:
        enter(client, conflicted.users[who])
    actor = actor_of(conflicted, who)
    for case in CASES:
        row, facts = facts_of(conflicted, case)
        for rule in about_a_case(conflicted.app):
            parts = parts_of(conflicted.made, rule, case)
            path = address(conflicted.app, rule.endpoint, {name: parts[name] for name in rule.arguments})
            wanted = expected(conflicted.app, rule, actor, row, facts, case)
            status = client.get(path, headers=HTML).status_code
            asked += 1
            if status not in wanted:
                wrong.append((case, rule.endpoint, status, sorted(wanted)))
    assert wrong == [], wrong
    assert asked > 200
    assert conflicted.crashes == []


def about_a_case(app):
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [rule for rule in rules if {"ref", "public_id"} & rule.arguments and rule.endpoint not in SLOW]


def expected(app, rule, actor, row, facts, case):
    """The statuses that may answer this person here."""
    named = app.view_functions[rule.endpoint].permission
    if actor is NOBODY:
        return {302}
    if not any(may(actor, one) for one in named):
        return {403}
    if not seen_by_rules(actor, row, facts):
        return {404}
    refused = any(not may(actor, one, facts) for one in named)
    undeclared = Relation.ANY not in relation_of(actor, Permission.READ_CASE) and row.urn not in actor.urns
    return LATER | ({403} if refused or rule.endpoint in NARROWER else set()) | ({302} if undeclared else set())


#: Their verb asks for more on the case than opening the world of the review does.
NARROWER = {
    "review.ask", "review.assign", "review.decision", "review.extend", "review.extend_condition",
    "review.meet_condition", "review.move", "review.put_right", "letters.show", "letters.download",
}  # fmt: skip


def test_what_a_page_asks_for_is_what_opens_it(conflicted):
    """Alice's own draft and her letters open to her and Ed; to the council her draft does not."""
    opened = {}
    for name in ("alice", "ed", "sam", "olu", "harriet", "audrey", "ada", "pam"):
        client = conflicted.app.test_client()
        enter(client, conflicted.users[name])
        made = conflicted.made
        paths = (
            f"/apply/{made.public['draft']}",
            f"/apply/{made.public['draft']}/documents/{made.documents['draft']}",
            f"/review/submissions/{made.refs['with_head']}",
            f"/review/submissions/{made.refs['with_head']}/decision",
            f"/review/submissions/{made.refs['conditions']}/letters/{made.letters['conditions']}",
            f"/apply/{made.public['issued']}/letters/{made.letters['issued']}",
        )
        opened[name] = [client.get(path, headers=HTML).status_code for path in paths]
    assert opened == {
        "alice": [200, 200, 403, 403, 403, 404],
        "ed": [200, 200, 403, 403, 403, 404],
        "sam": [404, 404, 403, 403, 403, 200],
        "olu": [404, 404, 200, 403, 200, 403],
        "harriet": [403, 403, 200, 200, 200, 403],
        "audrey": [403, 403, 200, 403, 403, 403],
        "ada": [403, 403, 403, 403, 403, 403],
        "pam": [403, 403, 200, 403, 403, 403],
    }
