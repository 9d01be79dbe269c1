"""A browser of the tests that looks at every page it gets: is it whole, named, labelled, safe and quick?"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from eoi.web.layout import SERVICE_NAME

MOST_QUERIES = 10
ONCE_IN_TEN_MINUTES = "UPDATE sign_in SET used_at"  # whichever page comes first then
TYPED = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit", "button", "image", "reset"}
INLINE = {"style"}


class Pages:
    """Wraps a client: `get`, `post` and `follow` answer as it does, after each HTML page was looked at.

    `queries` holds how many the last request made. Pass `check=False` for an answer that is not to be looked at.
    """

    def __init__(self, client: FlaskClient, most_queries: int = MOST_QUERIES) -> None:
        self.client = client
        self.app: Flask = client.application
        self.most_queries = most_queries
        self.queries: list[str] = []

    def get(self, path: str, status: int = 200, check: bool = True, **kwargs: Any) -> TestResponse:
        return self._ask("GET", path, status, check, **kwargs)

    def post(self, path: str, data: Any = None, status: int = 302, check: bool = True, **kwargs: Any) -> TestResponse:
        return self._ask("POST", path, status, check, data=data, **kwargs)

    def follow(self, response: TestResponse, **kwargs: Any) -> TestResponse:
        """The page that a redirect leads to."""
        assert response.status_code in range(300, 400), f"no redirect: {response.status_code}"
        return self.get(urljoin(response.request.path, response.location), **kwargs)

    def _ask(self, method: str, path: str, status: int, check: bool, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("headers", {}).setdefault("Accept", "text/html")
        with self._counting():
            response = self.client.open(path, method=method, **kwargs)
        assert response.status_code == status, f"{method} {path}: {response.status_code}, not {status}"
        if check and response.mimetype == "text/html" and status not in range(300, 400):
            look_at(response.text, path, self.app)
        if check:
            assert len(self.queries) <= self.most_queries, _listed(f"{path} asks too much", self.queries)
        return response

    @contextmanager
    def _counting(self) -> Iterator[None]:
        self.queries = []

        def count(_: Any, __: Any, statement: str, *___: Any) -> None:
            if not statement.startswith(("PRAGMA", "SAVEPOINT", "RELEASE", ONCE_IN_TEN_MINUTES)):
                self.queries.append(statement)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", count)


def look_at(html: str, path: str, app: Flask) -> Element:
    """Fail with everything that is wrong with the page at `path`; its document, where nothing is."""
    document, wrong = parse(html)
    every = list(document.iter())
    for check in (_title, _labels, _ids, _references, _forms, _inline):
        wrong += check(document, every)
    wrong += _links(every, path, app)
    assert not wrong, _listed(f"{path} is not as a page should be", wrong)
    return document


def parse(html: str) -> tuple[Element, list[str]]:
    """The document, and where a browser would have had to guess."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    lines = html.splitlines()
    wrong = [f"HTML, line {at[0]}: {name}: {lines[at[0] - 1][:120]}" for at, name, _ in parser.errors]
    return document, wrong


def words(element: Element | None) -> str:
    """The words of an element, as a person reads them."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _title(document: Element, every: list[Element]) -> list[str]:
    headings = [one for one in every if one.tag == "h1"]
    if len(headings) != 1:
        return [f"{len(headings)} h1, not 1"]
    title = words(document.find(".//head/title"))
    error = "Error: " if any("govuk-error-summary" in _classes(one) for one in every) else ""
    start = f"{error}{words(headings[0])} – {SERVICE_NAME} – "
    return [] if title.startswith(start) else [f"title {title!r} does not start with {start!r}"]


def _labels(document: Element, every: list[Element]) -> list[str]:
    named = {one.get("for") for one in every if one.tag == "label" and words(one)}
    inputs = [one for one in every if one.tag in TYPED and one.get("type") not in UNSEEN]
    return [f"no label: {_shown(one)}" for one in inputs if one.get("id") not in named and not one.get("aria-label")]


def _ids(document: Element, every: list[Element]) -> list[str]:
    counted = Counter(one.get("id") for one in every if one.get("id") is not None)
    return [f"id {name!r} {times} times" for name, times in counted.items() if times > 1 or not name]


def _references(document: Element, every: list[Element]) -> list[str]:
    known = {one.get("id") for one in every}
    wrong = []
    for one in every:
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"):
            wrong += [f"{attribute} to no {name!r}" for name in (one.get(attribute) or "").split() if name not in known]
    return wrong


def _forms(document: Element, every: list[Element]) -> list[str]:
    wrong = []
    for form in (one for one in every if one.tag == "form"):
        names = {one.get("name") for one in form.iter()}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            wrong.append(f"no token: {_shown(form)}")
        if form.get("action") == "":
            wrong.append(f"empty action: {_shown(form)}")
    return wrong


def _inline(document: Element, every: list[Element]) -> list[str]:
    wrong = [f"inline: {_shown(one)}" for one in every if one.tag in INLINE]
    wrong += [f"inline script: {words(one)[:60]}" for one in every if one.tag == "script" and not one.get("src")]
    for one in every:
        wrong += [f"inline {name}: {_shown(one)}" for name in one.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118
    return wrong


def _links(every: list[Element], path: str, app: Flask) -> list[str]:
    """Internal links lead to a known page; a link to a place on the page finds it."""
    known = {one.get("id") for one in every}
    adapter = app.url_map.bind("localhost")
    wrong = []
    for one in every:
        target = one.get("href") if one.tag in ("a", "link") else one.get("action") or one.get("src")
        if not target or urlsplit(target).scheme or target.startswith("//"):
            wrong += [f"link to nowhere: {words(one)}"] if one.tag == "a" and not target else []
        elif target.startswith("#"):
            wrong += [] if target[1:] in known else [f"link to no id: {target}"]
        elif not _leads(adapter, urljoin(path, urlsplit(target).path)):
            wrong.append(f"link to no page: {target}")
    return wrong


def _leads(adapter: Any, path: str) -> bool:
    try:
        adapter.match(path)
    except (MethodNotAllowed, RequestRedirect):
        return True
    except HTTPException:
        return False
    return True


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _shown(element: Element) -> str:
    return f"<{element.tag} {' '.join(f'{name}={value!r}' for name, value in element.items())}>"[:160]


def _listed(title: str, things: list[str]) -> str:
    return "\n  ".join([f"{title}:", *(thing.replace("\n", " ")[:300] for thing in things)])
