"""Requests made by mutation of honest ones: over all endpoints, as each role, each with up to three things wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from werkzeug.test import TestResponse

from tests.hostile.cast import key_of
from tests.hostile.forms import ODD, Pairs, body
from tests.hostile.senders import SENDERS, address, named
from tests.hostile.table import EVERYBODY, Answer, Person, Row, Tie, rows
from tests.hostile.test_gets import NAMES, ODD_PARTS, SLOW, parts_of
from tests.hostile.test_posts import BODIES, Form
from tests.hostile.world import TRACES, World
from tests.web.entering import enter

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")
HEADERS = (
    ("Accept", "application/json"), ("Accept", "*/*;q=2, text/html;q=x"), ("Accept", ""), ("Range", "bytes=0-,9-1"),
    ("If-None-Match", '"x", W/"'), ("If-Modified-Since", "yesterday"), ("Referer", "javascript:alert(1)"),
    ("Cookie", "session=.eJw; session=a.b.c; =x; \xe9"), ("Content-Encoding", "gzip"), ("Origin", "null"),
    ("X-Forwarded-For", "1.2.3.4, ::1"), ("X-Forwarded-Host", "evil.example"), ("Accept-Language", "x" * 3000),
    ("User-Agent", ""), ("Content-Length", "-1"), ("X-HTTP-Method-Override", "DELETE"), ("Authorization", "Basic =="),
)  # fmt: skip
#: One of each role, those whom most opens to.
ROLES = tuple(p for p in EVERYBODY if p.tie in (Tie.STRANGER, Tie.LINK, Tie.OWN, Tie.ANY, Tie.ASSIGNED, Tie.DELEGATED))


#: These save what is right of a form and give back the rest: a 422 that changes something, on purpose.
KEEPS = {endpoint for endpoint, sender in SENDERS.items() if sender.keeps}


@dataclass(frozen=True)
class Request:
    """What is sent, and what was done to it."""

    endpoint: str
    method: str
    path: str
    pairs: Pairs = field(default_factory=list)
    raw: tuple[str, bytes] | None = None  # content type and body, instead of the pairs
    headers: tuple[tuple[str, str], ...] = (("Accept", "text/html"),)
    forged: bool = False
    done: tuple[str, ...] = ()


@dataclass
class Report:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    endpoints: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[Any] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.statuses.total()


def run(world: World, number: int, seed: int, slow: int) -> Report:
    """Send this many requests: to each endpoint in turn, each time as another role.

    Pages that print are let through `slow` times each. The world goes back to how it was made when something changed.
    """
    random, report, printed = Random(seed), Report(), Counter[str]()
    table = rows(world.app)
    forms = {endpoint: Form(world, endpoint).right for endpoint in SENDERS}
    world.again()
    as_made = world.digest()
    random.shuffle(table)
    turns = range(len(ROLES))
    pairs = [(ROLES[(at + turn) % len(ROLES)], row) for turn in turns for at, row in enumerate(table)]
    browsers: dict[str, Any] = {}
    for turn in range(number):
        person, row = pairs[turn % len(pairs)]
        if row.endpoint in SLOW and row.answer(person) is Answer.OPENS:
            printed[row.endpoint] += 1
            if printed[row.endpoint] > slow:
                row = random.choice([one for one in table if one.endpoint not in SLOW])
        request = next(mutated(world, row, person, forms.get(row.endpoint, []), random))
        client = browsers.get(key_of(person)) or _browser(world, person)
        browsers[key_of(person)] = client
        answer = _send(client, request)
        report.statuses[answer.status_code] += 1
        report.endpoints.add((row.endpoint, row.method))
        report.endpoints.add((row.endpoint, row.method))
        if (
            _look(world, answer, (person.name, request), as_made, report)
            or "sign" in row.endpoint
            or "password" in row.endpoint
        ):
            browsers.clear()
    return report


def _look(world: World, answer: TestResponse, sent: Any, as_made: dict[str, str], report: Report) -> bool:
    """Note what is wrong with the answer; whether the world had to be put back."""
    if answer.status_code >= 500 or world.crashes:
        report.wrong.append((sent, answer.status_code, list(world.crashes)))
        world.crashes.clear()
    written = bool(world.written - TRACES)
    keeps = sent[1].endpoint in KEEPS
    if written and answer.status_code >= 400 and not keeps and (changed := world.changed(as_made)):
        report.wrong.append((sent, answer.status_code, changed))
    if written:
        world.again()
    return written


def _browser(world: World, person: Person) -> Any:
    client = world.app.test_client()
    if person.role:
        enter(client, world.users[key_of(person)])
    return client


def _send(client: Any, request: Request) -> TestResponse:
    kind, content = request.raw or (None, body(request.pairs))
    data = {} if request.method in ("GET", "HEAD", "OPTIONS") else {"data": content, "content_type": kind}
    return client.open(
        request.path, method=request.method, headers=list(request.headers), forged=request.forged, **data
    )


def mutated(world: World, row: Row, person: Person, right: Pairs, random: Random) -> Iterator[Request]:
    """Honest requests of this row, each with nought to three things done to it."""
    rule = next(one for one in world.app.url_map.iter_rules(row.endpoint) if one.rule == row.rule)
    while True:
        sender = SENDERS.get(row.endpoint)
        parts = parts_of(world.made, rule, row.case or "issued")
        parts |= {name: named(world.made, value) for name, value in (sender.args if sender else {}).items()}
        parts = {name: parts[name] for name in rule.arguments}
        path = address(world.app, row.endpoint, parts, sender.query if sender else "")
        request = Request(row.endpoint, row.method, path, list(right))
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            request = random.choice(MUTATIONS)(request, parts, random)
        yield request


def _part(request: Request, parts: dict[str, Any], random: Random) -> Request:
    if not parts:
        return _query(request, parts, random)
    name = random.choice(sorted(parts))
    path = request.path.replace(str(parts[name]), random.choice(ODD_PARTS), 1)
    return replace(request, path=path, done=(*request.done, f"part {name}"))


def _query(request: Request, _: dict[str, Any], random: Random) -> Request:
    odd = random.choice(("", "%00", "-1", "9" * 30, "x" * 2000, "%ED%A0%80", "%FF", "<b>", "../..", "1e9", "a&a=b"))
    name = random.choice(NAMES)
    path = f"{request.path}{'&' if '?' in request.path else '?'}{name}={odd}"
    return replace(request, path=path, done=(*request.done, f"query {name}"))


def _odd(request: Request, _: dict[str, Any], random: Random) -> Request:
    pairs = list(request.pairs) or [("q", "x")]
    at = random.randrange(len(pairs))
    pairs[at] = (pairs[at][0], random.choice(ODD))
    return replace(request, pairs=pairs, done=(*request.done, f"odd {pairs[at][0]}"))


def _dropped(request: Request, _: dict[str, Any], random: Random) -> Request:
    pairs = list(request.pairs)
    if pairs:
        pairs.pop(random.randrange(len(pairs)))
    return replace(request, pairs=pairs, done=(*request.done, "dropped"))


def _added(request: Request, _: dict[str, Any], random: Random) -> Request:
    names = [name for name, _ in request.pairs] or ["q"]
    extra = (random.choice((*names, "stage", "id", "owner_id", "__proto__")), random.choice(ODD))
    return replace(request, pairs=[*request.pairs, extra], done=(*request.done, f"added {extra[0]}"))


def _shuffled(request: Request, _: dict[str, Any], random: Random) -> Request:
    """Values under each other's names."""
    values = [value for _, value in request.pairs]
    random.shuffle(values)
    names = [name for name, _ in request.pairs]
    return replace(request, pairs=list(zip(names, values, strict=True)), done=(*request.done, "shuffled"))


def _raw(request: Request, _: dict[str, Any], random: Random) -> Request:
    return replace(request, raw=random.choice(BODIES), done=(*request.done, "raw body"))


def _method(request: Request, _: dict[str, Any], random: Random) -> Request:
    method = random.choice(METHODS)
    return replace(request, method=method, done=(*request.done, method))


def _header(request: Request, _: dict[str, Any], random: Random) -> Request:
    header = random.choice(HEADERS)
    return replace(request, headers=(*request.headers, header), done=(*request.done, header[0]))


def _forged(request: Request, _: dict[str, Any], __: Random) -> Request:
    return replace(request, forged=True, done=(*request.done, "no token"))


MUTATIONS = (_part, _query, _odd, _odd, _dropped, _added, _shuffled, _raw, _method, _header, _forged)
