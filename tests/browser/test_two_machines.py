"""An evening on two machines behind one proxy: people notice neither which of them answers nor that one is gone."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from documents.pdf import to_pdf
from meetings.papers import build_minutes
from tests import machines
from tests.browser.person import Person, session_of
from tests.factories import PASSWORD
from tests.sample import only_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response
    from pytest_django import Settings

    from meetings.models import Meeting, Remark
    from tests.conftest import Cast
    from tests.machines import Machine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two servers share PostgreSQL"),
    pytest.mark.skipif(not machines.can(), reason="makes networks: root, iproute2, nginx, socat"),
    only_long,
]
AGREE_WITHIN = 1000  # milliseconds
PROPOSAL = "Góp ý vào dự thảo"


class Sitting(Person):
    """Somebody whose browser notes which machine has answered."""

    def __init__(self, chromium: Browser, address: str, width: int) -> None:
        super().__init__(
            chromium.new_context(base_url=address, viewport={"width": width, "height": 800}, locale="vi-VN")
        )
        self.answered: list[str] = []  # a page each
        self.stream = ""
        self.expected = ("Failed to load resource", "ERR_")
        self.page.on("response", self._notes)

    def _notes(self, response: Response) -> None:
        who = (response.headers.get("x-served-by") or "").rpartition(" ")[2].partition(":")[0]
        if "/live/" in response.url and "/meetings/" not in response.url:
            self.stream = who
        elif response.request.is_navigation_request() and who:
            self.answered.append(who)

    def listens(self, address: str, seconds: float) -> bool:
        """Whether that machine holds its stream within so many seconds."""
        end = time.monotonic() + seconds
        while self.stream != address and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        return self.stream == address

    def listens_at(self, address: str, path: str) -> None:
        """Comes back until its stream is held there: nothing sticks, requests go by turns."""
        for attempt in range(12):
            if attempt % 3 == 2:  # a page that asks an even number of times finds the same turn each time
                self.page.request.get("/healthz")
            self.stream = ""
            self.goes_to(path)
            if self.listens(address, 2):
                return
        raise AssertionError(f"no stream at {address}")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Machine, Machine, str]]:
    with ExitStack() as stack:
        for name in ("a", "b", "proxy"):
            (tmp_path / name).mkdir()
        a, b = (stack.enter_context(machines.machine(n, tmp_path / name)) for n, name in ((1, "a"), (2, "b")))
        yield a, b, stack.enter_context(machines.proxy([a, b], tmp_path / "proxy"))


def test_an_evening_goes_on_when_one_of_two_machines_dies(
    cast: Cast,
    remark: Remark,
    pair: tuple[Machine, Machine, str],
    chromium: Browser,
    tmp_path: Path,
    settings: Settings,
) -> None:
    a, b, address = pair
    meeting = remark.item.meeting
    hoa, tuan = Sitting(chromium, address, 1280), Sitting(chromium, address, 360)

    settings.PASSWORD_HASHERS = ["members.accounts.Hasher"]  # as both servers read it
    account = cast.account(cast.hoa)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    hoa.signs_in("hoa")
    for _ in range(3):
        hoa.goes_to("/")
    assert {*hoa.answered} == {a.address, b.address}  # the door at one of them, the pages at both
    print("\nsigned in and three pages, answered by", hoa.answered)
    tuan.context.add_cookies([{**session_of("tuan"), "url": address}])

    attach_and_fetch(tuan, meeting, tmp_path)

    desk = f"/items/{remark.item_id}/desk/?remark={remark.pk}"
    hoa.listens_at(a.address, desk)
    tuan.listens_at(b.address, f"/meetings/{meeting.pk}/pocket/")
    began = time.monotonic()
    hoa.page.locator(".speakers").get_by_role("button", name="Trần Thị Lan").click()
    reads(tuan.page, "Trần Thị Lan")
    print(f"desk on one machine, pocket on the other: {time.monotonic() - began:.2f} s with the click")

    hoa.listens_at(a.address, desk)
    write(hoa, remark, "Trước khi máy thứ nhất tắt.")
    write(hoa, remark, "Máy thứ nhất tắt giữa câu này.", a.server.kill_everything)
    assert hoa.page.evaluate("document.readyState") == "complete"
    assert hoa.listens(b.address, 20)
    assert hoa.goes_to("/").url == f"{address}/"
    assert hoa.answered[-1] == b.address  # still signed in

    a.server.start()
    time.sleep(10)  # so long the proxy leaves it alone
    hoa.goes_to(desk)
    tuan.listens_at(a.address, f"/meetings/{meeting.pk}/pocket/")
    write(hoa, remark, "Dây của máy thứ hai đứt giữa câu này.", b.pull_the_cable)
    began = time.monotonic()
    hoa.page.reload()
    print(f"a page after the cable was pulled: {time.monotonic() - began:.2f} s")
    assert hoa.answered[-1] == a.address
    hoa.page.get_by_role("button", name="Mời ngay: đồng chí Nguyễn Thị Hoa").click()
    reads(tuan.page, "Nguyễn Thị Hoa", 10_000)
    assert hoa.complaints + tuan.complaints == []


def reads(page: Page, words: str, within: int = AGREE_WITHIN) -> None:
    page.locator(".screen", has_text=words).wait_for(timeout=within)


def write(hoa: Sitting, remark: Remark, words: str, meanwhile: Callable[[], object] = bool) -> None:
    """Typed as people type, and stored, as the page says and the table shows; `meanwhile` happens within a word."""
    field = hoa.page.locator(f"form[data-write='remark-{remark.pk}']").get_by_label(PROPOSAL)
    field.press("End")
    half = len(words) // 2
    field.press_sequentially(f" {words[:half]}", delay=60)
    meanwhile()
    field.press_sequentially(words[half:], delay=60)
    typed = time.monotonic()
    while remark.proposal != field.input_value().strip() and time.monotonic() < typed + 60:
        hoa.page.wait_for_timeout(100)
        remark.refresh_from_db()
    print(f"“{words}” stored {time.monotonic() - typed:.1f} s after the last key")
    hoa.saved(f"remark-{remark.pk}")
    assert (remark.proposal, remark.proposal.endswith(words)) == (field.input_value().strip(), True)


def attach_and_fetch(tuan: Sitting, meeting: Meeting, folder: Path) -> None:
    """Sent to whichever machine answers; both give the same bytes back."""
    file = folder / "du-thao.pdf"
    file.write_bytes(to_pdf(build_minutes(meeting)))
    tuan.goes_to(f"/meetings/{meeting.pk}/paper/edit/")
    tuan.page.locator("input[type=file]").set_input_files(file)
    tuan.ticks("Tệp này không thuộc danh mục bí mật nhà nước")
    tuan.presses("Đính kèm")
    tuan.sees("Đang có: du-thao.pdf")
    got: dict[str, Any] = {}
    for _ in range(6):
        answer = tuan.page.request.get(f"/meetings/{meeting.pk}/paper/file/")
        got[answer.headers["x-served-by"]] = answer.body()
    assert (len(got), {*got.values()}) == (2, {file.read_bytes()})
