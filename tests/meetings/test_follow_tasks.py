"""Between two meetings: what an owner says about a task, and the one screen of a cell's year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meetings import follow
from meetings.actions import following, planning
from meetings.models import Meeting, Task, TaskNote
from tests.factories import at, plan_fields, put_into
from tests.meetings.steps import DURING, close, forbidden, last_event, refused

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

LATER = at("2026-12-20 09:00")
TODAY = date(2026, 12, 20)


def give(cast: Cast, meeting: Meeting, owner: Member | None, text: str = "Kê khai", due: date | None = None) -> Task:
    by = cast.account(cast.hoa)
    return following.assign_task(meeting, text=text, owner=owner, due_on=due, item=None, by=by, at=DURING)


def say(cast: Cast, task: Task, by: Member, text: str = "Đã nộp ngày 10/12", **more: Any) -> TaskNote:
    return following.note_task(task, **{"state": "done", "text": text, "by": cast.account(by), "at": LATER, **more})


def next_meeting(cast: Cast, day: str = "2027-01-05 19:00") -> Meeting:
    fields = plan_fields(starts_at=at(day), topic="", chair=cast.lan, minute_taker=cast.lan)
    return planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=LATER, **fields)


def report(cast: Cast, task: Task, meeting: Meeting, state: str, result: str = "Đã nghe", moment: Any = LATER) -> None:
    who = {"by": cast.account(cast.lan), "at": moment}
    following.report_task(task, meeting, state=state, result=result, **who)


# --- An owner's own word ------------------------------------------------------------------------


def test_the_owner_says_how_far_it_is_and_the_task_waits_for_the_meeting(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    note = say(cast, task, cast.tuan, " Đã nộp ngày 10/12 ")
    assert (note.state, note.text, note.entered_for_them) == ("done", "Đã nộp ngày 10/12", False)
    assert Task.objects.get().state == "open"
    assert last_event(opened) == ("note_task", {"task": task.pk, "state": "done"})


def test_the_secretary_enters_it_for_somebody_without_a_device_and_is_named(cast: Cast, opened: Meeting) -> None:
    note = say(cast, give(cast, opened, cast.son), cast.lan)
    assert (note.entered_for_them, note.entered_by) == (True, cast.account(cast.lan))


def test_nobody_speaks_for_another_owner(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    for other in (cast.hoa, cast.mai):
        with forbidden():
            say(cast, task, other)


@pytest.mark.parametrize("state", ["open", "dropped", "perhaps"])
def test_only_a_meeting_drops_a_task(cast: Cast, opened: Meeting, state: str) -> None:
    task = give(cast, opened, cast.tuan)
    with refused("Xin chọn đang thực hiện hoặc đã hoàn thành.", "state"):
        say(cast, task, cast.tuan, state=state)


def test_a_word_is_needed(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    with refused("Xin ghi kết quả, minh chứng.", "text"):
        say(cast, task, cast.tuan, "  ")


def test_a_dropped_task_is_not_updated(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    report(cast, task, next_meeting(cast), "dropped")
    with refused("Nhiệm vụ này đã thôi thực hiện."):
        say(cast, task, cast.tuan)


def test_it_is_said_also_after_the_minutes_are_sealed(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    close(cast, opened)
    put_into("sealed")
    assert say(cast, task, cast.tuan).text == "Đã nộp ngày 10/12"


# --- What the next meeting finds ----------------------------------------------------------------


def found_at(meeting: Meeting) -> tuple[str, str | None]:
    promise = follow.promises(meeting)[0]
    return promise.result, promise.note.state if promise.note else None


def test_the_next_meeting_finds_the_owners_last_word_filled_in(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    say(cast, task, cast.tuan, "Một nửa", state="going")
    say(cast, task, cast.tuan, "Đã nộp", at=at("2026-12-21 09:00"))
    assert found_at(next_meeting(cast)) == ("Đã nộp", "done")


def test_what_the_meeting_has_heard_stands_before_what_the_owner_said(cast: Cast, opened: Meeting) -> None:
    task, here = give(cast, opened, cast.tuan), next_meeting(cast)
    say(cast, task, cast.tuan)
    report(cast, task, here, "going", "Còn thiếu chữ ký")
    assert found_at(here) == ("Còn thiếu chữ ký", "done")


def test_a_word_that_one_meeting_has_heard_is_not_offered_to_the_next(cast: Cast, opened: Meeting) -> None:
    task, january = give(cast, opened, cast.tuan), next_meeting(cast)
    say(cast, task, cast.tuan)
    report(cast, task, january, "going", moment=at("2027-01-05 19:30"))
    assert found_at(next_meeting(cast, "2027-02-03 19:00")) == ("", None)


def test_the_desk_shows_who_wrote_it(cast: Cast, as_user: Any, opened: Meeting) -> None:
    earlier = next_meeting(cast, "2026-11-05 19:00")
    task = Task.objects.create(cell=cast.cell, meeting=earlier, text="Rà soát", owner=cast.tuan)
    TaskNote.objects.create(
        task=task, state="done", text="Xong rồi", entered_by=cast.account(cast.tuan), entered_at=DURING
    )
    page = as_user(cast.hoa).get(f"/meetings/{opened.pk}/room/promises/").content.decode()
    confirm = "Xác nhận theo lời đồng chí ấy: Đã hoàn thành"
    assert [words in page for words in ("Xong rồi</textarea>", "đồng chí Lê Anh Tuấn", confirm)] == [True] * 3


def test_old_tasks_are_reported_under_their_item_and_a_refusal_stays_there(
    cast: Cast, as_user: Any, opened: Meeting
) -> None:
    earlier = next_meeting(cast, "2026-11-05 19:00")
    task = Task.objects.create(cell=cast.cell, meeting=earlier, text="Rà soát", owner=cast.tuan)
    item, hoa = opened.items.get(step="past_tasks"), as_user(cast.hoa)
    page = hoa.get(f"/items/{item.pk}/desk/").content.decode()
    assert ["Rà soát" in page, "/room/promises/" in page] == [True, False]
    sent = {"item": item.pk, "state": "dropped", "result": ""}
    answer = hoa.post(f"/meetings/{opened.pk}/reports/{task.pk}/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "cần ghi lý do" in page, f"/items/{item.pk}/end/" in page) == (422, True, False)
    answer = hoa.post(f"/meetings/{opened.pk}/reports/{task.pk}/", {**sent, "result": "Không còn cần"})
    assert (answer.status_code, answer.url) == (302, f"/items/{item.pk}/desk/#task-{task.pk}")
    for wrong in ("x", "0", "999999"):
        assert hoa.post(f"/meetings/{opened.pk}/reports/{task.pk}/", {**sent, "item": wrong}).status_code in (404, 422)
    elsewhere = earlier.items.create(position=1, title="Việc tháng trước")
    Meeting.objects.filter(pk=earlier.pk).update(minute_taker=cast.hoa)
    assert hoa.get(f"/items/{elsewhere.pk}/desk/").status_code != 404  # a line of hers, but not of this meeting
    answer = hoa.post(f"/meetings/{opened.pk}/reports/{task.pk}/", {**sent, "result": "Cũ", "item": elsewhere.pk})
    assert answer.status_code == 404


# --- The year -----------------------------------------------------------------------------------


def year(cast: Cast, number: int = 2026, by: Member | None = None, today: date = TODAY) -> follow.Year:
    return follow.year_of(cast.cell, number, cast.account(by or cast.lan), today)


def groups(found: follow.Year) -> dict[str, list[str]]:
    named = {"overdue": found.overdue, "going": found.going, "closed": found.closed}
    return {name: [row.task.text for row in rows] for name, rows in named.items() if rows}


def test_tasks_stand_by_how_far_they_are_and_are_counted_for_the_cell(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan, "Quá hạn", date(2026, 12, 19))
    give(cast, opened, cast.tuan, "Hôm nay", date(2026, 12, 20))
    give(cast, opened, None, "Không hạn")
    done = give(cast, opened, cast.son, "Xong")
    report(cast, done, next_meeting(cast), "done")
    found = year(cast)
    assert groups(found) == {"overdue": ["Quá hạn"], "going": ["Hôm nay", "Không hạn"], "closed": ["Xong"]}
    assert (found.open, len(found.overdue), len(found.closed)) == (3, 1, 1)


def test_what_is_still_open_goes_into_the_next_year_and_what_is_closed_stays(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan, "Còn mở")
    dropped = give(cast, opened, cast.tuan, "Đã thôi")
    report(cast, dropped, next_meeting(cast, "2026-12-28 19:00"), "dropped")
    new_year = date(2027, 1, 10)
    assert groups(year(cast, 2027, today=new_year)) == {"going": ["Còn mở"]}
    assert groups(year(cast, 2026, today=new_year)) == {"going": ["Còn mở"], "closed": ["Đã thôi"]}
    assert groups(year(cast, 2025, today=new_year)) == {}


def test_what_was_closed_this_year_is_counted_in_the_year_that_heard_of_it(cast: Cast, opened: Meeting) -> None:
    report(cast, give(cast, opened, cast.tuan), next_meeting(cast), "done")
    assert groups(year(cast, 2027, today=date(2027, 1, 10))) == {"closed": ["Kê khai"]}


def test_a_task_is_of_the_day_on_which_its_meeting_was_held_whatever_was_planned(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan)
    Meeting.objects.filter(pk=opened.pk).update(opened_at=at("2027-01-08 19:00"))  # planned for December
    assert [groups(year(cast, number)) for number in (2026, 2027)] == [{}, {"going": ["Kê khai"]}]
    before, after = (next_meeting(cast, f"2027-01-0{day} 19:00") for day in (5, 9))
    assert [Task.objects.promised_before(one).count() for one in (before, after)] == [0, 1]


def test_the_promises_of_a_cancelled_meeting_are_not_followed(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan)
    Meeting.objects.filter(pk=opened.pk).update(state="cancelled")
    assert groups(year(cast)) == {}


def test_a_task_names_the_meeting_that_will_hear_about_it_a_plan_only_to_who_plans(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan)
    planned = next_meeting(cast)
    assert [year(cast, by=person).going[0].next_meeting for person in (cast.lan, cast.tuan)] == [planned, None]
    planning.call(planned, by=cast.account(cast.lan), at=LATER)
    assert year(cast, by=cast.tuan).going[0].next_meeting == planned


def test_only_owner_and_committee_are_offered_to_update_and_only_what_is_open(cast: Cast, opened: Meeting) -> None:
    give(cast, opened, cast.tuan)
    report(cast, give(cast, opened, cast.tuan, "Xong"), next_meeting(cast), "done")
    offered = {
        who.full_name: [row.may_note for row in (*found.going, *found.closed)]
        for who in (cast.lan, cast.tuan, cast.hoa)
        for found in [year(cast, by=who)]
    }
    assert offered == {
        "Trần Thị Lan": [True, False],
        "Lê Anh Tuấn": [True, False],
        "Nguyễn Thị Hoa": [False, False],
    }


def test_the_last_report_and_every_word_stand_beside_the_task(cast: Cast, opened: Meeting) -> None:
    task = give(cast, opened, cast.son)
    say(cast, task, cast.lan, "Một")
    say(cast, task, cast.lan, "Hai", at=at("2026-12-21 09:00"))
    for day, words in (("2026-12-18 19:00", "Tháng mười hai"), ("2026-12-10 19:00", "Trước đó")):
        report(cast, task, next_meeting(cast, day), "going", words)
    row = year(cast).going[0]
    assert row.last_report is not None
    assert (row.last_report.result, [note.text for note in row.notes]) == ("Tháng mười hai", ["Một", "Hai"])


@pytest.mark.parametrize(("asked", "shown"), [("", 2026), ("2025", 2025), ("1999", 2026), ("x", 2026), ("٢٠٢٥", 2025)])
def test_the_page_shows_the_year_asked_for(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch, asked: str, shown: int
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    page = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/tasks/", {"nam": asked})
    assert (page.status_code, page.context["found"].year) == (200, shown)


def test_a_member_updates_through_the_page_and_reads_it_on_the_list(cast: Cast, as_user: Any, opened: Meeting) -> None:
    task = give(cast, opened, cast.tuan)
    tuan, url = as_user(cast.tuan), f"/tasks/{task.pk}/update/"
    empty = tuan.post(url, {"state": "done", "text": ""})
    sent = tuan.post(url, {"state": "going", "text": "Đang chờ\nxác nhận"})
    assert (empty.status_code, sent.status_code, sent["Location"]) == (
        422,
        302,
        f"/cells/{cast.cell.pk}/tasks/#task-{task.pk}",
    )
    assert [(note.state, note.text) for note in TaskNote.objects.all()] == [("going", "Đang chờ\nxác nhận")]


def test_the_notice_leads_everybody_to_their_own_tasks(cast: Cast, as_user: Any, opened: Meeting) -> None:
    give(cast, opened, cast.tuan)
    january = next_meeting(cast)
    planning.call(january, by=cast.account(cast.lan), at=LATER)
    mine = [
        [task.text for task in as_user(person).get(f"/meetings/{january.pk}/notice/").context["my_tasks"]]
        for person in (cast.tuan, cast.hoa)
    ]
    assert mine == [["Kê khai"], []]
