"""An item that has ended is taken up again: the times stay true, and the minutes say so where something was added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from documents.model import to_json
from meetings import facts
from meetings.actions import evening, floor, one_click
from meetings.live.story import Story
from meetings.models import Mark
from meetings.papers import build_minutes
from tests.factories import at
from tests.meetings.steps import fresh, item_of, last_event, row_of, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from meetings.models import AgendaItem, Meeting
    from tests.conftest import Cast

    AsUser = Callable[..., Client]

SENTENCE = "Nội dung này được bàn tiếp từ 20 giờ 10 phút."


def clock(time: str) -> Any:
    return at(f"2026-12-03 {time}")


@pytest.fixture
def again(cast: Cast, opened: Meeting) -> AgendaItem:
    """Begun 19:10, done 19:30; the conclusion from then on; taken up again at 20:10."""
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=by, at=clock("19:10"))
    evening.start_item(item_of(opened, "conclusion"), by=by, at=clock("19:30"))
    evening.start_item(item_of(opened), by=by, at=clock("20:10"))
    return item_of(opened)


def test_it_runs_again_and_what_ran_ends_with_the_moment_in_the_log(again: AgendaItem) -> None:
    other = item_of(again.meeting, "conclusion")
    assert (again.progress, again.started_at, again.resumed_at) == ("running", clock("19:10"), clock("20:10"))
    assert (other.progress, other.ended_at) == ("done", clock("20:10"))
    assert last_event(again.meeting) == ("resume_item", {"item": again.pk, "title": again.title})


def test_what_lay_between_counts_to_nobody(cast: Cast, again: AgendaItem) -> None:
    assert again.counts_from == clock("19:50")
    due = Story.of(fresh(again.meeting)).due_at
    assert due is not None
    assert (due - clock("19:50")).total_seconds() == 60 * again.minutes
    evening.end_item(again, by=cast.account(cast.hoa), at=clock("20:20"))
    assert facts._minutes_spent([item_of(again.meeting)]) == 30


def test_taken_up_twice_the_rests_add_up(cast: Cast, again: AgendaItem) -> None:
    by = cast.account(cast.hoa)
    evening.end_item(again, by=by, at=clock("20:20"))
    evening.start_item(item_of(again.meeting), by=by, at=clock("20:25"))
    found = item_of(again.meeting)
    assert (found.rested_seconds, found.resumed_at) == (45 * 60, clock("20:25"))


def test_a_clock_that_was_set_back_makes_no_rest_of_less_than_nothing(cast: Cast, again: AgendaItem) -> None:
    by = cast.account(cast.hoa)
    evening.end_item(again, by=by, at=clock("20:20"))
    evening.start_item(item_of(again.meeting), by=by, at=clock("20:05"))
    found = item_of(again.meeting)
    assert (found.rested_seconds, found.resumed_at) == (40 * 60, clock("20:20"))


def test_the_minutes_say_so_once_something_was_added(cast: Cast, again: AgendaItem) -> None:
    assert SENTENCE not in to_json(build_minutes(fresh(again.meeting)))
    floor.call_on(again, row_of(again.meeting, cast.tuan), at_once=True, by=cast.account(cast.hoa), at=clock("20:12"))
    assert SENTENCE in to_json(build_minutes(fresh(again.meeting)))


def test_what_was_said_before_is_no_reason_to_say_it(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=by, at=clock("19:10"))
    say(cast, opened, row_of(opened, cast.tuan))
    one_click.go_on(item_of(opened), by=by, at=clock("19:40"))
    evening.start_item(item_of(opened), by=by, at=clock("20:10"))
    assert SENTENCE not in to_json(build_minutes(fresh(opened)))


def test_the_desk_offers_it_at_an_item_that_is_over_and_names_what_runs(
    cast: Cast, again: AgendaItem, as_user: AsUser
) -> None:
    """The second desk finds at the top which item is on, with the way to it."""
    hoa, other = as_user(cast.hoa), item_of(again.meeting, "conclusion")
    page = hoa.get(reverse("room-item", args=[other.pk])).text
    assert "Bàn tiếp từ lúc này" in page
    runs = page.partition('data-panel="runs"')[2].partition("</div>")[0]
    assert (again.title in runs, reverse("room-item", args=[again.pk]) in runs) == (True, True)
    mine = hoa.get(reverse("room-item", args=[again.pk])).text
    assert "Bàn tiếp từ lúc này" not in mine
    assert "Đang họp: <b>" not in mine
    hoa.post(reverse("item-start", args=[other.pk]), follow=True)
    assert item_of(again.meeting, "conclusion").progress == "running"


def test_the_typed_line_says_before_enter_that_somebody_is_not_here(
    cast: Cast, again: AgendaItem, as_user: AsUser
) -> None:
    evening.mark(row_of(again.meeting, cast.son), mark=Mark.UNEXCUSED, by=cast.account(cast.hoa), at=clock("20:12"))
    hoa = as_user(cast.hoa)
    lines = {
        line: hoa.post(reverse("shorthand-look", args=[again.pk]), {"line": line}).text for line in ("+Sơn", "+Tuấn")
    }
    assert "Đồng chí Đỗ Văn Sơn đang ghi vắng. Xin điểm danh lại trước." in lines["+Sơn"]
    assert ("data-clear" in lines["+Sơn"], "data-clear" in lines["+Tuấn"]) == (False, True)


def test_one_time_for_the_whole_meeting_holds_where_an_item_has_none_of_its_own(
    cast: Cast, again: AgendaItem, as_user: AsUser
) -> None:
    hoa, address = as_user(cast.hoa), reverse("floor-limit", args=[again.pk])
    hoa.post(address, {"minutes": "5", "everywhere": "1"})
    limits = [item.limit_minutes for item in fresh(again.meeting).items.select_related("meeting")]
    assert set(limits) == {5}
    hoa.post(address, {"minutes": "3"})
    assert (item_of(again.meeting).limit_minutes, item_of(again.meeting, "conclusion").limit_minutes) == (3, 5)
    hoa.post(address, {"minutes": "0"})
    assert item_of(again.meeting).limit_minutes is None
    hoa.post(address, {"minutes": "", "everywhere": "1"})
    assert {item.limit_minutes for item in fresh(again.meeting).items.select_related("meeting")} == {None}
