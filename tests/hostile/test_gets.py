"""Reading changes nothing, whoever reads what; odd addresses and queries are answered."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from tests.hostile.senders import address
from tests.pages import look_at
from tests.web.entering import enter

HTML = {"Accept": "text/html"}
READERS = ("", "alice", "ed", "sam", "olu", "priya", "cleo", "aisha", "harriet", "dev", "ada", "audrey")
CASES = ("draft", "returned", "assessment", "conditions", "issued", "unconfirmed")
#: All cases are read by one of a school and one of the council. Others are asked of fewer, as is the second engine:
#: the statements are the same, the values are not many.
FEWER = ("draft", "conditions")
READ_ALL = ("alice", "olu")
#: Setting type takes a second: these are read once.
SLOW = {
    "need.board_pdf",
    "panel.minute",
    "need.public_board_pdf",
    "letters.selection",
    "letters.summary",
    "letters.preview",
    "letters.feedback",
    "apply.feedback_sheet",
    "letters.round_letters",
    "rounds.blank_form",
}
ODD_PARTS = (
    *("EOI-2026-9999", "..%2f..%2fetc", "%00", "x" * 3000, "%F0%9F%98%80", "%ED%A0%80", "0", "-1", "<b>", "9" * 30),
)
ODD_VALUES = (
    *("", "%00", "%27", "-1", "9" * 30, "1e9", "x" * 5000, "%ED%A0%80", "%E2%80%AE", "%FF", "<b>", "../..", "%25"),
)
#: Names that some page reads of its address.
NAMES = (
    *("q", "page", "sort", "stage", "need", "path", "phase", "district", "owner", "task", "case", "school", "format"),
    *(
        "all",
        "list",
        "at",
        "of",
        "go",
        "answers",
        "role",
        "state",
        "next",
        "kept",
        "mainstream",
        "back",
        "answer",
        "slow",
        "year",
        "by",
        "removed",
        "postcode",
    ),
)


def reads(app, made, cases=CASES):
    """(endpoint, address) of everything that can be read: a page about a case is read of each of these cases."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            about = cases if {"ref", "public_id"} & rule.arguments else CASES[-1:]
            for case in about:
                parts = parts_of(made, rule, case)
                yield rule.endpoint, address(app, rule.endpoint, {name: parts[name] for name in rule.arguments})


NUMBERS = {
    "review.extend": "question", "review.close_question": "question", "review.clear_flag": "flag",
    "review.settle_request": "request", "need.line": "line", "need.remove_line": "line",
    "need.handle_problem": "problem",
    "need.scenario": "scenario", "need.edit_scenario": "scenario",
    "review.view_edit": "view",
}  # fmt: skip
SERVICE = uuid5(NAMESPACE_URL, "provision:provision-of-elsewhere")
TOKENS = {
    "auth.kept": "kept", "auth.invitation": "invitation", "links.confirm": "confirm", "links.sign": "sign",
    "links.partner": "partner", "links.advise": "advise", "auth.access": "access", "auth.use_sign_in_link": "sign_in",
}  # fmt: skip


def parts_of(made, rule, case):
    """The parts of an address that lead somewhere."""
    letter = made.letters.get(case, made.letters["issued"])
    world = rule.endpoint.partition(".")[0]
    return {
        "ref": made.refs[case], "public_id": made.public[case], "name": letter, "letter_id": letter,
        "document_id": made.documents.get(case, "x"), "slug": "later", "user_id": made.ids["audrey"],
        "release_id": made.ids["release"],
        "request_id": made.ids["foi"], "meeting_id": made.ids["meeting"], "pack_id": made.tokens["pack"],
        "urn": made.ids["closed"] if world == "successors" else 900001,
        "membership_id": made.ids["asking" if world == "access_requests" else "editor"],
        "entry": made.tokens["provision"], "mark": "opening", "service_id": SERVICE, "column": "offered",
        "errand_id": made.tokens["errand"],
        "number": made.ids.get(NUMBERS.get(rule.endpoint, ""), 1), "key": "offer", "which": "off", "wish": "proceed",
        "kind": "need" if world == "need" else "information", "action": "shortlist",
        "role": "chair", "opinion_id": made.ids["opinion"], "token": made.tokens[TOKENS.get(rule.endpoint, "reset")],
    } | _named(made, rule.endpoint, case)  # fmt: skip


def _named(made, endpoint, case):
    """The file that an address names, where it is no letter."""
    if endpoint == "review.document":
        return {"name": made.documents.get(case, "x")}
    if endpoint == "review.evidence":
        return {"name": made.tokens["evidence"]}
    if endpoint == "apply.evidence":
        return {"document_id": made.tokens["evidence"]}
    last = endpoint.rpartition(".")[2]
    if last == "edit_wording":
        return {"kind": "returned", "which": "all"}
    return {"name": made.tokens[last]} if last in ("message_file", "comment_file") else {}


@pytest.fixture
def cases(request):
    return CASES if request.config.getoption("--engine") == "sqlite" else FEWER


@pytest.mark.parametrize("reader", READERS)
def test_reading_changes_nothing(world, reader, cases):
    client = world.app.test_client()
    if reader:
        enter(client, world.users[reader])
    before, opened = world.digest(), 0
    for endpoint, path in reads(world.app, world.made, cases if reader in READ_ALL else FEWER):
        if endpoint in SLOW and (reader != "harriet" or world.made.refs["conditions"] not in path):
            continue
        answer = client.get(path, headers=HTML)
        assert answer.status_code < 500, (path, world.crashes)
        assert world.changed(before) == [], path
        opened += answer.status_code == 200
    assert opened >= 10
    assert world.crashes == []


def test_odd_parts_of_addresses_lead_nowhere(world, cases):
    client = world.app.test_client()
    for reader in ("harriet", "ada", "alice") if cases is CASES else ("harriet", "alice"):
        enter(client, world.users[reader])
        for rule in world.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in ("static", *SLOW):
                continue
            whole = parts_of(world.made, rule, "conditions")
            for name in rule.arguments:
                path = address(world.app, rule.endpoint, {n: whole[n] for n in rule.arguments})
                for odd in ODD_PARTS:
                    forged = path.replace(str(whole[name]), odd, 1)
                    status = client.get(forged, headers=HTML).status_code
                    assert status in (200, 302, 308, 403, 404, 409, 410), (forged, status, world.crashes)
    assert world.crashes == []


def test_odd_queries_are_answered_with_whole_pages(world):
    client = world.app.test_client()
    pages = {path for endpoint, path in reads(world.app, world.made, FEWER[-1:]) if endpoint in QUERIED}
    assert len(pages) == len(QUERIED)
    for path in sorted(pages):
        enter(client, world.users["ada" if path.startswith("/admin/people") else "rita" if "start" in path else "olu"])
        for value in ODD_VALUES:
            twice = "&".join(f"{name}={value}&{name}=x" for name in NAMES)
            answer = client.get(f"{path}?{twice}", headers=HTML)
            assert answer.status_code in (200, 302, 404, 422), (path, value, world.crashes)
            if answer.status_code not in range(300, 400) and answer.mimetype == "text/html" and answer.text:
                look_at(answer.text, path, world.app)
    assert world.crashes == []


QUERIED = {
    "review.submissions", "review.export", "review.drafts",
    "review.export_xlsx", "review.export_new", "review.bulk_assign", "review.beside", "review.view_new",
    "review.figures", "review.board", "letters.selection", "need.lines", "need.council_data",
    "need.board", "need.existing", "local_offer.index", "local_offer.fragment", "need.compare",
    "need.public_board",
    "review.compare",
    "people.index", "schools.look_up", "apply.start", "apply.eligible", "logging.index",
    "auth.forgotten_sent",
}  # fmt: skip
