"""Promises: what is given with an owner and a date comes back until it is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from meetings.actions import following, planning
from meetings.models import Meeting, Task, TaskReport, TaskState
from members.policy import roles
from members.roles import Role
from tests.factories import at, plan_fields, put_into
from tests.meetings.steps import DURING, close, forbidden, fresh, last_event, refused

if TYPE_CHECKING:
    from members.models import Organisation
    from tests.conftest import Cast

LATER = at("2026-12-20 09:00")


def give(cast: Cast, meeting: Meeting, text: str = "Kê khai tài sản", due: date | None = None) -> Task:
    by = cast.account(cast.hoa)
    return following.assign_task(meeting, text=text, owner=cast.son, due_on=due, item=None, by=by, at=DURING)


def next_meeting(cast: Cast, day: str = "2027-01-05 19:00", cell: Organisation | None = None) -> Meeting:
    lead = cast.mai if cell is not None else cast.lan
    fields = plan_fields(starts_at=at(day), topic="", chair=lead, minute_taker=lead)
    return planning.plan_meeting(cell or cast.cell, kind="regular", by=cast.account(lead), at=LATER, **fields)


def report(cast: Cast, task: Task, meeting: Meeting, state: str, result: str = "Đã nộp") -> TaskReport:
    return following.report_task(task, meeting, state=state, result=result, by=cast.account(cast.lan), at=LATER)


def promised(meeting: Meeting) -> list[str]:
    return [task.text for task in Task.objects.promised_before(meeting)]


# --- Giving -------------------------------------------------------------------------------------


def test_a_task_has_an_owner_and_a_date_and_is_open(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, due=date(2026, 12, 3))
    assert (task.cell, task.meeting, task.text, task.owner, task.due_on, task.state) == (
        cast.cell,
        opened,
        "Kê khai tài sản",
        cast.son,
        date(2026, 12, 3),
        TaskState.OPEN,
    )
    assert last_event(opened) == ("assign_task", {"text": "Kê khai tài sản"})


def test_nothing_is_due_before_the_meeting_that_gives_it(cast: Cast, opened: Meeting) -> None:
    with refused("Thời hạn không thể trước ngày họp.", "due_on"):
        give(cast, opened, due=date(2026, 12, 2))
    task = give(cast, opened)
    with refused("Thời hạn không thể trước ngày họp.", "due_on"):
        following.edit_task(
            task, text="Khác", owner=None, due_on=date(2026, 12, 2), by=cast.account(cast.hoa), at=DURING
        )


def test_a_task_is_reworded_until_the_minutes_are_sealed(cast: Cast, opened: Meeting) -> None:
    task, by = give(cast, opened), cast.account(cast.hoa)
    close(cast, opened)
    following.edit_task(task, text="Kê khai bổ sung", owner=cast.tuan, due_on=date(2027, 1, 1), by=by, at=LATER)
    task.refresh_from_db()
    assert (task.text, task.owner, task.due_on) == ("Kê khai bổ sung", cast.tuan, date(2027, 1, 1))
    assert last_event(opened) == ("edit_task", {"task": task.pk, "was": "Kê khai tài sản"})
    put_into("sealed")
    with refused("Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."):
        following.edit_task(task, text="Sửa lén", owner=None, due_on=None, by=by, at=LATER)


def test_a_task_given_by_mistake_is_removed_and_its_words_stay_in_the_event(cast: Cast, opened: Meeting) -> None:
    following.remove_task(give(cast, opened), by=cast.account(cast.hoa), at=DURING)
    assert Task.objects.count() == 0
    assert last_event(opened) == ("remove_task", {"text": "Kê khai tài sản"})


def test_a_task_that_a_later_meeting_has_heard_about_is_not_removed(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened)
    report(cast, task, next_meeting(cast), "going")
    with refused("Nhiệm vụ này đã được báo cáo ở buổi họp sau nên không bỏ được."):
        following.remove_task(task, by=cast.account(cast.hoa), at=LATER)


@pytest.mark.parametrize(
    ("state", "day", "overdue"),
    [
        ("open", date(2026, 12, 10), False),
        ("open", date(2026, 12, 11), True),
        ("going", date(2026, 12, 11), True),
        ("done", date(2026, 12, 11), False),
    ],
)
def test_a_task_is_overdue_the_day_after_its_date(state: str, day: date, overdue: bool) -> None:
    assert Task(due_on=date(2026, 12, 10), state=state).is_overdue(day) is overdue


def test_a_task_without_a_date_is_never_overdue() -> None:
    assert Task(state="open").is_overdue(date(2030, 1, 1)) is False


# --- Coming back --------------------------------------------------------------------------------


def test_what_was_promised_comes_back_at_the_next_meeting_and_not_at_its_own(cast: Cast, opened: Meeting) -> None:
    give(cast, opened)
    assert promised(next_meeting(cast)) == ["Kê khai tài sản"]
    assert promised(opened) == []


def test_an_earlier_meeting_does_not_hear_about_it(cast: Cast, opened: Meeting) -> None:
    give(cast, opened)
    assert promised(next_meeting(cast, "2026-12-03 14:00")) == []


@pytest.mark.parametrize(
    ("state", "comes_back"), [("open", True), ("going", True), ("done", False), ("dropped", False)]
)
def test_it_comes_back_until_it_is_done_or_dropped(cast: Cast, opened: Meeting, state: str, comes_back: bool) -> None:
    task = give(cast, opened)
    report(cast, task, next_meeting(cast), state)
    assert (promised(next_meeting(cast, "2027-02-03 19:00")) == ["Kê khai tài sản"]) is comes_back


def test_a_task_that_was_reported_done_here_still_stands_in_the_table_of_this_meeting(
    cast: Cast, opened: Meeting
) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    report(cast, task, here, "done")
    assert promised(here) == ["Kê khai tài sản"]


def test_a_task_reported_at_three_meetings_stands_once_in_each_table(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened)
    meetings = [next_meeting(cast, f"2027-0{month}-05 19:00") for month in (1, 2, 3)]
    for meeting in meetings:
        report(cast, task, meeting, "going")
    assert [promised(meeting) for meeting in meetings] == [["Kê khai tài sản"]] * 3


def test_the_promises_of_another_cell_do_not_come_here(cast: Cast, opened: Meeting) -> None:
    give(cast, opened)
    assert promised(next_meeting(cast, cell=cast.other_cell)) == []


def test_the_promises_of_a_cancelled_meeting_do_not_come_back(cast: Cast, opened: Meeting) -> None:
    give(cast, opened)
    Meeting.objects.filter(pk=opened.pk).update(state="cancelled")
    assert promised(next_meeting(cast)) == []


def test_what_is_due_first_comes_first(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, "Sau", date(2027, 1, 1))
    give(cast, opened, "Trước", date(2026, 12, 9))
    assert promised(next_meeting(cast)) == ["Trước", "Sau"]


# --- Reporting ----------------------------------------------------------------------------------


def test_a_report_says_how_far_a_task_is_and_the_task_remembers(cast: Cast, opened: Meeting) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    said = report(cast, task, here, "going", " Đã được một nửa ")
    assert (said.state, said.result, said.entered_by) == ("going", "Đã được một nửa", cast.account(cast.lan))
    assert (task.state, Task.objects.get().state) == ("going", "going")


def test_a_second_report_at_one_meeting_replaces_the_first_and_both_are_in_the_events(
    cast: Cast, opened: Meeting
) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    report(cast, task, here, "going", "Một nửa")
    report(cast, task, here, "done", "Xong")
    assert list(TaskReport.objects.values_list("state", "result")) == [("done", "Xong")]
    heard = [event.data["result"] for event in here.events.filter(what="report_task")]
    assert heard == ["Một nửa", "Xong"]


def test_a_report_entered_late_at_an_earlier_meeting_does_not_undo_a_later_one(cast: Cast, opened: Meeting) -> None:
    task, january, february = give(cast, opened), next_meeting(cast), next_meeting(cast, "2027-02-03 19:00")
    report(cast, task, february, "done")
    report(cast, task, january, "going")
    assert Task.objects.get().state == "done"


def test_a_task_is_dropped_only_with_a_reason(cast: Cast, opened: Meeting) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    with refused("Thôi thực hiện thì cần ghi lý do.", "result"):
        report(cast, task, here, "dropped", "  ")
    report(cast, task, here, "dropped", "Cơ quan đã giải thể")
    assert Task.objects.get().state == "dropped"


def test_a_report_has_one_of_the_states(cast: Cast, opened: Meeting) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    with refused("Xin chọn tình trạng thực hiện.", "state"):
        report(cast, task, here, "perhaps")


@pytest.mark.parametrize("which", ["its own", "an earlier one", "another cell's"])
def test_only_a_later_meeting_of_the_cell_hears_about_a_task(cast: Cast, opened: Meeting, which: str) -> None:
    task = give(cast, opened)
    meetings = {
        "its own": opened,
        "an earlier one": next_meeting(cast, "2026-11-03 19:00"),
        "another cell's": next_meeting(cast, cell=cast.other_cell),
    }
    by = cast.account(cast.mai if which == "another cell's" else cast.lan)
    with refused("Nhiệm vụ này không phải của một buổi họp trước của chi bộ."):
        following.report_task(task, meetings[which], state="done", result="", by=by, at=LATER)


def test_a_plain_member_reports_nothing(cast: Cast, opened: Meeting) -> None:
    task, here = give(cast, opened), next_meeting(cast)
    with forbidden():
        following.report_task(task, here, state="done", result="", by=cast.account(cast.tuan), at=LATER)


def test_the_meeting_that_gave_a_task_keeps_its_roles(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened)
    hoa = cast.account(cast.hoa)
    assert roles(hoa, task) == roles(hoa, fresh(opened)) == {Role.MEMBER, Role.MINUTE_TAKER}
