"""The conference at the desk by keyboard: one is heard, concluded, the next begins; no word of it anywhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from critique.conference.actions import plan_conference
from critique.course import actions as committee
from critique.hearing.models import Hearing, HearingOpinion
from meetings.actions import evening, planning
from tests.critique.hearings import binh_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import AgendaItem
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

SAID = "Báo cáo tháng nộp chậm ba lần, cả phòng phải chờ."
DUTY = "Gửi bản nháp trước ngày 25 hằng tháng."
KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) => {
  const drawer = await caches.open(name);
  return Promise.all((await drawer.keys()).map(async (at) => (await drawer.match(at)).text()));
}))).flat().join()"""


@pytest.fixture
def persons(cast: Cast) -> AgendaItem:
    """Lan chairs, Hoa keeps the minutes at her desk, Bình is on the committee; the persons are on."""
    today, now = timezone.localdate(), timezone.now() - timedelta(minutes=1)
    who: dict[str, Any] = {"by": cast.account(cast.lan), "at": now}
    binh_of(cast)
    days = {"year": today.year, "due_on": today, "meets_on": today}
    cycle = committee.plan_cycle(cast.cell, basis="366-QĐ/TW", place="", **days, **who)
    committee.take_step(cycle, move_name="open", **who)
    seats = {"chair": cast.lan, "minute_taker": cast.hoa, "purpose": ""}
    meeting = plan_conference(cycle, starts_at=now, place="Hội trường", **seats, **who)
    planning.call(meeting, **who)
    evening.open_meeting(meeting, **who)
    evening.mark_rest_present(meeting, **who)
    item: AgendaItem = meeting.items.select_related("meeting__cell").get(step="review_persons")
    evening.start_item(item, **who)
    return item


def presses_key(person: Person, key: str) -> None:
    person.page.evaluate("document.getElementById('desk').setAttribute('data-old', '')")
    person.page.keyboard.press(key)
    person.page.locator("#desk[data-old]").wait_for(state="detached")


def test_one_is_heard_and_the_next_begins_by_keyboard_and_nothing_is_said_elsewhere(
    cast: Cast, persons: AgendaItem, sit_down: Callable[..., Person]
) -> None:
    hoa, tuan = sit_down("hoa"), sit_down("tuan", width=360)
    tuan.goes_to(f"/meetings/{persons.meeting_id}/pocket/")
    hoa.goes_to(f"/items/{persons.pk}/desk/")
    loads = hoa.loads
    presses_key(hoa, "x")  # begins with the secretary
    expect(hoa.page.locator("[name=presented]")).to_be_focused()
    hoa.writes("Đọc bản kiểm điểm đã nộp.")
    hoa.page.keyboard.press("Escape")
    hoa.page.keyboard.press("p")
    expect(hoa.page.locator("[data-panel=floor] button").first).to_be_focused()
    hoa.presses(hoa.page.locator("[data-panel=floor] button", has_text="Lê Anh Tuấn"))
    expect(hoa.page.locator("[name=words]")).to_be_focused()
    hoa.writes(SAID)
    hoa.types("Việc phải sửa", DUTY)
    hoa.ticks("Chưa trả lời: không có ý kiến thêm")
    hoa.presses("Đã nghe đọc tại đây")  # nobody else has written: what was typed here is what was read out
    hoa.sees("đã nghe đọc tại phòng họp")
    presses_key(hoa, "x")
    expect(hoa.page.locator(".sheet h2").first).to_have_text("Đồng chí Vũ Thái Bình")
    expect(hoa.page.locator("[name=presented]")).to_be_focused()
    assert hoa.loads == loads
    first, second = Hearing.objects.order_by("begun_at")
    assert (first.about, first.state, first.duties, second.state) == (cast.lan, "closed", DUTY, "going")
    assert [(one.words, one.stance) for one in HearingOpinion.objects.all()] == [(SAID, "nothing")]
    assert hoa.page.url.endswith(f"/hearings/{second.pk}/desk/")

    tuan.page.reload()
    tuan.sees("Đang: mục")
    shown = tuan.page.content()
    hoa.page.wait_for_function("navigator.serviceWorker.controller")
    hoa.page.reload()  # through the worker, which keeps what it may
    kept = hoa.page.evaluate(KEPT)
    assert [text for text in (SAID, DUTY, "Trần Thị Lan", "Vũ Thái Bình") if text in shown] == []
    assert ("stream" in kept, SAID in kept, DUTY in kept, "presented" in kept) == (True, False, False, False)
