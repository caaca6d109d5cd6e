"""Somebody in front of a browser: looks, presses, types; counts both, and writes down what the console complains of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from playwright.sync_api import Error, Locator, expect

from members.models import User
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

# What a browser says when its network is cut, on a page that was about to ask for a file, the one beside it included.
CUT = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "unknown error occurred when fetching the script")


def session_of(username: str) -> dict[str, str]:
    """The cookie of a fresh session, as the browser would hold it."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="members.accounts.Backend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


class Person:
    """`expected` are pieces of console messages that belong to the journey, such as a cut network."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.clicks = 0
        self.fields = 0
        self.letters = 0  # typed by hand; what is pasted is none
        self.loads = 0  # whole pages; an exchanged part of one is none
        self.looks: Callable[[Page], None] | None = None  # at every screen that comes
        context.on("console", self._heard)
        context.on("weberror", self._broken)
        self.page = context.new_page()
        self.page.on("domcontentloaded", self._loaded)

    def _loaded(self, page: Page) -> None:
        self.loads += 1

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(piece in message.text for piece in self.expected):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _broken(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def leaves(self) -> None:
        """What is said in this browser from now on concerns somebody else."""
        self.context.remove_listener("console", self._heard)
        self.context.remove_listener("weberror", self._broken)

    def waits_until_sent(self) -> None:
        """A form that asks first whether anybody is there takes a moment to leave; a page without its styles is none yet."""
        self.page.locator("html[data-reaching]").wait_for(state="detached")
        self.page.wait_for_load_state()

    def goes_to(self, path: str) -> Page:
        self.waits_until_sent()
        self.page.goto(path)
        self._looks()
        return self.page

    def _looks(self) -> None:
        if self.looks is not None:
            self.looks(self.page)

    def signs_in(self, username: str) -> None:
        self.goes_to("/sign-in/")
        self.enters(username)

    def enters(self, username: str) -> None:
        """At the door: name, password, and in."""
        self.types("Tên đăng nhập", username)
        self.types("Mật khẩu", PASSWORD)
        self.presses("Đăng nhập")
        expect(self.page.get_by_role("heading", name="Đăng nhập")).to_have_count(0)
        expect(self.page.locator("form[action='/sign-out/']")).to_be_attached()  # on a phone inside the menu

    def button(self, name: str) -> Locator:
        """What has these words on it and does something when it is pressed."""
        exact = {"name": name, "exact": True}
        return self.page.get_by_role("button", **exact).or_(self.page.get_by_role("link", **exact))

    def _marks_the_desk(self) -> None:
        """So that the next one is told from it; a page that is just coming is waited for."""
        mark = "document.getElementById('desk')?.setAttribute('data-old', '')"
        try:
            self.page.evaluate(mark)
        except Error:
            self.page.wait_for_load_state()
            self.page.evaluate(mark)

    def presses(self, what: str | Locator) -> None:
        """One click, and the wait until the desk has been exchanged, or a form that asks first has been sent."""
        target = self.button(what) if isinstance(what, str) else what
        self.waits_until_sent()
        self._marks_the_desk()
        target.click()
        self.clicks += 1
        self.page.locator("#desk[data-old]").wait_for(state="detached")
        self.waits_until_sent()
        self._looks()

    def unfolds(self, words: str) -> None:
        self.page.locator("summary, a[href*='open=']", has_text=words).first.click()
        self.clicks += 1

    def field(self, label: str) -> Locator:
        """A field by its words, whether or not a star says that it must be filled in."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))

    def types(self, label: str, text: str) -> None:
        self.pastes(label, text)
        self.letters += len(text)

    def pastes(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.fields += 1

    def chooses(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)
        self.fields += 1

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def writes(self, text: str) -> None:
        """Type where the cursor stands."""
        self.page.keyboard.insert_text(text)
        self.fields += 1
        self.letters += len(text)

    @property
    def minutes(self) -> float:
        """Of somebody who is not used to a keyboard, by the keystroke-level model (Card, Moran, Newell 1980): 1.2 s for a
        letter, 1.1 s to point at something, 0.2 s to press it, 1.35 s to think before either. Reading is not in it.
        """
        return (self.letters * 1.2 + self.fields * (1.1 + 1.35) + self.clicks * (1.1 + 0.2 + 1.35)) / 60

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def saved(self, form: str) -> None:
        """The line beside this text says that the server has it."""
        expect(self.state_of(form)).to_contain_text("Đã lưu", timeout=35_000)  # the longest pause between two tries

    def state_of(self, form: str) -> Locator:
        return self.page.locator(f"form[data-write='{form}'] [data-save-state]")
