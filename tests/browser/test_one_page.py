"""The desk is one page: all of it in sight at 1280 × 800, three tabs on a phone, and every act from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Mark, Meeting, Outcome, Remark, Task, Vote
from tests.browser.looked import WIDER, complaints
from tests.meetings.steps import item_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

WORDS = "Nêu gương phải bắt đầu từ việc nhỏ, từ giờ giấc, lời nói đến kết quả công việc hằng ngày."
NEEDED = (
    ".desk-agenda .is-current",
    "#remarks > .remark textarea >> nth=0",
    "#remarks > .remark textarea >> nth=2",
    "#shorthand",
    "[data-next] button",
    "[data-panel=floor] button >> nth=0",
    "[data-panel=roll] a",
    "[data-panel=tasks] .panel-head a",
    "[data-panel=votes] .panel-head a",
    "[data-panel=seats] a",
)


@pytest.fixture
def discussion(cast: Cast, remark: Remark) -> Remark:
    """Twelve have spoken before Tuấn, each with some sentences."""
    row, item, who = remark.speaker, remark.item, cast.account(cast.hoa)
    told = {"meeting": remark.meeting, "item": item, "speaker": row, "entered_by": who, "entered_at": remark.entered_at}
    Remark.objects.bulk_create(Remark(**told, awareness=f"{number}. {WORDS}") for number in range(12))
    return Remark.objects.order_by("pk").first()


def test_nothing_that_is_needed_lies_below_the_fold_and_a_remark_opens_in_place(
    discussion: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    page = hoa.goes_to(f"/items/{discussion.item_id}/desk/")
    for one in NEEDED:
        expect(page.locator(one)).to_be_in_viewport(ratio=1)
    expect(page.locator("#remarks > .remark textarea").first).to_be_focused()
    assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight") is True
    assert complaints(page) == []
    lines = page.locator(".remark-lines li")
    expect(lines).to_have_count(12)
    assert {round(box["height"]) for line in lines.all() if (box := line.bounding_box())} == {48}
    hoa.presses(lines.nth(3).get_by_role("link"))
    opened = lines.nth(3).get_by_label("Nhận thức")
    expect(opened).to_be_focused()
    expect(opened).to_be_in_viewport()
    expect(opened).to_have_value(f"7. {WORDS}")
    expect(page.locator(".remark textarea")).to_have_count(6)  # the one that is being written, and this one


def test_on_a_phone_the_columns_are_tabs_that_keep_their_place(
    discussion: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa", width=360)
    page = hoa.goes_to(f"/items/{discussion.item_id}/desk/")
    agenda, work, room = (page.locator(one) for one in ("#desk-agenda", "#desk-work", "#desk-panels"))
    expect(work).to_be_visible()
    expect(agenda).to_be_hidden()
    hoa.types("Nhận thức", "Đang gõ dở")
    page.locator(".desk-tabs").get_by_role("link", name="Trong phòng").click()
    expect(work).to_be_hidden()
    assert page.evaluate(WIDER) <= 0
    hoa.presses(room.get_by_role("button", name="Trần Thị Lan"))
    expect(work).to_be_visible()  # one writes now
    expect(hoa.field("Nhận thức")).to_be_focused()
    assert Remark.objects.filter(awareness="Đang gõ dở").count() == 1
    page.locator(".desk-tabs").get_by_role("link", name="Chương trình").click()
    expect(agenda).to_be_visible()
    expect(room).to_be_hidden()
    assert complaints(page) == []


def types(person: Person, line: str, says: str) -> None:
    """Into the typed line; it says what it will do, and Enter does it."""
    page = person.page
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#shorthand")).to_be_focused()
    page.keyboard.insert_text(line)
    expect(page.locator("[data-shown]")).to_contain_text(says)
    exchanges(person, "Enter")


def exchanges(person: Person, *keys: str) -> None:
    """These keys, and the wait until the desk has changed."""
    person.page.evaluate("document.getElementById('desk').setAttribute('data-old', '')")
    for key in keys:
        person.page.keyboard.press(key)
    person.page.locator("#desk[data-old]").wait_for(state="detached")


def test_an_evening_is_written_down_without_a_mouse(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    Meeting.objects.filter(pk=opened.pk).update(opened_at=timezone.now())
    item = item_of(opened, "conclusion")
    hoa = sit_down("hoa")
    page = hoa.goes_to(f"/meetings/{opened.pk}/room/")
    rows = [row.bounding_box() for row in page.locator("[data-name]").all()]
    assert {box["height"] for box in rows if box} <= {44, 45}  # with the line between two
    page.get_by_label("Tìm theo tên").focus()
    page.keyboard.insert_text("tuan")
    expect(page.locator("[data-name]:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    exchanges(hoa, "Space")
    assert opened.attendances.get(member=cast.tuan).mark == Mark.EXCUSED
    exchanges(hoa, "Shift+Tab", "Space")
    assert opened.attendances.get(member=cast.tuan).mark == Mark.PRESENT
    page.locator("h1 a").focus()
    page.keyboard.press("c")
    page.locator(".desk-agenda").get_by_role("link", name=item.title).focus()
    exchanges(hoa, "Enter")
    page.get_by_role("button", name="Bắt đầu nội dung này").focus()
    exchanges(hoa, "Enter")
    expect(hoa.field("Nội dung trình bày")).to_be_focused()
    types(hoa, "+tuan", "Mời đồng chí Lê Anh Tuấn phát biểu")
    expect(hoa.field("Ý kiến")).to_be_focused()
    exchanges(hoa, "Control+z")
    hoa.sees("Đã hoàn tác: bỏ ô ghi ý kiến của đồng chí Lê Anh Tuấn.")
    assert not Remark.objects.exists()
    types(hoa, "+tuan", "Mời đồng chí Lê Anh Tuấn phát biểu")
    hoa.writes("Tôi nhất trí.")
    types(hoa, "/bq 3-0-0 Thông qua", "Ghi biểu quyết “Thông qua”: tán thành 3")
    types(hoa, "/nv Tuấn 15/12 Rà soát quy chế", "Giao đồng chí Lê Anh Tuấn, hạn 15/12")
    types(hoa, "/kl Nhất trí thông qua", "Ghi kết luận: Nhất trí thông qua")
    assert (Remark.objects.get().text, Vote.objects.get().in_favour) == ("Tôi nhất trí.", 3)
    assert (Task.objects.get().text, Outcome.objects.get().text) == ("Rà soát quy chế", "Nhất trí thông qua")
    types(hoa, "/tt Đã có kế hoạch", "Ghi thông tin: Đã có kế hoạch")
    exchanges(hoa, "Escape", "Control+z")
    hoa.sees("Đã hoàn tác: bỏ thông tin vừa ghi.")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Phím tắt")).to_contain_text("xong, sang mục tiếp theo")
    exchanges(hoa, "x")
    item.refresh_from_db()
    assert (item.progress, opened.items.running().step) == ("done", "quality")
    expect(page.get_by_label("Đánh giá chất lượng buổi sinh hoạt")).to_be_visible()
