"""A double click on every main button does once what a click does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting, Opinion, Remark, Task, Vote
from members.models import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

A_SECOND_ANSWER = 150  # milliseconds: what the second click sent has arrived by then
NOW = "%Y-%m-%dT%H:%M"


def twice(person: Person, target: str | Locator) -> int:
    """Double click, wait until the page has answered, and count what happened to meetings."""
    before = Event.objects.filter(thing="meeting").count()
    button = person.button(target) if isinstance(target, str) else target
    person.page.evaluate("document.getElementById('main').setAttribute('data-old', '')")
    person.page.evaluate("document.getElementById('desk')?.setAttribute('data-old', '')")
    swaps = person.page.locator("#desk").count() and button.evaluate("one => !one.closest('[data-whole]')")
    button.dblclick()
    person.page.locator("#desk[data-old]" if swaps else "#main[data-old]").wait_for(state="detached")
    person.page.wait_for_timeout(A_SECOND_ANSWER)
    return Event.objects.filter(thing="meeting").count() - before


def test_an_evening_of_double_clicks_is_recorded_as_one_of_clicks(
    cast: Cast, sit_down: Callable[..., Person], live_server: object
) -> None:
    lan = sit_down("lan")
    lan.goes_to(f"/cells/{cast.cell.pk}/meetings/new/")
    lan.presses("Sinh hoạt chuyên đề")
    lan.types("Thời gian bắt đầu", timezone.localtime().strftime(NOW))
    lan.types("Địa điểm", "Hội trường cơ quan")
    lan.types("Tên chuyên đề", "Nêu gương")
    for label in ("Chủ trì", "Người chuẩn bị, trình bày chuyên đề"):
        lan.chooses(label, "Trần Thị Lan")
    lan.chooses("Thư ký (người ghi biên bản)", "Nguyễn Thị Hoa")
    done = {"Lập kế hoạch": twice(lan, "Lập kế hoạch")}
    paper = f"/meetings/{Meeting.objects.get().pk}/paper/"
    lan.goes_to(f"{paper}edit/")
    lan.types("Nội dung dự thảo", "Đoạn một.")
    lan.page.keyboard.press("Control+s")
    lan.saved(f"draft-{Meeting.objects.get().paper.pk}")
    done |= {words: twice(lan, words) for words in ("Gửi đảng viên góp ý",)}
    lan.types("Ý kiến góp ý", "Nên ngắn hơn.")
    done |= {words: twice(lan, words) for words in ("Gửi ý kiến",)}
    lan.goes_to(f"/meetings/{Meeting.objects.get().pk}/")
    done |= {
        words: twice(lan, words) for words in ("Gửi thông báo", "Khai mạc", "Tất cả có mặt", "Vào nội dung đầu tiên")
    }
    lan.presses(lan.page.locator(".desk-agenda").get_by_role("link", name="Thảo luận chuyên đề"))
    done |= {words: twice(lan, words) for words in ("Bắt đầu nội dung này",)}
    done["speaker"] = twice(lan, lan.page.locator(".speakers").get_by_role("button", name="Lê Anh Tuấn"))
    lan.unfolds("Ghi một biểu quyết")
    lan.types("Nội dung biểu quyết", "Thông qua kết luận")
    lan.types("Tán thành", "3")
    done |= {words: twice(lan, words) for words in ("Ghi kết quả",)}
    lan.unfolds("Giao một nhiệm vụ")
    lan.types("Nhiệm vụ", "Rà soát quy chế")
    done |= {words: twice(lan, words) for words in ("Giao nhiệm vụ",)}
    done["next item"] = twice(lan, lan.page.locator("[data-next] button"))
    lan.presses(lan.page.locator(".desk-agenda").get_by_role("link", name="Kết thúc"))
    done |= {words: twice(lan, words) for words in ("Ghi: đã đọc lại và thông qua biên bản",)}
    lan.types("Giờ khai mạc ghi vào biên bản", (timezone.localtime() - timedelta(hours=2)).strftime(NOW))
    lan.ticks("Các dòng còn trống ở trên: ghi “chưa có”")
    done |= {words: twice(lan, words) for words in ("Kết thúc buổi họp",)}
    done["first signature"] = twice(lan, lan.page.get_by_role("button", name="Tôi xác nhận").first)
    hoa = sit_down("hoa")
    hoa.goes_to(f"/meetings/{Meeting.objects.get().pk}/minutes/")
    done["second signature and the seal"] = twice(hoa, "Tôi xác nhận")
    lan.goes_to(f"/meetings/{Meeting.objects.get().pk}/minutes/")
    lan.unfolds("Ghi bổ sung, đính chính")
    lan.types("Nội dung bổ sung, đính chính", "Đính chính họ tên.")
    lan.types("Lý do", "Ghi nhầm")
    done |= {words: twice(lan, words) for words in ("Lưu bổ sung",)}
    expected = dict.fromkeys(done, 1) | {"next item": 2, "second signature and the seal": 2}
    assert done == expected
    kinds = (Meeting, Opinion, Remark, Vote, Task)
    assert {kind.__name__: kind.objects.count() for kind in kinds} == {kind.__name__: 1 for kind in kinds}
    expect(lan.page.get_by_text("Lần 1")).to_have_count(1)
