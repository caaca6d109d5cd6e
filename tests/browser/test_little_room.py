"""A device that keeps nothing, is full, or is used by somebody else now: it says so, loses nothing, does nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.models import Remark
from tests.browser.person import CUT, session_of
from tests.browser.test_offline import WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

FIRST = "Tôi nhất trí với dự thảo."
NO_ROOM = "Trình duyệt này không giữ được khi đóng trang: xin đừng đóng."
NO_DRAWER = "Object.defineProperty(window, 'indexedDB', { value: undefined })"
# Full from now on: what is asked to be kept is refused, as a browser refuses it.
FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }; }"


def away_from_the_network(hoa: Person, remark: Remark) -> Locator:
    hoa.expected = (*CUT, "401", "403")
    hoa.context.set_offline(True)
    box = hoa.page.get_by_role("region", name="Ghi khi mất mạng")
    expect(box).to_be_visible(**WITHIN)
    return box


def hold(box: Locator, words: str) -> None:
    box.get_by_label("Đồng chí").first.select_option(label="Nguyễn Thị Hoa")
    box.get_by_label("Ý kiến", exact=True).fill(words)
    box.get_by_role("button", name="Giữ ý kiến này").click()


def said_by_hoa() -> list[str]:
    return [one.words for one in Remark.objects.filter(speaker__name="Nguyễn Thị Hoa").order_by("pk")]


def test_a_browser_that_keeps_nothing_says_so_and_sends_once_what_its_page_held(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    """As in a private window without IndexedDB."""
    hoa = sit_down("hoa")
    hoa.page.add_init_script(NO_DRAWER)
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    box = away_from_the_network(hoa, remark)
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(f"remark-{remark.pk}")).to_contain_text("(đừng đóng trang này)")
    hold(box, "Cần kiểm tra hằng tháng.")
    expect(box).to_contain_text(NO_ROOM)
    expect(box.get_by_role("listitem")).to_have_count(1)
    hoa.context.set_offline(False)
    expect(box.get_by_role("listitem")).to_have_count(0, **WITHIN)
    hoa.saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert (remark.proposal, said_by_hoa()) == (FIRST, ["Cần kiểm tra hằng tháng."])


def test_a_device_without_room_says_so_and_loses_neither_what_it_held_before_nor_what_is_on_the_page(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    box = away_from_the_network(hoa, remark)
    hold(box, "Cần giao rõ người.")
    expect(box.get_by_role("listitem")).to_have_count(1)
    hoa.page.evaluate(FULL)
    hoa.types("Góp ý vào dự thảo", FIRST)
    state = hoa.state_of(f"remark-{remark.pk}")
    expect(state).to_contain_text("(đừng đóng trang này)", timeout=25_000)  # said with the next try
    hold(box, "Cần kiểm tra hằng tháng.")
    expect(box).to_contain_text(NO_ROOM)
    expect(box.get_by_role("listitem")).to_have_count(2)
    hoa.context.set_offline(False)
    expect(box.get_by_role("listitem")).to_have_count(0, **WITHIN)
    hoa.saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert (remark.proposal, said_by_hoa()) == (FIRST, ["Cần giao rõ người.", "Cần kiểm tra hằng tháng."])


def test_what_one_account_held_waits_while_another_uses_the_machine_and_is_done_once_afterwards(
    remark: Remark, sit_down: Callable[..., Person], live_server: LiveServer
) -> None:
    hoa = sit_down("hoa")
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    box = away_from_the_network(hoa, remark)
    hold(box, "Cần kiểm tra hằng tháng.")
    expect(box.get_by_role("listitem")).to_have_count(1)
    for who, sentence in (
        (
            "",
            "Phiên làm việc đã hết. Các việc vẫn còn trên máy này; xin đăng nhập lại ở thẻ mới, rồi trở lại trang này.",
        ),
        ("lan", "Máy này đang đăng nhập bằng tài khoản khác; các việc vẫn còn trên máy này."),
    ):
        hoa.context.set_offline(True)
        hoa.context.clear_cookies()
        if who:
            hoa.context.add_cookies([{**session_of(who), "url": live_server.url}])
        hoa.context.set_offline(False)
        expect(box).to_contain_text(sentence, **WITHIN)
        expect(box.get_by_role("listitem")).to_have_count(1)
        assert said_by_hoa() == []
    hoa.context.clear_cookies()
    hoa.context.add_cookies([{**session_of("hoa"), "url": live_server.url}])
    hoa.page.evaluate("dispatchEvent(new Event('focus'))")  # back on this page
    expect(box.get_by_role("listitem")).to_have_count(0, **WITHIN)
    assert said_by_hoa() == ["Cần kiểm tra hằng tháng."]
