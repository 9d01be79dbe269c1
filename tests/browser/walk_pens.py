"""How a person puts an answer into a page: with a mouse, or with nothing but the keyboard. Both pens do the same."""

from playwright.sync_api import Locator, Page

FOCUSED = "() => [document.activeElement.name || '', document.activeElement.value || '', document.activeElement.type]"
FURTHEST = 150  # presses of the tab key, on the longest page


def named(page: Page, name: str, value: str | None = None) -> Locator:
    """The box of this name that a person sees; of a group, the option of this value."""
    return page.locator(f'[name="{name}"]' + (f'[value="{value}"]' if value is not None else "")).first


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, name: str, text: str) -> None:
        named(self.page, name).fill(text)

    def choose(self, name: str, value: str) -> None:
        """An option of a list, or a radio button."""
        if self.page.locator(f'select[name="{name}"]').count():
            named(self.page, name).select_option(value)
        else:
            named(self.page, name, value).check()

    def tick(self, name: str, value: str = "y") -> None:
        named(self.page, name, value).check()

    def school(self, name: str, urn: int, called: str) -> None:
        """By its name from the suggestions; where there are none, by its URN."""
        box = self.page.locator(f'input[type=hidden][name="{name}"] + div input')
        if not box.count():
            return self.type(name, str(urn))
        box.press_sequentially(called[:12])
        self.page.get_by_role("option", name=f"(URN {urn})").click()

    def press(self, button: str) -> None:
        self.go(self.page.get_by_role("button", name=button, exact=True))

    def go(self, wanted: Locator) -> None:
        """A button or a link."""
        wanted.click()


class Keys:
    """Tab, arrows, space, enter and letters: no mouse, and no box is reached in any other way."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, name: str, text: str) -> None:
        self._tab_to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """A group of radio buttons is one stop of the tab key; arrows choose inside it."""
        self._tab_to(name)
        if self._here()[1] == value:
            self.page.keyboard.press("Space")
        for _ in range(FURTHEST):
            if self._here()[1] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {value} of {name} by keyboard")

    def tick(self, name: str, value: str = "y") -> None:
        self._tab_to(name, value)
        self.page.keyboard.press("Space")

    def school(self, name: str, urn: int, called: str) -> None:
        """By its URN: for pages without script, which have no suggestions."""
        self.type(name, str(urn))

    def press(self, button: str) -> None:
        """The button is reached from the box before it, or from the top of the page."""
        self.go(self.page.get_by_role("button", name=button, exact=True))

    def go(self, wanted: Locator) -> None:
        """A button or a link, reached in the same way."""
        for _ in range(FURTHEST):
            if wanted.evaluate("one => one === document.activeElement"):
                return self.page.keyboard.press("Enter")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {wanted} by keyboard")

    def _tab_to(self, name: str, value: str | None = None) -> None:
        for _ in range(FURTHEST):
            here = self._here()
            if here[0] == name and value in (None, here[1]):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {name} {value or ''} by keyboard")

    def _here(self) -> list[str]:
        return list(self.page.evaluate(FOCUSED))


Pen = Mouse | Keys
