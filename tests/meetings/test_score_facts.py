"""What a score sheet is proposed from beside the evening itself: tasks due, absences in a row, the committee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from guideline import rulebook as rules
from meetings.actions import evening, following, planning, preparing
from meetings.facts import Evening, facts_of, score_facts
from meetings.models import Attendance, Meeting, Minutes, Task, TaskReport
from members.models import TenureKind
from members.saving.actions import save_text
from tests.factories import NOW, at, make_member, plan_fields, put_into
from tests.meetings.steps import CLOSED, DURING, SIGNED, fill_in, fresh, item_of, mark

if TYPE_CHECKING:
    from guideline.facts import MeetingFacts
    from meetings.models import ScoreSheet
    from members.models import Member
    from tests.conftest import Cast


def figures(meeting: Meeting) -> MeetingFacts:
    return score_facts(Evening.of(fresh(meeting)), rules.get(meeting.rulebook), now=SIGNED)


def earlier(cast: Cast, day: str, *, kind: str = "regular", state: str = "sealed", **fields: Any) -> Meeting:
    """A meeting of the cell before this one, as a row; nobody is on its roll."""
    then = at(f"{day} 19:00")
    made = Meeting.objects.create(cell=cast.cell, kind=kind, rulebook="hd42", starts_at=then, **fields)
    put_into(state, pk=made.pk)
    return fresh(made)


def test_beside_the_evening_there_is_nothing_to_tell_of_a_first_meeting(opened: Meeting) -> None:
    plain = facts_of(Evening.of(fresh(opened)), now=SIGNED)
    found = figures(opened)
    assert (found.tasks_due, found.tasks_done, found.excused_in_a_row_over) == (0, 0, 0)
    assert (found.has_committee, found.ideology_minutes, found.commendation_recorded) == (False, None, False)
    assert (found.speakers, found.present) == (plain.speakers, plain.present)


def test_a_settled_sheet_is_an_assessment_of_the_meetings_quality(
    cast: Cast, opened: Meeting, sheet: ScoreSheet
) -> None:
    assert figures(opened).quality_recorded is False
    fill_in(sheet, by=cast.account(cast.lan))
    assert figures(opened).quality_recorded is True


# --- Tasks --------------------------------------------------------------------------------------

DUE, TO_COME = date(2026, 12, 3), date(2026, 12, 4)


@pytest.mark.parametrize(
    ("due_on", "heard", "counted"),
    [
        (DUE, "done", (1, 1)),
        (DUE, "going", (1, 0)),
        (DUE, "dropped", (1, 0)),
        (DUE, None, (1, 0)),
        (TO_COME, "done", (1, 1)),
        (TO_COME, "going", (0, 0)),
        (TO_COME, None, (0, 0)),
        (None, "done", (1, 1)),
        (None, "going", (1, 0)),
        (None, None, (0, 0)),
    ],
)
def test_a_task_counts_when_its_day_has_come_or_when_it_is_done(
    cast: Cast, opened: Meeting, due_on: date | None, heard: str | None, counted: tuple[int, int]
) -> None:
    task = Task.objects.create(cell=cast.cell, meeting=earlier(cast, "2026-11-05"), text="Rà soát", due_on=due_on)
    if heard:
        by = cast.account(cast.hoa)
        following.report_task(task, opened, state=heard, result="Như đã báo", by=by, at=DURING)
    found = figures(opened)
    assert (found.tasks_due, found.tasks_done) == counted


@pytest.mark.parametrize(("said", "counted"), [("done", 0), ("dropped", 0), ("going", 1), ("open", 1)])
def test_what_an_earlier_meeting_has_closed_does_not_count_again(
    cast: Cast, opened: Meeting, said: str, counted: int
) -> None:
    task = Task.objects.create(cell=cast.cell, meeting=earlier(cast, "2026-10-05"), text="Rà soát", due_on=DUE)
    hear(cast, task, earlier(cast, "2026-09-20"), "done")  # entered wrongly and put right by the later one
    hear(cast, task, earlier(cast, "2026-11-05"), said)
    assert figures(opened).tasks_due == counted


def hear(cast: Cast, task: Task, meeting: Meeting, state: str) -> None:
    TaskReport.objects.create(task=task, meeting=meeting, state=state, entered_by=cast.phuc, entered_at=NOW)


def test_what_a_later_meeting_hears_is_not_this_ones(cast: Cast, opened: Meeting) -> None:
    task = Task.objects.create(cell=cast.cell, meeting=earlier(cast, "2026-11-05"), text="Rà soát", due_on=DUE)
    hear(cast, task, earlier(cast, "2027-01-05", state="open"), "done")
    found = figures(opened)
    assert (found.tasks_due, found.tasks_done) == (1, 0)


@pytest.mark.parametrize("other", [{"kind": "committee"}, {"state": "cancelled"}])
def test_tasks_of_the_committees_own_and_of_a_cancelled_meeting_are_not_the_cells(
    cast: Cast, opened: Meeting, other: dict[str, str]
) -> None:
    Task.objects.create(cell=cast.cell, meeting=earlier(cast, "2026-11-05", **other), text="Rà soát", due_on=DUE)
    theirs = Meeting.objects.create(cell=cast.other_cell, kind="regular", starts_at=at("2026-11-05 19:00"))
    Task.objects.create(cell=cast.other_cell, meeting=theirs, text="Việc khác", due_on=DUE)
    assert figures(opened).tasks_due == 0


# --- Absences in a row --------------------------------------------------------------------------


def absent(member: Member, meeting: Meeting, given: str = "excused", standing: str = "full") -> None:
    Attendance.objects.create(meeting=meeting, member=member, standing=standing, name=str(member), mark=given)


@pytest.mark.parametrize(
    ("before", "over"),
    [
        ("excused excused excused", 1),
        ("excused excused", 0),
        ("excused excused excused present", 0),
        ("excused excused excused unexcused", 0),
        ("present excused excused excused", 1),
        ("excused excused none excused", 1),
    ],
)
def test_more_than_three_excused_absences_in_a_row_up_to_this_meeting(
    cast: Cast, opened: Meeting, before: str, over: int
) -> None:
    for month, given in enumerate(before.split(), start=7):
        absent(cast.son, earlier(cast, f"2026-{month:02d}-05"), given.replace("none", ""))
    assert figures(opened).excused_in_a_row_over == 0
    mark(cast, opened, cast.son, "excused", "Ốm")
    assert figures(opened).excused_in_a_row_over == over


@pytest.mark.parametrize(
    ("day", "fields", "standing"),
    [
        ("2025-12-05", {}, "full"),
        ("2026-11-05", {"kind": "committee"}, "full"),
        ("2026-11-05", {"state": "cancelled"}, "full"),
        ("2026-11-05", {}, "exempt"),
    ],
)
def test_last_year_other_meetings_and_time_off_do_not_count(
    cast: Cast, opened: Meeting, day: str, fields: dict[str, str], standing: str
) -> None:
    absent(cast.son, earlier(cast, day, **fields), standing=standing)
    for month in (8, 9):
        absent(cast.son, earlier(cast, f"2026-{month:02d}-05"))
    mark(cast, opened, cast.son, "excused", "Ốm")
    assert figures(opened).excused_in_a_row_over == 0


# --- The committee, praise, time ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "has"), [(None, False), (TenureKind.DEPUTY, True), (TenureKind.COMMITTEE_MEMBER, True)]
)
def test_a_secretary_alone_is_no_committee(cast: Cast, opened: Meeting, post: TenureKind | None, has: bool) -> None:
    make_member(cast.cell, "Vũ Thái Bình", post=post)
    assert figures(opened).has_committee is has


def test_the_committees_own_meeting_for_this_one_is_read_with_its_minutes(cast: Cast, opened: Meeting) -> None:
    held = at("2026-11-28 08:00")
    own = earlier(cast, "2026-11-28", kind="committee", prepares=opened, opened_at=held)
    earlier(cast, "2026-11-29", kind="committee", state="called", prepares=opened)
    found = figures(opened)
    assert (found.committee_met_at, found.committee_minutes_sealed_at) == (held, None)
    Minutes.objects.create(meeting=own, sealed_at=NOW)
    assert figures(opened).committee_minutes_sealed_at == NOW


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("notes", "Biểu dương đồng chí Hoa.", True),
        ("conclusion", "Chi bộ nhắc nhở việc nộp báo cáo.", True),
        ("notes", "Trình bày dự thảo.", False),
    ],
)
def test_praise_or_a_reminder_is_recorded_where_it_is_written(
    cast: Cast, opened: Meeting, field: str, text: str, said: bool
) -> None:
    item = item_of(opened, "conclusion")
    save_text("item", item, {field: text}, base=0, by=cast.account(cast.hoa), at=DURING)
    assert figures(opened).commendation_recorded is said


def test_the_time_for_ideology_and_criticism_is_that_of_its_items(cast: Cast) -> None:
    by = cast.account(cast.lan)
    fields = plan_fields(topic="", chair=cast.lan, minute_taker=cast.hoa)
    meeting = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **fields)
    planning.call(meeting, by=by, at=NOW)
    evening.open_meeting(meeting, by=by, at=DURING)
    first, second = item_of(meeting, "criticism"), item_of(meeting, "orientation")
    evening.start_item(first, by=by, at=DURING)
    assert figures(meeting).ideology_minutes is None
    evening.end_item(first, by=by, at=DURING + timedelta(minutes=20))
    evening.start_item(second, by=by, at=CLOSED)
    evening.end_item(second, by=by, at=CLOSED + timedelta(minutes=5))
    assert figures(meeting).ideology_minutes == 25


def test_the_time_of_posting_is_what_was_ticked(cast: Cast, opened: Meeting) -> None:
    preparing.tick(opened, what="papers_posted_at", done=True, by=cast.account(cast.lan), at=DURING)
    assert figures(opened).papers_posted_at == DURING
