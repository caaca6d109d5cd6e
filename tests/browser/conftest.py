"""A Chromium, and people who sit down in front of it. A page that complains in its console fails the journey."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

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
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 10_000  # milliseconds; two cores are shared by two workers


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
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


@pytest.fixture
def sit_down(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Person]]:
    """`sit_down("lan", width=360)`: a browser of one's own, already signed in; without a name, at the door."""
    people: list[Person] = []

    def take_a_seat(username: str = "", *, width: int = 1280, script: bool = True) -> Person:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        if username:
            context.add_cookies([{**session_of(username), "url": live_server.url}])
        person = Person(context)
        people.append(person)
        return person

    yield take_a_seat
    for person in people:
        person.context.close()
    assert [line for person in people for line in person.complaints] == []


@pytest.fixture
def remark(cast: Cast, opened: Meeting) -> Remark:
    """Tuấn has begun to speak about the thematic paper; nothing of it is written down yet."""
    who = {"by": cast.account(cast.hoa), "at": at("2026-12-03 19:20")}
    item = opened.items.get(step="thematic_discussion")
    evening.start_item(item, **who)
    return evening.add_remark(item, opened.attendances.get(member=cast.tuan), **who)
