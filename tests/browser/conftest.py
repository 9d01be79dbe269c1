"""A real browser in front of the real application: `live`, `page`, `narrow_page`, `plain_page`, `check_axe`.

Each test has a database of its own, as everywhere. When it ends, no script may have failed and nothing may have been
refused by the content security policy.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from eoi.web import security

VENDOR = Path(__file__).parent / "vendor"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1280, 320
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Only what is violated comes back: a third of the time.
AXE = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(result => result.violations)"
PATIENCE = 10_000  # milliseconds


@dataclass
class Live:
    """The application as a server: `live.url("/apply")`."""

    app: Flask
    address: str

    def url(self, path: str = "/") -> str:
        return self.address + path


@pytest.fixture
def live(app: Flask) -> Iterator[Live]:
    """The application of this test, answering on a free port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config["SITE_URL"] = address
    security.reports(app).clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Live(app, address)
    server.shutdown()
    thread.join()
    server.server_close()
    assert list(security.reports(app)) == [], "refused by the content security policy"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a run; each test has contexts of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(live: Live, chromium: Browser) -> Iterator[NewPage]:
    """Opens a browser of its own: `new_page(width=320, script=False)`. Paths are enough for `goto`."""
    contexts: list[BrowserContext] = []
    failed: list[str] = []

    def make(width: int = WIDE, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: failed.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert failed == [], "a script failed"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A wide screen with script."""
    return new_page()


@pytest.fixture
def narrow_page(new_page: NewPage) -> Page:
    """A phone, 320 px, with script."""
    return new_page(width=NARROW)


@pytest.fixture
def plain_page(new_page: NewPage) -> Page:
    """A wide screen without script."""
    return new_page(script=False)


@pytest.fixture(scope="session")
def check_axe() -> Callable[[Page], None]:
    """`check_axe(page)`: no violation of WCAG 2.2 A and AA, no sideways scrolling. For pages with script."""
    source = (VENDOR / "axe.min.js").read_text()

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate(AXE, WCAG)
        told = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
        assert told == [], f"{page.url}: {told}"
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{page.url} scrolls sideways: {width}"

    return check
