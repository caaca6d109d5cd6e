"""A member asks on the phone, the desk gives the floor, reorders by keyboard, pauses and takes a step back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.actions import evening, floor
from meetings.models import Meeting, Remark, Turn
from tests.browser.looked import complaints, misfits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]


A_DAY_AHEAD = "Date.now = (now => () => now() + 864e5)(Date.now)"


def flaws(person: Person) -> list[str]:
    return [*misfits(person.page), *complaints(person.page)]


def names(desk: Person) -> list[str]:
    return [text.partition(". ")[2] for text in desk.page.locator(".floor-list summary").all_inner_texts()]


def test_from_asking_on_the_phone_to_a_step_taken_back(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    who = {"by": cast.account(cast.hoa), "at": timezone.now()}
    item = opened.items.get(step="thematic_discussion")
    evening.start_item(item, **who)
    floor.limit(item, minutes=2, **who)
    tuan, hoa = sit_down("tuan", width=360), sit_down("hoa")
    hoa.page.add_init_script(A_DAY_AHEAD)
    hoa.goes_to(f"/items/{item.pk}/desk/")
    # the first name gets the floor with one click, and the cursor stands where one writes
    hoa.presses(hoa.page.locator(".speakers").get_by_role("button", name="Trần Thị Lan"))
    expect(hoa.field("Nhận thức")).to_be_focused()
    clock = hoa.page.locator("[data-turn-clock]")
    expect(clock).to_have_text("00:02")
    # the next one is put on the list while she speaks
    hoa.presses("Ghi vào danh sách: đồng chí Đỗ Văn Sơn")
    tuan.goes_to(f"/meetings/{opened.pk}/")
    tuan.presses("Đăng ký phát biểu")
    tuan.sees("Còn 1 người trước đồng chí.")
    assert flaws(tuan) == []
    # reordering by keyboard: the focus goes along with the button
    hoa.goes_to(f"/items/{item.pk}/desk/")
    up = hoa.page.get_by_role("button", name="Đưa lên: đồng chí Lê Anh Tuấn")
    up.focus()
    hoa.page.keyboard.press("Enter")
    expect(hoa.page.locator(".floor-list li").first).to_contain_text("Lê Anh Tuấn")
    expect(up).to_be_focused()
    assert names(hoa) == ["Lê Anh Tuấn", "Đỗ Văn Sơn"]
    assert flaws(hoa) == []
    tuan.goes_to(f"/meetings/{opened.pk}/")
    tuan.sees("Sắp đến lượt đồng chí.")
    # a pause stands still, whatever the clock of the device says, and after loading the page again
    hoa.presses("Tạm dừng")
    stood = clock.inner_text()
    hoa.page.reload()
    expect(clock).to_have_text(stood)
    hoa.presses("Tiếp tục")
    # the floor for Tuấn, by mistake: one step back, and Lan speaks again
    hoa.presses("Mời ngay: đồng chí Lê Anh Tuấn")
    assert Remark.objects.count() == 2
    hoa.presses("Hoàn tác: mời phát biểu")
    expect(hoa.page.locator(".floor-now")).to_contain_text("Trần Thị Lan")
    assert (names(hoa), Remark.objects.count()) == (["Lê Anh Tuấn", "Đỗ Văn Sơn"], 1)
    # closed: nobody asks any more; who stands there may go
    hoa.page.locator(".floor-more").filter(has_text="Danh sách đăng ký").locator("summary").click()
    hoa.presses("Đóng danh sách đăng ký")
    tuan.presses("Rút đăng ký")
    tuan.sees("Chủ trì đã đóng danh sách đăng ký phát biểu ở nội dung này.")
    # two minutes later the signal comes by itself, and cuts nobody off
    Turn.objects.filter(state="speaking").update(started_at=timezone.now() - timedelta(seconds=119))
    hoa.page.reload()
    expect(hoa.page.locator("[data-signal]")).to_have_text("Đã hết thời gian dự kiến của lượt này.")
    assert flaws(hoa) == []
    hoa.presses("Kết thúc lượt")
    expect(hoa.page.locator(".floor-now")).to_have_count(0)
    hoa.unfolds("Các lượt đã phát biểu")
    hoa.presses(hoa.page.get_by_role("link", name="Sửa giờ: đồng chí Trần Thị Lan"))
    expect(hoa.field("Bắt đầu lúc")).to_be_visible()
    assert flaws(hoa) == []
