"""Files go out through the same door as pages, and lie still; methods, tokens and headers keep their place."""

import pytest

from tests.hostile.senders import SENDERS, address, parts_of
from tests.hostile.test_gets import HTML, SLOW, reads
from tests.web.entering import enter

#: Endpoint of a file -> who may have it, the case, who may not and what they get.
FILES = {
    "apply.document": ("alice", "draft", {"sam": 404, "olu": 404, "": 302}),
    "apply.letter": ("sam", "issued", {"alice": 404, "olu": 403, "": 302}),
    "review.document": ("olu", "issued", {"ada": 403, "sam": 403, "": 302}),
    "apply.message_file": ("sam", "issued", {"alice": 404, "olu": 403, "": 302}),
    "review.message_file": ("olu", "issued", {"ada": 403, "sam": 403, "priya": 403, "": 302}),
    "review.comment_file": ("olu", "issued", {"ada": 403, "sam": 403, "": 302}),
    "letters.download": ("olu", "issued", {"ada": 403, "sam": 403, "": 302}),
    "apply.evidence": ("sam", "issued", {"alice": 404, "olu": 403, "": 302}),
    "review.evidence": ("olu", "issued", {"ada": 403, "sam": 403, "": 302}),
    "letters.latest": ("audrey", "issued", {"ada": 403, "sam": 403, "": 302}),
}


@pytest.mark.parametrize("endpoint", FILES)
def test_files_go_to_those_whom_the_case_is_open_to(world, endpoint):
    who, case, others = FILES[endpoint]
    path = next(p for e, p in reads(world.app, world.made, (case,)) if e == endpoint)
    assert asked(world, who, path).status_code == 200
    assert {name: asked(world, name, path).status_code for name in others} == others
    world.digest()


def asked(world, who, path, **kwargs):
    client = world.app.test_client()
    if who:
        enter(client, world.users[who])
    return client.get(path, headers=HTML, **kwargs)


def test_what_people_sent_is_saved_and_inert(world):
    """Never shown in the service's own origin: saved under its name, and where it is opened, it runs nothing."""
    for who, endpoint, case in (("alice", "apply.document", "draft"), ("olu", "review.document", "issued")):
        path = next(p for e, p in reads(world.app, world.made, (case,)) if e == endpoint)
        headers = asked(world, who, path).headers
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert "sandbox" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Content-Type"] == "application/pdf"


def test_every_answer_says_what_it_is(world):
    """Text with its charset; nothing without a type."""
    client = world.app.test_client()
    enter(client, world.users["harriet"])
    for endpoint, path in reads(world.app, world.made, ("issued",)):
        if endpoint not in SLOW:
            answer = client.get(path, headers=HTML)
            kind = answer.headers.get("Content-Type", "")
            assert kind, path
            assert "charset=utf-8" in kind or not kind.startswith("text/"), (path, kind)


def test_no_other_origin_is_let_in(world):
    client = world.app.test_client()
    for path in ("/", "/schools?q=hope", "/health", "/static/app.css", "/sign-in"):
        for method in ("GET", "OPTIONS"):
            headers = client.open(path, method=method, headers={"Origin": "https://evil.example"}).headers
            assert not [name for name, _ in headers if name.lower().startswith("access-control")], path


def test_every_form_needs_its_token(world):
    """Without the token of its session, no form does anything, whoever sends it."""
    for endpoint, sender in SENDERS.items():
        if endpoint == "security.csp_reports":  # browsers send it by themselves, and it changes nothing of anybody's
            continue
        client = world.app.test_client()
        if sender.who:
            enter(client, world.users[sender.who])
        path = address(world.app, endpoint, parts_of(world.app, world.made, endpoint, sender), sender.query)
        answer = client.post(path, data={}, headers=HTML, forged=True)
        assert answer.status_code == 400, (endpoint, answer.status_code)
        assert world.written == set(), endpoint


def test_a_session_cookie_that_was_tampered_with_is_nobodys(world):
    client = world.app.test_client()
    enter(client, world.users["olu"])
    held = client.get_cookie("session").value
    payload, moment, signature = held.rsplit(".", 2)
    for forged in (
        f"{payload}.{moment}.{signature[:-2]}xx",
        f"{payload}.{moment}.",
        payload,
        f"{payload[:-1]}A.{moment}.{signature}",
    ):
        other = world.app.test_client()
        other.set_cookie("session", forged)
        assert other.get("/account", headers=HTML).status_code == 302, forged


@pytest.mark.parametrize("path", ["/.git/config", "/static/../config.py", "/static/", "/static/..%2f..%2fconfig.py",
                                  "/instance/secret_key", "/config.py", "/static/%2e%2e/%2e%2e/wsgi.py"])  # fmt: skip
def test_nothing_of_the_project_is_served(world, path):
    assert world.app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "X"])
def test_odd_methods_are_refused(world, method):
    client = world.app.test_client()
    assert {client.open(path, method=method).status_code for path in ("/", "/sign-in", "/review")} == {405}


def test_no_address_carries_words_of_a_case(world):
    """What stands in an address: references, public ids that say nothing, names of pages."""
    for rule in world.app.url_map.iter_rules():
        assert rule.arguments <= PARTS, rule.rule


def test_every_page_has_the_way_out(world):
    """Whoever is signed in can sign out, wherever they are."""
    client = world.app.test_client()
    enter(client, world.users["harriet"])
    pages = 0
    for endpoint, path in reads(world.app, world.made, ("conditions",)):
        if endpoint not in SLOW | {"local_offer.fragment"}:  # that one stands inside another site's page
            answer = client.get(path, headers=HTML)
            if answer.mimetype == "text/html" and answer.status_code < 500 and answer.text and not answer.location:
                assert 'action="/sign-out"' in answer.text, path
                pages += 1
    assert pages > 40


PARTS = {
    "mark", "ref", "public_id", "document_id", "letter_id", "name", "slug", "user_id", "urn", "number", "key", "which",
    "kind", "action", "token", "delegation_id", "work_id", "sign_in_id", "request_id", "membership_id", "role",
    "meeting_id", "pack_id", "filename", "entry", "column", "opinion_id", "errand_id", "service_id", "wish",
    "release_id",
}  # fmt: skip
