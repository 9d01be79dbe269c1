"""Every form of the service, sent wrong in every way: a clear answer, no crash, and a refusal changes nothing."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.databases import Postgres
from tests.hostile.forms import Box, Pairs, body, boxes_of, honest, stale, wrong
from tests.hostile.senders import SENDERS, Sender, address, named, parts_of, posts
from tests.hostile.world import World
from tests.pages import look_at, parse, words
from tests.web.entering import enter

HTML = {"Accept": "text/html"}
#: What an honest form of these does, it does to the session, to what was kept for it, or it only leads on.
NOTHING_KEPT = {"apply.start", "auth.discard", "auth.second_step"}
#: A scorer's own, which nobody else writes: whatever became of the case meanwhile, it is kept.
OWN = {"panel.conflict", "panel.declare", "panel.lock", "panel.score"}
#: Parts of an address that nobody handed out.
FORGED = ("0", "9" * 30, "x" * 300, "%00", "..%2F..%2Fetc", "EOI-2026-9999", "%F0%9F%98%80", "%ED%A0%80")
BODIES = (
    ("application/json", b'{"version": 1, "reason": ["x"], "case": {"a": null}}'),
    ("application/json", b"{" * 5000),
    ("multipart/form-data", b"no boundary at all"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\x00\xfe--x--"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="version"\r\n\r\n1'),
    ("application/x-www-form-urlencoded; charset=utf-7", b"version=%FF%FE&%00=%00&=&&&==&reason=+AGE-"),
    ("text/plain", b"version=1"),
)
#: What a refusal says, and markup that was sent: as it must stand in a page, and as it must not.
SAID = re.compile(r'<h1[^>]*>(.*?)</h1>|govuk-error-message"[^>]*>(?:<span.*?</span>)?(.*?)</p>', re.DOTALL)
ESCAPED, MARKUP = "&lt;script&gt;alert(1)", "<script>alert(1)"


@dataclass
class Form:
    """One form of the service, at its honest best, in the browser of the one who sends it."""

    world: World
    endpoint: str
    looked: set[tuple[Any, ...]] = field(default_factory=set)  # what answers said whose pages have been read

    def __post_init__(self) -> None:
        self.sender: Sender = SENDERS[self.endpoint]
        self.parts = parts_of(self.world.app, self.world.made, self.endpoint, self.sender)
        self.path = address(self.world.app, self.endpoint, self.parts, self.sender.query)
        self.sign_in()
        self.boxes: list[Box] = boxes_of(self._page(), self.path)
        filled = {name: named(self.world.made, v) if v else v for name, v in self.sender.fill.items()}
        self.right: Pairs = honest(self.boxes, filled)

    def sign_in(self) -> None:
        self.client = self.world.app.test_client()
        if self.sender.who:
            enter(self.client, self.world.users[self.sender.who])

    def _page(self) -> str:
        """The page that the form is on. What follows an upload is reached by uploading."""
        where = address(self.world.app, self.sender.page or self.endpoint, self.parts, self.sender.query)
        if self.sender.page and self.sender.file:
            return self.client.post(where, data=body([], self.sender.file), headers=HTML).text
        answer = self.client.get(where, headers=HTML)
        return answer.text if answer.mimetype == "text/html" else ""

    def send(self, pairs: Pairs, path: str = "") -> TestResponse:
        file = None if self.sender.page else self.sender.file
        return self.client.post(path or self.path, data=body(pairs, file), headers=HTML)

    def post(self, content: bytes, kind: str) -> TestResponse:
        return self.client.post(self.path, data=content, content_type=kind, headers=HTML)

    def forged(self) -> list[str]:
        """The address with each of its parts forged in turn: another case's, or nobody's."""
        made = self.world.made
        others = {
            "ref": made.refs["draft"], "public_id": made.public["started"],
            "document_id": made.documents["issued"], "name": made.letters["issued"],
        }  # fmt: skip
        found = []
        for name, part in self.parts.items():
            values = [value for value in (others.get(name), *FORGED) if value and value != part]
            found += [self.path.replace(part, value, 1) for value in values]
        return found


def test_every_form_is_in_the_table(app):
    assert set(SENDERS) == posts(app)


@pytest.mark.parametrize("endpoint", SENDERS)
def test_stale_form_is_refused_the_honest_one_taken_and_its_replay_without_effect(world, endpoint):
    form = Form(world, endpoint)
    before = world.digest()
    for what, pairs in stale(form.right) if endpoint not in OWN else ():
        assert form.send(pairs).status_code in (409, 422), what
        assert world.changed(before) == [], what
    answer = form.send(form.right)
    assert answer.status_code == form.sender.answers, said(answer)
    changed = world.changed(before)
    assert bool(changed) is (form.sender.answers == 302 and endpoint not in NOTHING_KEPT), changed
    before = world.digest()
    again = form.send(form.right)
    assert again.status_code < 500
    assert form.sender.again or world.changed(before) == []
    assert world.crashes == []


@pytest.mark.parametrize("endpoint", SENDERS)
def test_wrong_forms_are_answered_and_refusals_change_nothing(world, endpoint):
    form = Form(world, endpoint)
    before, faults = world.digest(), []
    for what, pairs in wrong(form.boxes, form.right, form.sender.alike):
        answer = form.send(pairs)
        faults += look(form, what, answer, before, forgiven=form.sender.keeps)
    assert faults == []
    assert world.crashes == []


@pytest.mark.parametrize("endpoint", SENDERS)
def test_forged_addresses_and_bodies_change_nothing(world, endpoint):
    """Another case's document, another school's case, a number that no table can hold, a body that is no form."""
    form = Form(world, endpoint)
    before, faults = world.digest(), []
    for path in form.forged():
        answer = form.send(form.right, path)
        assert answer.status_code in (*range(300, 400), *range(400, 500)), path
        faults += look(form, path, answer, before)
    for kind, content in BODIES:
        answer = form.post(content, kind)
        faults += look(form, kind, answer, before)
    assert faults == []
    assert world.crashes == []


def look(form: Form, what: str, answer: TestResponse, before: dict[str, str], forgiven: bool = False) -> list[Any]:
    """What is wrong with the answer to something wrong. What was taken after all is undone."""
    changed, led = form.world.changed(before), answer.status_code in range(300, 400)
    faults: list[Any] = [(what[:80], fault) for fault in unclear(answer, form)]
    if changed and not led and not forgiven:
        faults.append((what[:80], answer.status_code, changed))
    if changed:
        form.world.again()
    if changed or led:
        form.sign_in()
    return faults


def unclear(answer: TestResponse, form: Form) -> list[str]:
    """What is wrong with an answer: a crash, a broken page, or a refusal that does not say what to do.

    Reading a page takes longer than making it. One that says what another said is read where it shows what was sent
    and that has markup in it; the pages are the same on every engine, so they are read on one.
    """
    if answer.status_code >= 500:
        return [f"{answer.status_code}: {form.world.crashes[-1:]}"]
    if answer.mimetype != "text/html" or answer.status_code in range(300, 400) or not answer.text:
        return []
    said = (answer.status_code, *sorted(set(SAID.findall(answer.text))))
    known = said in form.looked and ESCAPED not in answer.text
    form.looked.add(said)
    if known or isinstance(form.world.engine, Postgres):
        return [] if MARKUP not in answer.text else ["the page holds markup that was sent"]
    try:
        document = look_at(answer.text, form.path, form.world.app)
    except AssertionError as broken:
        return [str(broken)]
    told = [words(one) for one in document.find(".//main").iter() if "govuk-body" in (one.get("class") or "")]
    summary = any("govuk-error-summary" in (one.get("class") or "") for one in document.iter())
    clear = answer.status_code < 400 or summary or any(len(text) > 20 for text in told)
    return [] if clear else [f"{answer.status_code} says only {told}"]


def said(answer: TestResponse) -> str:
    """The words of the page, to see why an honest form was refused."""
    document, _ = parse(answer.text)
    return f"{answer.status_code} {words(document.find('.//main'))[:1500]}"
