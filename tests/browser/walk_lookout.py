"""Looks at every page of a walk, once each: whole, named, labelled, accessible, and as wide as a phone."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Live
from tests.pages import look_at

#: Which case, round or file it is does not make another page of it.
WHICH = {"public_id", "ref", "name", "letter_id", "document_id", "slug", "number", "token"}
HEIGHT = 900
MARK = "Demonstration, not a decision"
COLOURS = 128
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"


class Lookout:
    """`look(page, html)` after each step; `met` names the pages that were looked at."""

    def __init__(self, live: Live, check_axe: Callable[[Page], None] | None) -> None:
        """Without `check_axe`, which needs script, only widths are measured."""
        self.live, self.check_axe = live, check_axe
        self.met: dict[str, str] = {}
        self.pictures = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None

    def look(self, page: Page, html: str) -> None:
        """Every page of another kind, and the same one again where it says something else."""
        path = page.url.removeprefix(self.live.address).partition("#")[0]
        place = f"{self._kind(path)}: {page.title()}"
        if place in self.met:
            return
        self.met[place] = path
        look_at(html, path, self.live.app)
        assert (MARK in html) is self.live.app.config["DEMONSTRATION"], f"{path}: {MARK}?"
        self._at(page, NARROW)
        self._at(page, WIDE)

    def _at(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if self.check_axe:
            return self.check_axe(page)
        widths = page.evaluate(WIDTHS)
        assert widths[0] <= widths[1], f"{page.url} scrolls sideways: {widths}"

    def _kind(self, path: str) -> str:
        """The endpoint, with what of its address makes another page of it."""
        endpoint, facts = self.live.app.url_map.bind("").match(path.partition("?")[0])
        return " ".join([endpoint, *(str(fact) for name, fact in facts.items() if name not in WHICH)])

    def picture(self, page: Page, name: str, height: int = HEIGHT) -> None:
        """A picture of this page for the README, where they are asked for."""
        if self.pictures:
            page.set_viewport_size({"width": WIDE, "height": height})
            page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            self._keep(Image.open(io.BytesIO(page.screenshot())), name)
            page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def picture_of_paper(self, pdf: bytes, name: str) -> None:
        """The first page of a PDF, 1000 pixels wide."""
        if self.pictures:
            with pymupdf.open(stream=pdf) as document:
                paper: Any = document[0]
                shot = paper.get_pixmap(dpi=round(1000 / paper.rect.width * 72))
            self._keep(Image.frombytes("RGB", (shot.width, shot.height), shot.samples), name)

    def _keep(self, image: Image.Image, name: str) -> None:
        assert self.pictures
        self.pictures.mkdir(parents=True, exist_ok=True)
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(self.pictures / f"{name}.png", optimize=True)
