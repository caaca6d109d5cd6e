"""The desk without a mouse: every stop of the tab key can be seen, and the place is kept when the desk changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.actions import evening
from meetings.models import Mark, Remark
from tests.factories import PASSWORD, at

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const label = one.labels?.[0] ?? one;
    return { words: (one.getAttribute('aria-label') ?? label.innerText).replace(/\\s+/g, ' ').trim(), tag: one.localName,
             ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
             shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight }; }"""
LONGEST_WAY = 120  # stops


def tab_to(person: Person, words: str) -> None:
    """Press the tab key until the control with these words has the focus; each stop shows where it is."""
    passed = []
    person.waits_until_sent()
    for _ in range(LONGEST_WAY):
        person.page.keyboard.press("Tab")
        stop = person.page.evaluate(FOCUSED)
        passed.append(stop["words"])
        assert (stop["words"], stop["ring"], stop["shown"]) == (stop["words"], True, True)
        if stop["words"].startswith(words):
            return
    pytest.fail(f"{words!r} is not among the stops of the tab key: {passed}")


def presses(person: Person, words: str, key: str = "Enter") -> None:
    """Go there with the tab key and press."""
    tab_to(person, words)
    person.page.evaluate("document.getElementById('desk')?.setAttribute('data-old', '')")
    person.page.keyboard.press(key)
    person.page.locator("#desk[data-old]").wait_for(state="detached")


def test_a_secretary_calls_the_roll_and_records_a_remark_with_the_keyboard_alone(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=at("2026-12-03 19:02"))
    lan = sit_down()
    lan.goes_to("/")
    expect(lan.field("Tên đăng nhập")).to_be_focused()
    lan.writes("lan")
    tab_to(lan, "Mật khẩu")
    lan.writes(PASSWORD)
    lan.page.keyboard.press("Enter")
    expect(lan.page.get_by_role("heading", name="Việc cần làm")).to_be_visible()
    presses(lan, "Vào bàn thư ký")
    expect(lan.page.get_by_role("heading", name="Điểm danh")).to_be_visible()
    presses(lan, "Đồng chí Nguyễn Thị Hoa: Có mặt", "Space")
    mine = lan.page.get_by_role("button", name="Đồng chí Nguyễn Thị Hoa: Có mặt")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(mine).to_be_focused()
    assert called.attendances.get(member=cast.hoa).mark == Mark.PRESENT
    lan.page.keyboard.press("Home")
    lan.page.locator("h1 a").focus()
    presses(lan, "5 Thảo luận chuyên đề")
    expect(lan.page.locator(".desk-work h2").first).to_be_focused()
    presses(lan, "Nguyễn Thị Hoa")
    expect(lan.field("Nhận thức")).to_be_focused()
    lan.writes("Nói đi đôi với làm.")
    lan.page.keyboard.press("Control+s")
    remark = Remark.objects.get()
    lan.saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert (remark.speaker.member, remark.awareness) == (cast.hoa, "Nói đi đôi với làm.")


def test_the_first_stop_of_a_page_leads_past_the_navigation(sit_down: Callable[..., Person], cast: Cast) -> None:
    lan = sit_down("lan")
    lan.goes_to("/")
    presses(lan, "Tới nội dung chính")
    assert lan.page.evaluate("document.activeElement.id") == "main"
