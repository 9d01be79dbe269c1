"""A person at a browser: signs in, opens, presses, reads. Every page that comes is looked at by the walk's lookout."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

from tests.browser.conftest import Live
from tests.browser.walk_lookout import Lookout
from tests.browser.walk_neighbours import NEIGHBOURHOOD
from tests.browser.walk_pens import Keys, Mouse
from tests.browser.walk_post import Post
from tests.clock import Clock

PASSWORD = "three words that rhyme"
#: The people of the examples as they would be called.
NAMES = {
    "alice": "Alice Harper", "rita": "Rita Okafor", "ed": "Ed Larkin", "sam": "Sam Whitlock", "olu": "Olu Adeyemi",
    "oscar": "Oscar Reid", "priya": "Priya Nair", "pete": "Pete Holloway", "pam": "Pam Siddiqui",
    "cleo": "Cleo Bennett", "aisha": "Aisha Rahman", "harriet": "Harriet Lane", "dev": "Dev Mensah",
    "ada": "Ada Price", "audrey": "Audrey Cole",
}  # fmt: skip

SIGNATORIES = "@signatories.example"  # the domain of those who confirm by link


@dataclass(frozen=True)
class Walk:
    """What all who walk share: the service, its post, its time, and browsers to sit down at."""

    live: Live
    lookout: Lookout
    post: Post
    clock: Clock
    new_page: Callable[[], Page]
    emails: dict[str, str]
    neighbours: Callable[[], None]  # other schools' cases, for pictures
    count: Callable[[str, object], None]

    def later(self, moment: str) -> None:
        """The worker does what is due; then so much time passes that everybody has to sign in again."""
        self.post.deliver()
        self.clock.travel(moment)

    @property
    def mails(self) -> list[tuple[str, str]]:
        """To whom, and about what; less what the neighbours got, and those who are to confirm by link."""
        return [mail for mail in self.post.arrived if not mail[0].endswith((NEIGHBOURHOOD, SIGNATORIES))]

    def end(self) -> None:
        """The worker does what is left, and the report of the tests says how many pages were looked at."""
        self.post.deliver()
        self.count("pages looked at", len(self.lookout.met))


class Person:
    """Somebody with an account and a browser of their own."""

    def __init__(self, walk: Walk, name: str) -> None:
        self.walk, self.name = walk, name
        self.email = walk.emails[name]
        self.page = walk.new_page()
        self.pen = Mouse(self.page)
        self._answer: Response | None = None
        self.page.on("response", self._keep)

    @property
    def reads(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text().strip()

    def sees(self, words: str) -> None:
        """These words stand on the page."""
        page = " ".join(self.page.locator("main").inner_text().split())
        assert words in page, f"{self.name} sees no {words!r} on {self.page.url}: {page}"

    def open(self, path: str) -> None:
        """Go to a page of the service, by way of signing in where it asks."""
        self.page.goto(path)
        self._look()
        if urlsplit(self.page.url).path == "/sign-in":
            self.sign_in()

    def sign_in(self, pen: Mouse | Keys | None = None) -> None:
        """On the sign-in page: address, password, button."""
        pen = pen or self.pen
        pen.type("email", self.email)
        pen.type("password", PASSWORD)
        self._go(lambda: pen.press("Sign in"))

    def press(self, label: str) -> None:
        """The button or link of this name, which leads to another page."""
        self._go(self.control(label).click)

    def control(self, label: str) -> Locator:
        button, link = (self.page.get_by_role(role, name=label, exact=True) for role in ("button", "link"))
        return button.or_(link).first

    def fetch(self, path: str) -> bytes:
        """The PDF at this address, as this person is given it."""
        answer = self.page.context.request.get(self.walk.live.url(path))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), path
        return answer.body()

    def picture(self, name: str, **how: int) -> None:
        self.walk.lookout.picture(self.page, name, **how)

    def fetch_link(self, label: str) -> bytes:
        """The PDF that this link leads to."""
        return self.fetch(self.control(label).get_attribute("href") or "")

    def _go(self, action: Callable[[], object]) -> None:
        with self.page.expect_navigation():
            action()
        self._look()

    def _keep(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in range(300, 400):
            self._answer = response

    def _look(self) -> None:
        assert self._answer
        self.walk.lookout.look(self.page, self._answer.text())
