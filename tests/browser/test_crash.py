"""A browser that is killed in the middle of a sentence: the words are on the disk, and nobody else can read them there."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, QUIET
from tests.browser.person import CUT, Person, session_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright
    from pytest_django.live_server_helper import LiveServer

    from meetings.models import Remark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET = "Câu này chỉ người ghi mới được đọc"


def start(playwright: Playwright, chromium_path: str, profile: Path, server: LiveServer) -> BrowserContext:
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium_path, args=QUIET, base_url=server.url
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{**session_of("hoa"), "url": server.url}])
    return context


def kill_browser_of(profile: Path) -> None:
    """The process that holds this profile, and no other."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words and not any(w.startswith(b"--type=") for w in words):
            os.kill(int(entry.name), signal.SIGKILL)


def places_of(text: str, folder: Path) -> list[str]:
    """Every file below the folder that holds the text as it is."""
    forms = [text.encode("utf-8"), text.encode("utf-16-le")]
    return [str(path) for path in folder.rglob("*") if any(form in bytes_of(path) for form in forms)]


def bytes_of(path: Path) -> bytes:
    """Nothing of a folder or socket, nor of a file that the browser, still at work, has taken away meanwhile."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the browser's process in /proc")
def test_words_outlive_a_killed_browser_and_lie_on_its_disk_unreadable(
    remark: Remark, playwright: Playwright, chromium_path: str, live_server: LiveServer, tmp_path: Path
) -> None:
    profile, path = tmp_path / "profile", f"/items/{remark.item_id}/desk/"
    before = start(playwright, chromium_path, profile, live_server)
    hoa = Person(before)
    hoa.expected = CUT
    hoa.goes_to(path)
    before.set_offline(True)
    hoa.field("Góp ý vào dự thảo").press_sequentially(SECRET)
    expect(hoa.state_of(f"remark-{remark.pk}")).to_contain_text("Đang chờ mạng")
    hoa.page.wait_for_function("window.chibo.drafts.all().then(found => found.length === 1)")
    with before.expect_event("close"):
        kill_browser_of(profile)
    assert places_of(SECRET, profile) == []
    after = start(playwright, chromium_path, profile, live_server)
    again = Person(after)
    again.goes_to(path)
    again.saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert remark.proposal == SECRET
    after.close()
    # saved words stand on the page that worker.js may keep at hand until nobody is signed in; nowhere else
    assert [path for path in places_of(SECRET, profile) if "/Service Worker/CacheStorage/" not in path] == []
    assert hoa.complaints + again.complaints == []
