"""Headers of every answer, reports of browsers, addresses of static files."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import request

from config import Settings
from eoi import create_app
from eoi.cli.serve import Web
from eoi.web import layout, security
from eoi.web.auth.arriving import safe
from tests.pages import Pages


def test_headers_are_on_pages_and_errors(client):
    for path in ("/", "/nowhere", "/static/app.css"):
        headers = client.get(path).headers
        for name, value in security.HEADERS.items():
            assert headers[name] == value, (path, name)


def test_policy_trusts_nothing_unsafe():
    assert "unsafe" not in security.POLICY
    assert "script-src 'self'" in security.POLICY


def test_policy_needs_no_nonce(app):
    """Nothing is inline on any page (`tests/pages.py` looks at each), so nothing but our own files is trusted."""
    sources = {source for part in security.POLICY.split("; ")[1:12] for source in part.split()[1:]}
    assert sources == {"'self'", "'none'", "data:"}
    assert "img-src 'self' data:" in security.POLICY


def test_transport_is_strict_where_the_site_is_secure(client, app):
    assert "Strict-Transport-Security" not in client.get("/").headers
    app.config["SITE_URL"] = "https://eoi.example"
    assert client.get("/").headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_session_cookie_is_of_this_host_alone_where_the_site_is_secure(tmp_path):
    plain = Settings(DATA_DIR=tmp_path).as_flask()
    secure = Settings(DATA_DIR=tmp_path, SITE_URL="https://eoi.example", SECRET_KEY="tests-only-" * 4)
    assert (plain["SESSION_COOKIE_NAME"], plain["SESSION_COOKIE_SECURE"]) == ("session", False)
    answer = create_app(secure).test_client().get("/sign-in", base_url="https://eoi.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-session"]
    assert set(re.split("; ", cookies[0])[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b"])
def test_another_sites_name_is_refused(client, app, name, caplog):
    page = client.get("/", headers={"Host": name, "Accept": "text/html"})
    assert page.status_code == 400
    assert "evil" not in page.text
    assert "SITE_URL names another host" in caplog.text
    assert client.post("/sign-in", headers={"Host": name}).status_code == 400


def test_links_come_from_the_setting_whoever_asks_in_which_name(client, app):
    app.config["SITE_URL"] = "https://eoi.example"
    text = client.get("/.well-known/security.txt", headers={"Host": "localhost:1", "X-Forwarded-Host": "evil.example"})
    assert "https://eoi.example/" in text.text
    assert "evil" not in text.text


@pytest.mark.parametrize(
    "page",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\n/b", "evil", "///x", ""],
)
def test_nobody_is_sent_elsewhere_after_signing_in(page):
    assert safe(page) == ""


def test_pages_of_this_site_may_be_gone_on_to():
    assert safe("/review/submissions?page=2&q=a//b") == "/review/submissions?page=2&q=a//b"


def test_signing_out_clears_what_the_browser_kept(client):
    assert client.post("/sign-out").headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/").headers


def test_researchers_find_whom_to_write_to(client, app, clock):
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.mimetype == "text/plain"
    assert fields["Contact"] == "mailto:sen.provision@kent.example"
    left = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - clock()
    assert timedelta(days=30) < left < timedelta(days=365)
    app.config["COUNCIL_SECURITY_EMAIL"] = "security@kent.example"
    assert "Contact: mailto:security@kent.example\n" in client.get("/.well-known/security.txt").text


def test_robots_are_let_in_to_public_pages_only(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Disallow: /"
    allowed = {line.removeprefix("Allow: ") for line in lines[1:-1]}
    assert {"/$", "/privacy$", "/rounds/"} <= allowed
    assert not any(path.startswith(("/apply", "/review", "/admin", "/reset", "/invitation")) for path in allowed)


def test_requests_are_bounded_before_they_are_parsed(app):
    served = Web(app, "").cfg
    assert (served.limit_request_line, served.limit_request_fields, served.limit_request_field_size) == (4094, 60, 8190)
    assert app.config["MAX_CONTENT_LENGTH"] == 24 * 1024 * 1024
    assert (app.config["MAX_FORM_MEMORY_SIZE"], app.config["MAX_FORM_PARTS"]) == (1024 * 1024, 2_000)


def test_forwarded_headers_are_believed_from_known_proxies_only(tmp_path):
    """As many hops as `EOI_PROXIES` says; what somebody writes in front of them is not looked at."""
    forged = {"X-Forwarded-For": "6.6.6.6, 10.0.0.9", "X-Forwarded-Proto": "https"}
    seen = {}
    for proxies in (0, 1):
        app = create_app(Settings(DATA_DIR=tmp_path, SECRET_KEY="tests-only-" * 4, PROXIES=proxies))

        @app.before_request
        def note(proxies: int = proxies) -> None:
            seen[proxies] = (request.remote_addr, request.scheme)

        app.test_client().get("/health", headers=forged)
    assert seen == {0: ("127.0.0.1", "http"), 1: ("10.0.0.9", "https")}


def test_too_many_parts_are_refused(client):
    page = Pages(client).post("/sign-in", {f"part{n}": "x" for n in range(2_001)}, status=413,
                              headers={"Content-Type": "multipart/form-data"})  # fmt: skip
    assert "too big" in page.text


def test_reports_are_counted_by_all_processes_and_only_so_many_taken(client, app, monkeypatch):
    monkeypatch.setattr(security, "REPORTS_A_DAY", 2)
    sent = [client.post("/csp-reports", data=b"[]", forged=True).status_code for _ in range(3)]
    assert sent == [204, 204, 429]
    with app.app_context():
        assert security.reported() == 3
    security.reports(app).clear()


def test_report_is_kept(client, app):
    security.reports(app).clear()
    answer = client.post("/csp-reports", data=b'{"csp-report": {"blocked-uri": "inline"}}', forged=True)
    assert (answer.status_code, list(security.reports(app))) == (204, [{"csp-report": {"blocked-uri": "inline"}}])
    security.reports(app).clear()


def test_report_of_junk_is_refused(client, app):
    for junk in (b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"' + b"x" * 20_000 + b'"'):
        assert client.post("/csp-reports", data=junk, forged=True).status_code == 400
    assert list(security.reports(app)) == []


def test_static_file_with_its_digest_is_kept_for_ever(client):
    address = layout.asset("app.css")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/app.css").headers["Cache-Control"]


def test_static_text_travels_zipped(client):
    zipped = client.get(layout.asset("app.css"), headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.data) < 25_000
    assert gzip.decompress(zipped.data) == client.get("/static/app.css").data


def test_pages_are_not_kept_by_caches(client):
    assert client.get("/").headers["Cache-Control"] == "no-store"
