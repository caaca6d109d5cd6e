"""What is wrong with the screen that somebody looks at: it runs off the side, is too small for a thumb, or axe complains."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE_SCRIPT = Axe().axe_script
AXE = {
    "resultTypes": ["violations"],
    "preload": False,  # no rule among these reads a style sheet itself
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
}
# A link inside a sentence is as high as its line (WCAG 2.5.8 lets it); a box is pressed with its label.
SMALL = """least => [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden, .skip'))
    .filter(one => !(one.localName === 'a' && getComputedStyle(one).display === 'inline'))
    .map(one => ['checkbox', 'radio'].includes(one.type) ? one.closest('.form-check') : one)
    .filter(one => one.getBoundingClientRect().height < least)
    .map(one => `${one.outerHTML.slice(0, 120)}: ${Math.round(one.getBoundingClientRect().height)} px`)"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter(one => one.checkVisibility()).map(one => Number(one.localName[1]))"""
SECTIONS = (
    "() => [document.title, ...document.querySelectorAll('main section[id]')].map(one => one.id ?? one).join(' ')"
)
THUMB = 44


def misfits(page: Page) -> list[str]:
    """What the width of the window may change."""
    wrong = [f"runs off the side by {wider} px" for wider in [page.evaluate(WIDER)] if wider > 0]
    wrong += [f"too small: {one}" for one in page.evaluate(SMALL, THUMB)]
    levels = page.evaluate(LEVELS)
    if levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        wrong.append(f"headings {levels}")
    return wrong


def complaints(page: Page) -> list[str]:
    """What axe finds; only that is brought over from the browser, not all that it has looked at."""
    page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("options => axe.run(document, options).then(found => found.violations)", AXE)
    return [f"axe {violation['id']}: {node['html'][:160]}" for violation in violations for node in violation["nodes"]]


class Eyes:
    """Looks at each screen of a journey once: the same address with the same sections is the same screen."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[str]] = {}

    def __call__(self, page: Page) -> None:
        path = urlsplit(page.url).path
        width = (page.viewport_size or {"width": 0})["width"]
        shown = re.sub(r"\d+", "#", page.evaluate(SECTIONS))
        screen = f"{resolve(path).view_name} [{shown}] at {width} px"
        if screen not in self.wrong:
            self.wrong[screen] = misfits(page) + complaints(page)

    @property
    def found(self) -> dict[str, list[str]]:
        return {screen: wrong for screen, wrong in self.wrong.items() if wrong}
