"""An evening goes on without network: held on the device, at hand after the tab was closed, in the record once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.actions import evening
from meetings.models import Remark, Task, Vote
from tests.browser.person import CUT
from tests.factories import at

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

WITHIN = {"timeout": 12_000}
# until the cupboard holds this page and its files, or is gone
AT_HAND = """() => new Promise(done => { let n = 0; const look = () => ++n > 200 ? done(false) : caches.match(location.origin + location.pathname).then(found =>
    found && navigator.serviceWorker.controller ? done(true) : setTimeout(look, 50)); look(); })"""
READY = """() => Promise.race([navigator.serviceWorker.ready.then(() => true), new Promise(done => setTimeout(() => done(false), 10000))])"""
# whatever of the pages is left on the device
LEFT = """() => caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(one => one.keys()))))
    .then(found => found.flat().map(({ url }) => new URL(url).pathname).filter(path => !path.startsWith('/static/')))"""
GONE = """() => new Promise(done => { let n = 0; const look = () => ++n > 200 ? done(false) : caches.has('chibo-desk').then(found =>
    found ? setTimeout(look, 50) : done(true)); look(); })"""


def test_what_is_done_without_network_outlives_the_closed_tab_and_reaches_the_record_once(
    opened: Meeting, cast: Cast, sit_down: Callable[..., Person]
) -> None:
    item = opened.items.order_by("position")[4]
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:30"))
    hoa = sit_down("hoa")
    hoa.expected = (*CUT, "422")
    page = hoa.goes_to(f"/items/{item.pk}/desk/")
    box = page.get_by_role("region", name="Ghi khi mất mạng")
    assert page.evaluate(AT_HAND)
    expect(box).to_be_hidden()
    hoa.context.new_page().goto(f"/meetings/{opened.pk}/room/")  # another tab, so that the network stays cut

    hoa.context.set_offline(True)
    expect(box).to_be_visible(**WITHIN)
    expect(box).to_contain_text("Đang mất mạng từ")
    box.get_by_label("Đồng chí").first.select_option(label="Nguyễn Thị Hoa")
    box.get_by_label("Ý kiến", exact=True).fill("Cần kiểm tra hằng tháng.")
    box.get_by_role("button", name="Giữ ý kiến này").click()
    expect(box.get_by_role("listitem")).to_contain_text(["Đồng chí Nguyễn Thị Hoa: Cần kiểm tra hằng tháng."])
    box.get_by_text("Biểu quyết", exact=True).click()
    box.get_by_label("Nội dung biểu quyết").fill("Thông qua dự thảo")
    box.get_by_label("Tán thành", exact=True).fill("99")
    box.get_by_role("button", name="Giữ kết quả").click()
    expect(box).to_contain_text("Máy này đang giữ 2 việc, chưa lưu vào biên bản.")
    page.close()

    page = hoa.page = hoa.context.new_page()
    hoa.context.set_offline(True)  # this tab's as well
    page.goto(f"/items/{item.pk}/desk/")
    box = page.get_by_role("region", name="Ghi khi mất mạng")
    expect(box.get_by_role("listitem")).to_have_count(2)
    box.get_by_text("Kết luận, nhiệm vụ").click()
    box.get_by_label("Nhiệm vụ", exact=True).fill("Gửi báo cáo")
    box.get_by_role("button", name="Giữ nhiệm vụ này").click()
    expect(box.get_by_role("listitem")).to_have_count(3)
    assert not Remark.objects.exists()

    hoa.context.set_offline(False)
    expect(box.get_by_role("listitem")).to_have_count(1, **WITHIN)
    expect(box).to_contain_text("Còn 1 việc chưa ghi được")
    expect(box.get_by_role("listitem")).to_contain_text(["nhiều hơn"])
    assert [remark.words for remark in Remark.objects.all()] == ["Cần kiểm tra hằng tháng."]
    assert [task.text for task in Task.objects.filter(meeting=opened)] == ["Gửi báo cáo"]
    box.get_by_role("button", name="Đã xử lý, bỏ việc này").click()
    expect(box).to_be_hidden()
    page.reload()
    expect(page.get_by_role("region", name="Ghi khi mất mạng")).to_be_hidden()
    assert not Vote.objects.exists()


def test_what_is_held_goes_under_the_item_to_which_one_has_walked(
    opened: Meeting, cast: Cast, sit_down: Callable[..., Person]
) -> None:
    """By clicks, which exchange the desk alone; and a guest who came meanwhile can be named."""
    hoa = sit_down("hoa")
    hoa.expected = CUT
    page = hoa.goes_to(f"/meetings/{opened.pk}/room/")
    item = opened.items.order_by("position")[4]
    hoa.presses(page.locator(".desk-agenda").get_by_role("link", name=item.title))
    hoa.presses("Bắt đầu nội dung này")
    evening.add_guest(opened, name="Mai Văn Khách", position="", by=cast.account(cast.hoa), at=at("2026-12-03 19:40"))
    hoa.presses(page.locator("[data-panel=tasks] .panel-head").get_by_role("link"))
    hoa.context.set_offline(True)
    box = page.get_by_role("region", name="Ghi khi mất mạng")
    expect(box).to_be_visible(**WITHIN)
    expect(box.locator("[data-outbox-item] option:checked")).to_have_text(f"5. {item.title}")
    box.get_by_label("Đồng chí").first.select_option(label="Mai Văn Khách")
    box.get_by_label("Ý kiến", exact=True).fill("Xin chúc mừng chi bộ.")
    box.get_by_role("button", name="Giữ ý kiến này").click()
    expect(box.get_by_role("listitem")).to_have_count(1)
    hoa.context.set_offline(False)
    expect(box).to_be_hidden(**WITHIN)
    assert [(remark.item, remark.words) for remark in Remark.objects.all()] == [(item, "Xin chúc mừng chi bộ.")]


def test_whoever_signs_in_next_finds_neither_the_pages_nor_the_words_of_who_went(
    opened: Meeting, cast: Cast, sit_down: Callable[..., Person]
) -> None:
    """Also where the first page of the desk was one that the cupboard has no place for."""
    item = opened.items.order_by("position")[4]
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:30"))
    hoa = sit_down("hoa")
    page = hoa.goes_to(f"/meetings/{opened.pk}/close/")
    assert page.evaluate(READY)
    hoa.goes_to(f"/items/{item.pk}/desk/?page=1")
    assert page.evaluate(AT_HAND)
    hoa.presses("Đăng xuất")
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert page.evaluate(GONE)
    assert page.evaluate(LEFT) == []
