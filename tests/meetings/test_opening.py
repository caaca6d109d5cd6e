"""Opening days early asks first and can be taken back; a meeting that was never held does not become minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from meetings.actions import evening, following, planning, resolutions, votes
from meetings.models import AgendaItem, Mark, Meeting
from meetings.papers import build_minutes
from members import actions as people
from members.models import TenureKind
from tests.factories import NOW, at, new_key
from tests.meetings.steps import CLOSED, DURING, OPENED, SIGNED, fresh, item_of, mark, refused, row_of, say, stand

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Cast

TWO_DAYS_BEFORE = at("2026-12-01 09:00")


def test_days_early_it_opens_only_where_that_is_meant(cast: Cast, called: Meeting) -> None:
    with refused("Buổi họp được báo cho ngày 03/12/2026. Nếu họp sớm thật, xin xác nhận ở trang buổi họp."):
        evening.open_meeting(called, by=cast.account(cast.lan), at=TWO_DAYS_BEFORE)
    evening.open_meeting(called, early=True, by=cast.account(cast.lan), at=TWO_DAYS_BEFORE)
    assert fresh(called).opened_at == TWO_DAYS_BEFORE


@pytest.mark.parametrize(("now", "asks"), [(TWO_DAYS_BEFORE, True), (at("2026-12-03 08:00"), False)])
def test_the_page_asks_before_it_opens_days_early(
    cast: Cast,
    called: Meeting,
    as_user: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    now: object,
    asks: bool,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    page = as_user(cast.lan).get(f"/meetings/{called.pk}/").content.decode()
    assert ("Buổi họp được báo cho ngày 03/12/2026. Khai mạc ngay bây giờ?" in page) is asks
    assert ('name="early"' in page) is asks
    assert ('<button class="btn-main" type="submit">Khai mạc sớm' in page) is asks  # nothing is lost by it


def test_what_is_held_on_another_day_stands_under_that_day(
    cast: Cast, called: Meeting, as_user: Callable[..., Client]
) -> None:
    by = cast.account(cast.lan)
    people.set_standing(cast.tuan, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 2), by=by, at=NOW)
    evening.open_meeting(called, early=True, by=by, at=TWO_DAYS_BEFORE)
    meeting, held = fresh(called), date(2026, 12, 1)
    assert meeting.day == held
    assert row_of(meeting, cast.tuan).standing != TenureKind.LEFT  # the roll is that of this day
    what = {"text": "Sửa đường", "owner": None, "item": None, "by": by, "at": TWO_DAYS_BEFORE}
    following.assign_task(meeting, due_on=held, **what)
    with refused("Thời hạn không thể trước ngày họp.", "due_on"):
        following.assign_task(meeting, due_on=date(2026, 11, 30), **what)
    paper = {"kind": "NQ", "subject": "Đường", "vote": None, "by": by, "at": TWO_DAYS_BEFORE}
    assert resolutions.issue(meeting, issued_on=held, **paper).issued_on == held
    lan = as_user(cast.lan)
    for page in (f"/cells/{cast.cell.pk}/meetings/", f"/cells/{cast.cell.pk}/tasks/"):
        assert "01/12/2026" in lan.get(page).content.decode()
    assert "<dt>Theo kế hoạch</dt>" in lan.get(f"/meetings/{meeting.pk}/").content.decode()


def test_an_opening_by_mistake_is_taken_back(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.son), reason="Nằm viện", by=by, at=NOW)
    planning.decide_apology(row_of(called, cast.son), accepted=True, by=by, at=NOW)
    evening.open_meeting(called, by=by, at=OPENED)
    mark(cast, called, cast.son, Mark.PRESENT)
    mark(cast, called, cast.tuan, Mark.UNEXCUSED)
    stand(cast, cast.tuan, TenureKind.FULL)
    assert row_of(called, cast.tuan).note
    evening.take_back(called, by=by, at=DURING)
    assert (fresh(called).state, fresh(called).opened_at) == ("called", None)
    assert [(row.mark, row.reason) for row in (row_of(called, cast.son), row_of(called, cast.tuan))] == [
        (Mark.EXCUSED, "Nằm viện"),
        (Mark.NONE, ""),
    ]
    assert not row_of(called, cast.tuan).note


@pytest.mark.parametrize("what", ["an item", "a remark", "a guest", "somebody steps aside"])
def test_what_is_recorded_is_not_taken_back(cast: Cast, opened: Meeting, what: str) -> None:
    by = cast.account(cast.lan)
    if what == "an item":
        evening.start_item(item_of(opened), by=by, at=DURING)
    elif what == "a remark":
        say(cast, opened, row_of(opened, cast.tuan))
    elif what == "somebody steps aside":
        votes.step_aside(item_of(opened), row_of(opened, cast.tuan), by=by, at=DURING)
    else:
        evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING)
    with refused("Buổi họp đã ghi nội dung, khách mời hoặc đổi chủ trì, thư ký, nên không rút lại khai mạc được."):
        evening.take_back(opened, by=by, at=DURING)


def test_the_desk_takes_it_back_and_leads_to_the_meeting(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client]
) -> None:
    answer = as_user(cast.hoa).post(f"/meetings/{opened.pk}/take-back/", {"key": new_key()})
    assert (answer["Location"], fresh(opened).state) == (opened.get_absolute_url(), "called")


def test_a_meeting_never_held_does_not_become_minutes(cast: Cast, opened: Meeting) -> None:
    with refused(
        "Chưa nội dung nào được bắt đầu hay ghi gì, nên chưa thành biên bản. "
        "Nếu buổi họp không diễn ra, xin rút lại khai mạc rồi huỷ buổi họp."
    ):
        evening.close(opened, opened_at=OPENED, closed_at=CLOSED, by=cast.account(cast.lan), at=CLOSED)


def test_closing_asks_why_nothing_stands_under_a_line(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: CLOSED)
    say(cast, opened, row_of(opened, cast.tuan))
    lan, to = as_user(cast.lan), f"/meetings/{opened.pk}/close/"
    asked = lan.get(to).context["form"].items
    assert {item.step for item in asked.values()}.isdisjoint({"opening", "thematic_discussion", "read_minutes"})
    times = {"opened_at": "2026-12-03T19:02", "closed_at": "2026-12-03T20:45", "key": new_key()}
    reason = f"because_{item_of(opened, 'purpose').pk}"
    planning.add_item(opened, title="Việc khác", minutes=5, presenter=None, by=cast.account(cast.lan), at=DURING)
    again = lan.post(to, {**times, reason: "Đã nêu trong dự thảo"})
    left = {AgendaItem.objects.get(pk=name.removeprefix("because_")).step for name in again.context["form"].errors}
    assert (again.status_code, left) == (422, {item.step for item in asked.values()} - {"purpose"})
    assert ('href="#closing"' in again.content.decode(), 'id="closing"' in again.content.decode()) == (True, True)
    lan.post(to, {**times, reason: "Đã nêu trong dự thảo", "none_yet": "on"})
    said = plain_text(build_minutes(fresh(opened))).splitlines()
    assert said.count("Không có nội dung ghi. Lý do: Đã nêu trong dự thảo.") == 1
    assert said.count("Chưa có nội dung.") == len(left)  # the cell's own line needs no word


def test_what_was_ended_after_the_end_of_the_meeting_ended_with_it(cast: Cast, opened: Meeting) -> None:
    item, by = item_of(opened), cast.account(cast.hoa)
    evening.start_item(item, by=by, at=DURING)
    evening.end_item(item, by=by, at=SIGNED)
    evening.close(opened, opened_at=OPENED, closed_at=CLOSED, by=by, at=SIGNED)
    assert item_of(opened).ended_at == CLOSED
