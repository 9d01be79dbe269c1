"""Reading changes nothing, whoever reads what; and nobody opens another school's case."""

from flask import url_for

from tests.web.entering import enter

READERS = ("alice", "ed", "sam", "olu", "priya", "cleo", "aisha", "harriet", "dev", "ada", "audrey")
STAGES = ("draft", "returned", "detail", "assessment", "approved_with_conditions")


def addresses(app, world):
    """Every address that can be read, about a case at each of the stages where it is about one."""
    rules = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and r.endpoint != "static"]
    for rule in rules:
        about = STAGES if {"ref", "public_id"} & rule.arguments else STAGES[:1]
        for stage in about:
            args = {**world.args, "ref": world.cases[stage], "public_id": world.public[stage]}
            if rule.endpoint.startswith("need."):
                args["kind"] = "need"
            with app.test_request_context():
                yield rule.endpoint, stage, url_for(rule.endpoint, **{name: args[name] for name in rule.arguments})


def test_reading_changes_nothing_for_anybody(app, client, world):
    pages = [
        (e, path) for e, _, path in addresses(app, world) if not path.endswith(".pdf") and e != "letters.selection"
    ]
    before = world.digest()
    for reader in READERS:
        enter(client, world.people.by_name[reader])
        for endpoint, path in pages:
            assert client.get(path).status_code < 500, (reader, endpoint, path)
    assert world.digest() == before
    assert world.crashes == []


def test_stranger_opens_no_case_of_another_school(app, client, world):
    """Sam is at Elsewhere; these cases are Hopefield's and Riverside's."""
    enter(client, world.people.sam)
    about = [(e, s, p) for e, s, p in addresses(app, world) if s != "approved_with_conditions"]
    theirs = [(e, p) for e, s, p in about if world.cases[s] in p or world.public[s] in p]
    assert len(theirs) > 40
    opened = [(e, p) for e, p in theirs if client.get(p).status_code not in (403, 404)]
    assert opened == []
    hidden = [client.get(p).status_code for e, p in theirs if e.startswith("apply.")]
    assert set(hidden) == {404}


def test_nobody_opens_a_case_signed_out(app, client, world):
    public = {"rounds.round", "rounds.blank_form"}
    for endpoint, stage, path in addresses(app, world):
        if endpoint not in public and (world.cases[stage] in path or world.public[stage] in path):
            assert client.get(path).status_code == 302, endpoint


def test_odd_addresses_are_answered(client, world):
    """Forged, odd and endless parts of an address, and of its query."""
    enter(client, world.people.harriet)
    for part in ("EOI-2026-9999", "..%2f..%2fetc", "%00", "x" * 3000, "%F0%9F%98%80", "0", "-1", "<b>"):
        for path in (
            "/review/submissions/{}",
            "/apply/{}",
            "/review/submissions/{}/letters/x",
            "/panel/{}",
            "/rounds/{}",
        ):
            assert client.get(path.format(part)).status_code in (403, 404, 308), path
    for query in (
        "page=-1",
        "page=9e9",
        "page=x",
        "sort=drop",
        "stage=x&stage=y",
        "q=%00%27",
        "q=" + "a" * 5000,
        "owner=-1",
    ):
        assert client.get(f"/review/submissions?{query}").status_code == 200, query
    assert world.crashes == []
