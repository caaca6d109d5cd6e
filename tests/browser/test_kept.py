"""Forms that are sent by a button: a stray click, Back, a reload, an ended session or a silent server take no word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import expect

from critique.letters.models import Criticism
from tests.browser.person import CUT
from tests.browser.test_saving import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Đồng chí chưa đến dự hai buổi sinh hoạt tổ đảng.\nĐề nghị sắp xếp thời gian."


def begins(person: Person, cast: Cast) -> None:
    person.goes_to(f"/cells/{cast.cell.pk}/letters/new/")
    person.chooses("Gửi", "Chi bộ, chi uỷ")
    person.types("Về việc", "Dự sinh hoạt tổ")
    person.types("Nội dung", WORDS)


def holds(person: Person, count: int) -> None:
    """This device keeps so many drafts, at last."""
    for _ in range(50):
        if kept(person.page) == count:
            return
        person.page.wait_for_timeout(100)
    assert kept(person.page) == count


def has_words(person: Person) -> None:
    expect(person.field("Nội dung")).to_have_value(WORDS)
    expect(person.field("Về việc")).to_have_value("Dự sinh hoạt tổ")
    expect(person.field("Gửi")).to_have_value("cell")


def test_a_letter_half_written_outlives_a_stray_click_and_a_reload_and_is_sent_once(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    begins(hoa, cast)
    holds(hoa, 1)
    hoa.page.get_by_role("link", name="Trang chủ").click()
    hoa.sees("Máy này còn giữ một biểu mẫu viết dở")
    hoa.page.go_back()
    has_words(hoa)
    hoa.page.reload()
    has_words(hoa)
    hoa.sees("Chữ đồng chí viết dở lần trước vẫn còn đây")
    hoa.page.locator("main form").get_by_role("button").last.click()
    hoa.page.wait_for_url("**/letters/")
    holds(hoa, 0)
    hoa.goes_to(f"/cells/{cast.cell.pk}/letters/new/")
    expect(hoa.field("Nội dung")).to_have_value("")
    assert [letter.words for letter in Criticism.objects.all()] == [WORDS]


def test_when_the_session_has_ended_what_was_sent_is_sent_again_after_signing_in(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa", width=360)
    hoa.expected = ("401",)
    begins(hoa, cast)
    hoa.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    hoa.page.locator("main form").get_by_role("button").last.click()
    hoa.sees("Phiên làm việc đã hết")
    expect(hoa.page.locator("main")).not_to_contain_text("Đề nghị sắp xếp thời gian.")
    hoa.enters("hoa")
    hoa.sees("Đề nghị sắp xếp thời gian.")
    hoa.presses("Gửi lại")
    hoa.page.wait_for_url("**/letters/")
    holds(hoa, 0)
    assert [letter.words for letter in Criticism.objects.all()] == [WORDS]


def test_while_the_server_is_away_nothing_leaves_the_page(cast: Cast, sit_down: Callable[..., Person]) -> None:
    hoa = sit_down("hoa")
    hoa.expected = CUT
    begins(hoa, cast)
    hoa.context.set_offline(True)
    send = hoa.page.locator("main form").get_by_role("button").last
    send.click()
    hoa.sees("Máy chủ chưa trả lời nên chưa gửi")
    has_words(hoa)
    assert kept(hoa.page) == 1
    hoa.context.set_offline(False)
    send.click()
    hoa.page.wait_for_url("**/letters/")
    assert Criticism.objects.count() == 1


def test_a_letter_that_was_refused_is_still_there_after_a_stray_click(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("422",)
    begins(hoa, cast)
    hoa.types("Về việc", "")
    hoa.page.locator("main form").get_by_role("button").last.click()
    hoa.sees("Đồng chí chưa điền mục này.")
    expect(hoa.field("Về việc")).to_be_focused()  # what is wrong may lie far below the head of the page
    hoa.page.get_by_role("link", name="Trang chủ").click()
    hoa.sees("Máy này còn giữ một biểu mẫu viết dở")
    hoa.page.get_by_role("link", name="mở trang đó để viết tiếp").click()
    expect(hoa.field("Nội dung")).to_have_value(WORDS)


def test_a_form_whose_long_text_was_left_empty_is_no_unsent_one(cast: Cast, sit_down: Callable[..., Person]) -> None:
    lan = sit_down("lan")
    for hour in (8, 9):
        lan.goes_to(f"/cells/{cast.cell.pk}/meetings/new/?kind=regular")
        lan.types("Thời gian bắt đầu", f"20/12/2026 {hour:02}:00")
        expect(lan.page.locator("[data-day-words]").first).to_have_text(
            f"{hour:02} giờ 00, Chủ nhật, ngày 20 tháng 12 năm 2026"
        )
        lan.page.locator("main form").get_by_role("button").last.click()
        lan.page.wait_for_url("**/meetings/*/")
        holds(lan, 0)
    assert cast.cell.meetings.count() == 2


def test_reasons_typed_at_the_closing_outlive_another_button_of_the_page(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    lan = sit_down("lan")
    lan.goes_to(f"/meetings/{opened.pk}/close/")
    field = lan.page.locator("input[name^=because_]").first
    field.fill("Không có nội dung nào phát sinh trong kỳ.")
    lan.page.get_by_role("button", name="Ghi: đã đọc lại và thông qua biên bản").click()
    lan.sees("Đã ghi: biên bản được đọc lại và thông qua.")
    expect(field).to_have_value("Không có nội dung nào phát sinh trong kỳ.")
