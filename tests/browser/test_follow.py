"""Tuấn says on his phone that his task is done; Lan finds it at the next meeting, and the meeting decides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from meetings.actions import evening, following, planning
from meetings.models import Task, TaskReport
from tests.factories import at, plan_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

WORDS = "Đã gửi báo cáo số 12-BC/CB ngày 10/12, lưu ở văn thư."


@pytest.fixture
def january(cast: Cast, opened: Meeting) -> Meeting:
    """Tuấn was given a task in December; the January meeting is on."""
    lan = cast.account(cast.lan)
    who = {"by": lan, "at": at("2026-12-03 20:00")}
    given = {"owner": cast.tuan, "due_on": date(2026, 12, 15), "item": None}
    following.assign_task(opened, text="Viết báo cáo quý", **given, **who)
    fields = plan_fields(starts_at=at("2027-01-05 19:00"), topic="", chair=cast.lan, minute_taker=cast.hoa)
    meeting = planning.plan_meeting(cast.cell, kind="regular", **who, **fields)
    planning.call(meeting, **who)
    evening.open_meeting(meeting, by=lan, at=at("2027-01-05 19:00"))
    return meeting


def test_a_word_from_the_phone_is_there_when_the_meeting_asks(
    cast: Cast, january: Meeting, sit_down: Callable[..., Person]
) -> None:
    tuan = sit_down("tuan", width=360)
    tuan.goes_to("/")
    tuan.presses(tuan.page.get_by_role("link", name="Cập nhật"))
    tuan.page.get_by_label("Đã hoàn thành").check()
    tuan.types("Kết quả, minh chứng (số văn bản, ngày, nơi lưu)", WORDS)
    tuan.presses("Lưu cập nhật")
    tuan.sees(WORDS)
    assert Task.objects.get().state == "open"

    lan = sit_down("lan")
    lan.goes_to(f"/meetings/{january.pk}/room/promises/")
    lan.sees("đồng chí Lê Anh Tuấn")
    lan.presses(lan.page.get_by_role("button", name="Xác nhận theo lời đồng chí ấy"))
    lan.sees("Nhiệm vụ – kết quả")
    assert list(TaskReport.objects.values_list("state", "result")) == [("done", WORDS)]
    assert Task.objects.get().state == "done"
