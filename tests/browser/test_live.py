"""Two real workers: streams on both hear of a click at either, and the server stops while they are open."""

from __future__ import annotations

import json
import re
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from benchmarks.server import Client as Line
from benchmarks.server import serving_pages
from meetings.live.hub import MOST_OF_ONE
from tests.browser.person import Person, session_of
from tests.factories import new_key
from tests.killing import Server
from tests.meetings.steps import fresh, item_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from meetings.models import Meeting
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's workers in /proc"),
]
MOST = 60  # streams until both workers have one
AGREE_WITHIN = 2000  # milliseconds


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    one.start()
    yield one
    one.stop()


def stream(server: Server, ticket: str, version: int, session: str) -> socket.socket:
    head = f"Host: 127.0.0.1\r\nCookie: other=1; {settings.SESSION_COOKIE_NAME}={session}\r\n"
    line = socket.create_connection(("127.0.0.1", server.port))
    line.settimeout(10)
    line.sendall(f"GET /live/{ticket}?v={version} HTTP/1.1\r\n{head}\r\n".encode())
    return line


def hears(line: socket.socket, words: bytes) -> bytes:
    heard = b""
    while words not in heard:
        more = line.recv(1 << 16)
        assert more, f"cut after {heard!r}"
        heard += more
    return heard


def sockets_of(pid: int) -> int:
    return sum(str(one.readlink()).startswith("socket:") for one in Path(f"/proc/{pid}/fd").iterdir())


def test_streams_of_both_workers_hear_of_a_click_and_hold_up_no_stop(opened: Meeting, server: Server) -> None:
    assert server.process is not None
    session = session_of("lan")["value"]
    lan = Line(server.port, session)
    door = json.loads(lan.get(f"/meetings/{opened.pk}/live/pocket/").body)
    workers = serving_pages(server.process.pid)
    before = [sockets_of(one) for one in workers]
    lines = []
    while len(lines) < MOST and any(sockets_of(one) < old + 3 for one, old in zip(workers, before, strict=True)):
        door = json.loads(lan.get(f"/meetings/{opened.pk}/live/pocket/").body)
        lines.append(stream(server, door["ticket"], door["v"], session))
        hears(lines[-1], b"event: beat")
    assert len(lines) < MOST
    pressed = lan.post(f"/items/{item_of(opened).pk}/start/", {"key": new_key()})
    told = [hears(line, b"event: screen") for line in lines]
    assert (pressed.status, {re.search(rb"id: (\d+)", one)[1] for one in told}) == (
        302,
        {b"%d" % fresh(opened).version},
    )
    for ticket, whose in ((door["ticket"][:-1], session), (door["ticket"], ""), (door["ticket"], "of somebody else")):
        with stream(server, ticket, 0, whose) as refused:
            assert refused.recv(100).startswith(b"HTTP/1.1 403")
    many = [stream(server, door["ticket"], 0, session) for _ in range(2 * MOST_OF_ONE)]
    assert {line.recv(12) for line in many} == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
    for line in many:
        line.close()
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 8
    assert {line.recv(1 << 16) for line in lines} == {b""}


def sit_down(chromium: Browser, server: Server, username: str, width: int, height: int) -> Person:
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{server.port}", viewport={"width": width, "height": height}, locale="vi-VN"
    )
    context.add_cookies([{**session_of(username), "url": f"http://127.0.0.1:{server.port}"}])
    return Person(context)


def reads(page: Page, words: str) -> None:
    page.locator(".screen", has_text=words).wait_for(timeout=AGREE_WITHIN)


@pytest.mark.browser
def test_wall_and_pocket_agree_with_the_desk_within_two_seconds_whatever_the_device_s_clock_says(
    cast: Cast, opened: Meeting, server: Server, chromium: Browser
) -> None:
    hoa, lan, tuan = (
        sit_down(chromium, server, name, width, height)
        for name, width, height in (("hoa", 1280, 800), ("lan", 1280, 720), ("tuan", 360, 740))
    )
    tuan.page.clock.set_system_time("2031-01-01T00:00:00Z")
    kinds: list[str] = []
    tuan.page.on("request", lambda request: kinds.append(request.resource_type))
    wall, pocket = lan.goes_to(f"/meetings/{opened.pk}/wall/"), tuan.goes_to(f"/meetings/{opened.pk}/pocket/")
    reads(pocket, "Chưa vào nội dung nào.")
    hoa.goes_to(f"/items/{item_of(opened).pk}/desk/")
    hoa.presses("Bắt đầu nội dung này")
    for page in (wall, pocket):
        reads(page, "Thảo luận chuyên đề")
        reads(page, f"còn {item_of(opened).minutes} phút")
    hoa.page.locator(".speakers").get_by_role("button", name="Lê Anh Tuấn").click()
    reads(wall, "Đ/c Lê Anh Tuấn")
    reads(pocket, "Mời đồng chí phát biểu.")
    assert "eventsource" in kinds
    for person in (hoa, lan, tuan):
        assert person.complaints == []
        person.context.close()


@pytest.mark.browser
@pytest.mark.in_turn
def test_a_screen_whose_streams_are_blocked_asks_by_itself_and_says_when_nobody_answers(
    cast: Cast, opened: Meeting, server: Server, chromium: Browser
) -> None:
    tuan = sit_down(chromium, server, "tuan", 360, 740)
    tuan.context.route(re.compile(r"^http://[^/]+/live/"), lambda route: route.abort())
    pocket = tuan.goes_to(f"/meetings/{opened.pk}/pocket/")
    lan = Line(server.port, session_of("lan")["value"])
    lan.post(f"/items/{item_of(opened).pk}/start/", {"key": new_key()})
    pocket.locator(".now-title", has_text="Thảo luận chuyên đề").wait_for(timeout=20_000)
    server.stop()
    pocket.wait_for_timeout(3000)
    assert not pocket.locator("[data-live-stale]").is_visible()
    pocket.get_by_text(re.compile(r"^Chưa cập nhật từ \d\d:\d\d$")).wait_for(timeout=20_000)
    server.start()
    pocket.get_by_text("Chưa cập nhật từ").wait_for(state="hidden", timeout=20_000)
    tuan.context.close()
