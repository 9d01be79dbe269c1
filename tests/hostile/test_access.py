"""Every endpoint, asked by somebody of every role in every relation to the case, answers as `docs/access.md` says."""

import pytest
from sqlalchemy import select

from eoi.extensions import db, today
from eoi.models import Submission, User
from eoi.queries import submissions
from eoi.queries.submissions import visible_to
from eoi.rules.permissions import NOBODY, Role
from eoi.rules.stages import Stage
from tests.hostile.access_page import PAGE, page
from tests.hostile.cast import key_of
from tests.hostile.senders import SENDERS, address, named
from tests.hostile.table import BY_LINK, EVERYBODY, Answer, Person, Tie, rows, sees
from tests.hostile.test_gets import SLOW, parts_of
from tests.hostile.world import TRACES
from tests.web.entering import enter

JSON, HTML = {"Accept": "application/json"}, {"Accept": "text/html"}
PEOPLE = {key_of(person): person for person in EVERYBODY}
#: Pages that print while one waits: those whom they open to are asked once for all, the others all.
PRINTS = SLOW


def test_page_is_what_the_routes_and_permissions_say(app):
    """A new endpoint, permission or field changes it: `python -m tests.hostile.access_page`, and read what differs."""
    assert PAGE.read_text() == page(app)


def test_every_endpoint_has_its_rows(app):
    methods = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }  # fmt: skip
    assert {(row.endpoint, row.method) for row in rows(app)} | {("static", "GET")} == methods


@pytest.mark.only("sqlite")  # what the doors say is Python; what the queries say is asked of both engines below
@pytest.mark.parametrize("who", PEOPLE)
def test_every_endpoint_answers_as_the_page_says(peopled, who, record_property):
    person, wrong, asked = PEOPLE[who], [], 0
    client = browser(peopled, who)
    for row in rows(peopled.app):
        if person not in row.people():
            continue
        wanted = row.answer(person)
        if row.endpoint in PRINTS and wanted is Answer.OPENS and person.tie is not Tie.DELEGATED:
            continue
        path = where(peopled, row, alive=person.tie is Tie.LINK)
        answer = client.open(path, method=row.method, headers=HTML if person.role is None else JSON)
        asked += 1
        if said(answer, row) is not wanted:
            wrong.append((row.method, path, answer.status_code, answer.location, wanted.value))
        written = peopled.written - TRACES
        if written and wanted is not Answer.OPENS:
            wrong.append((row.method, path, "wrote", sorted(written)))
        if written:
            peopled.again()
        if row.method == "POST" and wanted is Answer.OPENS:
            client = browser(peopled, who)
    assert wrong == []
    assert peopled.crashes == []
    record_property("requests of the access table", asked)


def browser(world, who):
    client = world.app.test_client()
    if who in world.users:
        enter(client, world.users[who])
    return client


def where(world, row, alive):
    """The address of the row, of a case that suits it; its token lives where the person holds a link."""
    rule = next(one for one in world.app.url_map.iter_rules(row.endpoint) if one.rule == row.rule)
    parts = parts_of(world.made, rule, row.case or "issued")
    sender = SENDERS.get(row.endpoint)
    parts |= {name: named(world.made, value) for name, value in (sender.args if sender else {}).items()}
    if row.endpoint in BY_LINK and not alive:
        parts["token"] = "x" * 43
    return address(
        world.app, row.endpoint, {name: parts[name] for name in rule.arguments}, sender.query if sender else ""
    )


def said(answer, row):
    """What the door said."""
    leads = (answer.location or "").partition("?")[0]
    if answer.status_code == 401 or (leads == "/sign-in" and row.permissions is not None):
        return Answer.SIGN_IN
    if answer.status_code in (404, 410):
        return Answer.UNSEEN
    if answer.status_code == 403:
        return Answer.REFUSED
    if answer.status_code == 302 and leads.endswith("/conflict"):
        return Answer.DECLARE
    return Answer.OPENS if answer.status_code < 500 else answer.status_code


def test_visible_to_says_what_the_permissions_say(peopled):
    wrong = []
    for who in PEOPLE:
        actor = db.session.get_one(User, peopled.users[who].id).actor(today()) if who in peopled.users else NOBODY
        found = set(db.session.scalars(select(Submission.id).where(visible_to(actor))))
        for row in db.session.scalars(select(Submission)):
            if (row.id in found) is not sees(actor, submissions.case_facts(row), draft=row.stage is Stage.DRAFT):
                wrong.append((who, row.name, row.id in found))
    assert wrong == []


def test_what_is_begun_ahead_opens_to_its_author_alone(peopled):
    """Every address that can name a case, asked about Asta's draft by her school's own people, the council, others."""
    author, opens = key_of(Person(Role.EDITOR, Tie.AUTHOR)), set()
    others = ("sam", "asta", "alice", "olu", "harriet", "ada", "audrey", key_of(Person(Role.HEADTEACHER, Tie.WAITING)))
    for who in (author, *others):
        client = browser(peopled, who)
        for rule in peopled.app.url_map.iter_rules():
            if {"ref", "public_id"} & rule.arguments and not rule.endpoint.startswith("retention."):
                parts = parts_of(peopled.made, rule, "ahead")
                path = address(peopled.app, rule.endpoint, {name: parts[name] for name in rule.arguments})
                for method in rule.methods - {"HEAD", "OPTIONS"}:
                    answer = client.open(path, method=method, headers=JSON)
                    if answer.status_code not in (403, 404):
                        opens.add((who == author, rule.endpoint, method))
        peopled.again()
    assert opens == {
        (True, endpoint, "GET") for endpoint in ("apply.show", "apply.section", "apply.check", "apply.words")
    } | {(True, "apply.section", "POST")}
    assert peopled.crashes == []


def test_what_a_page_asks_for_is_what_opens_it(world):
    """Alice's own draft and her letters open to her and Ed; to the council her draft does not."""
    opened = {}
    for name in ("alice", "ed", "sam", "olu", "harriet", "audrey", "ada", "pam"):
        client = world.app.test_client()
        enter(client, world.users[name])
        made = world.made
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
