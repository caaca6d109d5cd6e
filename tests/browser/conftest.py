"""A Chromium, and people who sit down in front of it. A page that complains in its console fails the journey."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from benchmarks.chromium import chromium as chromium_here
from meetings.actions import evening
from tests.browser.person import Person, session_of
from tests.factories import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.live_server_helper import LiveServer

    from meetings.models import Meeting, Remark
    from tests.conftest import Cast

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A process for a page costs more than the page; all pages here are of one site.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
]
NOTHING = '<link rel="icon" href="data:,">'
PATIENCE = 10_000  # milliseconds; two cores are shared by two workers


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = chromium_here()
    if found is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium is installed: apt-get install chromium")
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def playwright(chromium_path: str) -> Iterator[Playwright]:
    """Playwright keeps an event loop in this thread, which Django takes for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
    yield browser
    browser.close()


@dataclass
class Seat:
    """A browser of one's own. Between two people it forgets all it knew; only its process goes on."""

    context: BrowserContext
    parked: Page  # keeps the process alive

    def clear_away(self, server: str) -> None:
        for page in self.context.pages:
            if page != self.parked:
                page.close()
        self.context.set_offline(False)
        told = self.context.new_cdp_session(self.parked)
        told.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": "all"})
        told.detach()
        self.context.clear_cookies()


@pytest.fixture(scope="session")
def seats(chromium: Browser, live_server: LiveServer) -> Seats:
    return Seats(chromium, live_server.url)


class Seats:
    """Those that nobody sits in, by width of the window and whether scripts run."""

    def __init__(self, chromium: Browser, server: str) -> None:
        self.chromium = chromium
        self.server = server
        self.free: dict[tuple[int, bool], list[Seat]] = defaultdict(list)

    def take(self, width: int, script: bool) -> Seat:
        free = self.free[width, script]
        return free.pop() if free else self.new(width, script)

    def new(self, width: int, script: bool) -> Seat:
        context = self.chromium.new_context(
            base_url=self.server,
            viewport={"width": width, "height": 800},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        parked = context.new_page()
        parked.route("**/parked", lambda route: route.fulfill(body=NOTHING, content_type="text/html"))
        parked.goto("/parked")
        return Seat(context, parked)

    def give_back(self, seat: Seat, width: int, script: bool) -> None:
        seat.clear_away(self.server)
        self.free[width, script].append(seat)


@pytest.fixture
def sit_down(seats: Seats) -> Iterator[Callable[..., Person]]:
    """`sit_down("lan", width=360)`: a browser of one's own, already signed in; without a name, at the door.

    With `clock` the test turns the clock of the browser, which cannot be turned back: nobody sits there afterwards.
    """
    people: list[tuple[Person, Callable[[], None]]] = []

    def take_a_seat(username: str = "", *, width: int = 1280, script: bool = True, clock: bool = False) -> Person:
        seat = seats.new(width, script) if clock else seats.take(width, script)
        if username:
            seat.context.add_cookies([{**session_of(username), "url": seats.server}])
        person = Person(seat.context)
        leave = seat.context.close if clock else lambda: seats.give_back(seat, width, script)
        people.append((person, leave))
        if clock:
            person.page.clock.install()
        return person

    yield take_a_seat
    for person, leave in people:
        person.leaves()
        leave()
    assert [line for person, _ in people for line in person.complaints] == []


@pytest.fixture
def remark(cast: Cast, opened: Meeting) -> Remark:
    """Tuấn has begun to speak about the thematic paper; nothing of it is written down yet."""
    who = {"by": cast.account(cast.hoa), "at": at("2026-12-03 19:20")}
    item = opened.items.get(step="thematic_discussion")
    evening.start_item(item, **who)
    return evening.add_remark(item, opened.attendances.get(member=cast.tuan), **who)
