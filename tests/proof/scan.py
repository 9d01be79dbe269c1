"""Scan by wapiti of the running service, as school, officer, Head of SEN, administrator and stranger.

The service runs as behind a proxy that ends TLS, with the invented cases of the demonstration, in a scratch folder.
wapiti reaches 127.0.0.1 only: where a module wants a host of its own that the service might be made to call, it is
given a listener here, and whoever calls that is a finding.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from flask import url_for
from sqlalchemy import select
from werkzeug.routing import BuildError

from config import Settings
from eoi import create_app
from eoi.extensions import db
from eoi.models import Document, Letter, Membership, Round, Submission, User
from eoi.workflow.demo_accounts import PASSWORD
from tests.proof._unreached import WHY_NOT

ROOT = Path(__file__).resolve().parents[2]
WAPITI = ROOT / ".test" / "wapiti" / "bin" / "wapiti"
WHO = {
    "stranger": "", "school": "headteacher", "officer": "officer", "Head of SEN": "head", "administrator": "admin",
}  # fmt: skip
MODULES = (
    "backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "methods",
    "permanentxss", "redirect", "shellshock", "spring4shell", "sql", "ssrf", "timesql", "upload", "xss", "xxe",
)  # fmt: skip
#: Seconds of crawling, and of each module's attack, as one person.
CRAWL, ATTACK = 120, 8
#: These would end the session that the scan goes on with.
LEFT_OUT = ("/sign-out", "/account/sign-out-everywhere", "/account/password", "/account/sessions")
#: Filters of lists, which multiply the addresses of one page without end; `tests/hostile/test_gets.py` sends them odd.
FILTERS = ("stage", "path", "phase", "district", "owner", "task", "sort", "page", "case", "open", "reference")
SECURE = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}


def main() -> list[str]:
    """Findings by person, what was asked, and the endpoints that nobody reached."""
    if not WAPITI.exists():
        raise FileNotFoundError(f"{WAPITI.relative_to(ROOT)} is missing: make proof installs it")
    with tempfile.TemporaryDirectory(prefix="scan-") as folder, served(Path(folder)) as (base, log):
        told, reached, found = [], Counter[str](), []
        with listening() as (listener, calls):
            for who, account in WHO.items():
                report, lines = scanned(Path(folder), base, who, account, listener)
                answered = taken(log)
                reached.update(line.split()[0] for line in answered)
                broken = sum(line.rsplit(" ", 1)[1] >= "500" for line in answered)
                found += [(who, kind, one) for kind, many in report.items() for one in many]
                told.append(
                    f"| {who} | {len(answered)} | {len({x.split()[0] for x in answered})} | {broken} | {lines} |"
                )
    if calls:
        found.append(("anybody", "Server side request", {"path": calls[0], "info": "the service called the listener"}))
    findings = explained(found)
    return [*head(), *told, "", *missed(reached), "", *findings]


def head() -> list[str]:
    said = subprocess.run([str(WAPITI), "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\d+\.\d+\.\d+", said.stdout + said.stderr)
    return [
        f"wapiti {version[0] if version else ''}, modules {', '.join(MODULES)};",
        f"at most {CRAWL} s of crawling and {ATTACK} s of each module, as each person.",
        "What refuses that person is reached too.",
        "",
        "| as | requests | endpoints reached | answers of 500 and more | findings |",
        "|---|---|---|---|---|",
    ]


def scanned(folder: Path, base: str, who: str, account: str, listener: str) -> tuple[dict[str, list[Any]], int]:
    """wapiti's report by kind of finding, and how many findings there are."""
    out = folder / f"{who.replace(' ', '-')}.json"
    cookie = signed_in(base, account) if account else ""
    command = [
        str(WAPITI), "-u", f"{base}/", "--scope", "folder", "-m", ",".join(MODULES), "-l", "1", "-d", "12", "-t", "15",
        "--max-scan-time", str(CRAWL), "--max-attack-time", str(ATTACK),
        "--max-parameters", "15",
        "--max-links-per-page", "80", "--max-files-per-dir", "30", "--tasks", "4", "--no-bugreport", "--color",
        "--external-endpoint", listener, "--internal-endpoint", listener, "--store-session", str(folder / "session"),
        "--flush-session", "-f", "json", "-o", str(out), "-v", "0",
    ]  # fmt: skip
    for name, value in {**SECURE, **({"Cookie": cookie} if cookie else {})}.items():
        command += ["-H", f"{name}: {value}"]
    for name in FILTERS:
        command += ["-r", name]
    for path in LEFT_OUT:
        command += ["-x", f"{base}{path}"]
    for path in beginnings(folder / "data"):
        command += ["-s", f"{base}{path}"]
    report = json.loads(attacked(command, out))
    kinds = {**report["vulnerabilities"], **report["anomalies"]}
    found = {kind: many for kind, many in kinds.items() if many}
    return found, sum(map(len, found.values()))


def attacked(command: list[str], out: Path) -> str:
    """What wapiti reports. It has ended without a word, and is then started once more. Raises RuntimeError."""
    for _ in range(2):
        said = subprocess.run(command, cwd=out.parent, capture_output=True, text=True, check=False,
                              timeout=2 * (CRAWL + ATTACK * len(MODULES)),
                              env={**os.environ, "HOME": str(out.parent)})  # fmt: skip
        if out.exists():
            return out.read_text()
    raise RuntimeError(f"wapiti ended with {said.returncode} and no {out.name}: {(said.stdout + said.stderr)[-2000:]}")


def beginnings(data: Path) -> list[str]:
    """Where a crawl begins: every page of the route list, those about a case for some cases of the demonstration."""
    app, found = create_app(Settings(DATA_DIR=data, DEMONSTRATION=True, SECRET_KEY="x" * 32)), []
    with app.app_context(), app.test_request_context():
        for parts in _parts():
            for rule in app.url_map.iter_rules():
                if "GET" in (rule.methods or ()) and rule.arguments <= parts.keys() and rule.endpoint != "static":
                    with suppress(BuildError, ValueError):  # a part that is none of this rule
                        found.append(url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments}))
        db.session.remove()
        db.engine.dispose()
    return sorted({path for path in found if not path.startswith(LEFT_OUT)})


def _parts() -> Iterator[dict[str, Any]]:
    """Parts of addresses: of the cases of the demonstration's schools, and of one at each stage."""
    shown = {"slug": db.session.scalar(select(Round.slug)), "user_id": db.session.scalar(select(User.id)), "number": 1,
             "which": "off", "key": "offer", "action": "shortlist", "request_id": 1}  # fmt: skip
    at_school = select(Membership.urn).where(Membership.confirmed_at.is_not(None))
    ours = db.session.scalars(select(Submission).where(Submission.urn.in_(at_school)).limit(6)).all()
    stages = {case.stage: case for case in db.session.scalars(select(Submission))}
    for case in (*ours, *stages.values()):
        letter = db.session.scalar(select(Letter.public_id).where(Letter.submission_id == case.id)) or "none"
        document = db.session.scalar(select(Document.public_id).where(Document.submission_id == case.id)) or "none"
        of_case = {"public_id": case.public_id, "ref": case.reference or case.public_id, "urn": case.urn,
                   "letter_id": letter, "document_id": document}  # fmt: skip
        for kind, name in (("need", letter), ("information", document), ("clarification", letter)):
            yield {**shown, **of_case, "kind": kind, "name": name}


def rules() -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(DATA_DIR=Path(folder), SECRET_KEY="x" * 32))
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def missed(reached: Counter[str]) -> list[str]:
    """The endpoints that nobody reached, each with its reason. Raises for one without."""
    endpoints = {rule.endpoint for rule in rules()}
    left = sorted(endpoints - reached.keys())
    lines = [f"{len(endpoints) - len(left)} of {len(endpoints)} endpoints reached. Not reached:", ""]
    lines += [f"- {name}: {WHY_NOT.get(name, 'NO REASON')}" for name in left]
    if without := [name for name in left if name not in WHY_NOT]:
        raise AssertionError(f"not reached, and no reason given: {', '.join(without)}")
    return lines


def explained(found: list[tuple[str, str, Any]]) -> list[str]:
    """Each kind of finding as `docs/security.md` explains it. Raises for one that it does not."""
    if not found:
        return ["Findings: 0."]
    page = (ROOT / "docs" / "security.md").read_text()
    counted = Counter((kind, who) for who, kind, _ in found)
    lines = [f"- {kind}, as {who}: {number}, explained in docs/security.md" for (kind, who), number in counted.items()]
    if unknown := [(who, kind, one) for who, kind, one in found if f"#### {kind}" not in page]:
        told = "\n".join(
            f"{kind} as {who}: {one.get('method')} {one.get('path')}: {one.get('info')}" for who, kind, one in unknown
        )
        raise AssertionError(f"findings that docs/security.md does not explain:\n{told[:4000]}")
    return lines


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Path]]:
    """The service running on a free port: its address, and the note of what it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    environ = {**os.environ, "EOI_DATA_DIR": str(data), "EOI_DEMONSTRATION": "1", "PORT": str(port), "EOI_PROXIES": "1",
               "SITE_URL": f"https://127.0.0.1:{port}", "FLASK_APP": "tests.proof._served:app"}  # fmt: skip
    with (folder / "log").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "flask", "serve", "--prepare"], cwd=ROOT, env=environ,
                                   stdout=log, stderr=log)  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/ready", running)
        yield base, data / "reached.txt"
    finally:
        running.terminate()
        running.wait(60)


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if running.poll() is not None:
            raise RuntimeError("the service did not start")
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the service is not ready")


def taken(log: Path) -> list[str]:
    """What was answered since the last look."""
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


def signed_in(base: str, account: str) -> str:
    """The cookie of a real sign-in, as the browser holds it after a page with a form."""
    jar: dict[str, str] = {}

    def ask(method: str, path: str, form: dict[str, str] | None = None) -> str:
        connection = HTTPConnection(base.removeprefix("http://"), timeout=30)
        headers = {**SECURE, "Referer": base.replace("http:", "https:") + path, "Accept": "text/html",
                   "Content-Type": "application/x-www-form-urlencoded", "Cookie": _cookies(jar)}  # fmt: skip
        connection.request(method, path, urlencode(form or {}) if form else None, headers)
        answer = connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = header.partition("=")
            jar[name] = rest.partition(";")[0]
        return answer.read().decode()

    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', ask("GET", "/sign-in"))
    assert token, "no sign-in form"
    ask("POST", "/sign-in", {"csrf_token": token[1], "email": f"{account}@demo.example", "password": PASSWORD})
    assert "Sign out" in ask("GET", "/account"), f"{account} could not sign in"
    return _cookies(jar)


def _cookies(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A host that the service should never call: its address, and who called it."""
    calls: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/" and not self.path.startswith("/get_"):  # wapiti sees whether it is there, and asks it
                calls.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", calls
    finally:
        server.shutdown()
