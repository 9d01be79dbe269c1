"""Headers of every answer, reports of browsers, addresses of static files."""

import gzip

from eoi.web import layout, security


def test_headers_are_on_pages_and_errors(client):
    for path in ("/", "/nowhere", "/static/app.css"):
        headers = client.get(path).headers
        for name, value in security.HEADERS.items():
            assert headers[name] == value, (path, name)


def test_policy_trusts_nothing_unsafe():
    assert "unsafe" not in security.POLICY
    assert "script-src 'self'" in security.POLICY


def test_transport_is_strict_where_the_site_is_secure(client, app):
    assert "Strict-Transport-Security" not in client.get("/").headers
    app.config["SITE_URL"] = "https://eoi.example"
    assert client.get("/").headers["Strict-Transport-Security"].startswith("max-age=31536000")


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
