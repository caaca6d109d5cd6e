"""A browser that runs no script holds the whole evening too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.actions import floor, polls
from meetings.lifecycle import State
from meetings.models import Meeting, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Remark
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

NOW = "%Y-%m-%dT%H:%M"


def test_a_secretary_without_script_plans_holds_and_seals_a_meeting(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    lan = sit_down(script=False)
    lan.signs_in("lan")
    lan.goes_to(f"/cells/{cast.cell.pk}/meetings/new/")
    lan.presses("Sinh hoạt chuyên đề")
    lan.types("Thời gian bắt đầu", timezone.localtime().strftime(NOW))
    lan.types("Địa điểm", "Hội trường cơ quan")
    lan.types("Tên chuyên đề", "Nêu gương")
    lan.chooses("Chủ trì", "Trần Thị Lan")
    lan.chooses("Thư ký (người ghi biên bản)", "Nguyễn Thị Hoa")
    lan.presses("Lập kế hoạch")
    lan.presses("Gửi thông báo")
    lan.presses("Khai mạc")
    lan.presses("Tất cả có mặt")
    lan.presses(lan.page.locator(".desk-agenda").get_by_role("link", name="Thảo luận chuyên đề"))
    lan.presses("Bắt đầu nội dung này")
    lan.presses(lan.page.locator(".speakers").get_by_role("button", name="Lê Anh Tuấn"))
    lan.types("Góp ý vào dự thảo", "Tôi nhất trí với dự thảo.")
    lan.presses(lan.page.locator(".remark").get_by_role("button", name="Lưu", exact=True))
    expect(lan.field("Góp ý vào dự thảo")).to_have_value("Tôi nhất trí với dự thảo.")
    lan.unfolds("Ghi một biểu quyết")
    lan.types("Nội dung biểu quyết", "Thông qua kết luận")
    lan.types("Tán thành", "3")
    lan.presses("Ghi kết quả")
    lan.sees("Được thông qua")
    lan.presses(lan.page.locator(".desk-agenda").get_by_role("link", name="Kết thúc"))
    lan.types("Giờ khai mạc ghi vào biên bản", (timezone.localtime() - timedelta(hours=2)).strftime(NOW))
    lan.ticks("Các dòng còn trống ở trên: ghi “chưa có”")
    lan.presses("Kết thúc buổi họp")
    lan.presses("Tôi xác nhận")
    hoa = sit_down("hoa", script=False)
    hoa.goes_to(f"/meetings/{Meeting.objects.get().pk}/minutes/")
    hoa.presses("Tôi xác nhận")
    lan.goes_to(f"/meetings/{Meeting.objects.get().pk}/minutes/")
    lan.sees("Đã ký biên bản")
    meeting = Meeting.objects.get()
    assert meeting.state == State.SEALED
    assert [(r.speaker.name, r.proposal) for r in meeting.remarks.all()] == [
        ("Lê Anh Tuấn", "Tôi nhất trí với dự thảo.")
    ]


def test_two_writers_without_script_lose_nothing_either(
    remark: object, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    """The later one is shown a page with both texts, and what is saved there stands."""
    pair = lan, hoa = sit_down("lan", script=False), sit_down("hoa", script=False)
    for person in pair:
        person.expected = ("409",)
        person.goes_to(f"/items/{remark.item_id}/desk/")
        person.types("Góp ý vào dự thảo", f"Người ghi thứ {pair.index(person) + 1}.")
    for person in pair:
        person.presses(person.page.locator(".remark").get_by_role("button", name="Lưu", exact=True))
    hoa.sees("Người ghi thứ 1.")
    hoa.types("Góp ý vào dự thảo: bản của đồng chí", "Người ghi thứ 1. Người ghi thứ 2.")
    hoa.presses("Lưu bản này")
    lan.page.reload()
    expect(lan.field("Góp ý vào dự thảo")).to_have_value("Người ghi thứ 1. Người ghi thứ 2.")


def test_a_member_without_script_asks_for_the_floor_and_votes_in_the_pocket(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    who, meeting = {"by": cast.account(cast.hoa), "at": timezone.now()}, remark.meeting
    turn = floor.ask(remark.item, meeting.attendances.get(member=cast.son), **who)
    lan = sit_down("lan", width=360, script=False)
    pocket = lan.goes_to(f"/meetings/{meeting.pk}/pocket/")
    lan.presses("Đăng ký phát biểu")
    lan.goes_to(f"/meetings/{meeting.pk}/pocket/")
    lan.sees("Còn 1 người trước đồng chí.")
    expect(pocket.get_by_text("Sắp đến lượt đồng chí.")).to_be_hidden()  # Sơn's
    floor.withdraw(turn, **who)
    polls.open_poll(remark.item, question="Thông qua dự thảo", **who)
    lan.goes_to(f"/meetings/{meeting.pk}/pocket/")
    lan.presses("Không tán thành")
    assert Voice.objects.get(attendance__member=cast.lan).choice == "against"
    tuan = sit_down("tuan", width=360, script=False)
    tuan.goes_to(f"/meetings/{meeting.pk}/pocket/")
    expect(tuan.page.get_by_text("Đồng chí không trong số được biểu quyết lúc mở.")).to_be_visible()
    expect(tuan.page.get_by_role("button", name="Tán thành", exact=True)).to_be_hidden()
