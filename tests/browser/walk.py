"""A person at a browser: signs in, opens, presses, reads. Every page that comes is looked at by the walk's lookout."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

from tests.browser.conftest import Live
from tests.browser.walk_lookout import Lookout
from tests.browser.walk_neighbours import NEIGHBOURHOOD
from tests.browser.walk_pens import Keys, Mouse, Pen
from tests.browser.walk_post import Post
from tests.clock import Clock

PASSWORD = "three words that rhyme"
#: The people of the examples as they would be called.
NAMES = {
    "alice": "Alice Harper", "rita": "Rita Okafor", "ed": "Ed Larkin", "ned": "Ned Barlow", "sam": "Sam Whitlock",
    "olu": "Olu Adeyemi", "oscar": "Oscar Reid", "priya": "Priya Nair", "pete": "Pete Holloway", "pam": "Pam Siddiqui",
    "cleo": "Cleo Bennett", "aisha": "Aisha Rahman", "harriet": "Harriet Lane", "dev": "Dev Mensah",
    "ada": "Ada Price", "audrey": "Audrey Cole",
}  # fmt: skip

SIGNATORIES = "@signatories.example"  # the domain of all who have no account when the walk begins


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
    def mails(self) -> dict[str, tuple[str, ...]]:
        """What each got, in order, by its subjects; less what the neighbours got."""
        arrived = [(to, subject.strip()) for to, subject in self.post.arrived if not to.endswith(NEIGHBOURHOOD)]
        return {who: tuple(subject for to, subject in arrived if to == who) for who, _ in arrived}

    def end(self) -> None:
        """The worker does what is left, and the report of the tests says how many pages were looked at."""
        self.post.deliver()
        self.count("pages looked at", len(self.lookout.met))


class Person:
    """Somebody with a browser of their own: with an account, or with no more than a link in a mail."""

    def __init__(self, walk: Walk, name: str, *, by_keyboard: bool = False) -> None:
        self.walk, self.name = walk, name
        self.email = walk.emails.get(name) or f"{name}{SIGNATORIES}"
        self.page = walk.new_page()
        self.pen: Pen = Keys(self.page) if by_keyboard else Mouse(self.page)
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

    def sign_in(self, pen: Pen | None = None) -> None:
        """On the sign-in page: address, password, button."""
        pen = pen or self.pen
        pen.type("email", self.email)
        pen.type("password", PASSWORD)
        self._go(lambda: pen.press("Sign in"))

    def press(self, label: str) -> None:
        """The button or link of this name, which leads to another page."""
        self._go(lambda: self.pen.go(self.control(label)))

    def follow_mail(self, about: str) -> None:
        """Open what the last mail with these words in its subject leads to."""
        self.open(self.walk.post.link(self.email, about))

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
