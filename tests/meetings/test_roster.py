"""Who counts at a meeting is decided by its day: joining, leaving and posts later never change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from meetings.actions import evening, planning
from meetings.actions.minutes import paper_of
from meetings.facts import Evening, facts_of, roll
from meetings.models import Attendance, Mark, Meeting
from members import actions as people
from members.models import Tenure, TenureKind
from tests.factories import NOW, at, make_member, plan_fields
from tests.meetings.steps import OPENED, close, fresh, row_of, seal

if TYPE_CHECKING:
    from tests.conftest import Cast


def call(cast: Cast, day: str) -> Meeting:
    by = cast.account(cast.lan)
    fields = plan_fields(starts_at=at(f"{day} 19:00"), chair=cast.lan, minute_taker=cast.hoa)
    meeting = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **fields)
    planning.call(meeting, by=by, at=NOW)
    return meeting


def names(meeting: Meeting) -> list[str]:
    return [row.name for row in roll(meeting)]


def test_kha_who_left_at_the_end_of_2025_still_counts_at_a_meeting_of_that_day(cast: Cast) -> None:
    assert names(call(cast, "2025-12-31")) == [
        "Nguyễn Thị Hoa",
        "Bùi Văn Kha",
        "Trần Thị Lan",
        "Đỗ Văn Sơn",
        "Lê Anh Tuấn",
    ]


def test_and_not_at_one_of_the_next_day(cast: Cast) -> None:
    assert names(call(cast, "2026-01-01")) == ["Nguyễn Thị Hoa", "Trần Thị Lan", "Đỗ Văn Sơn", "Lê Anh Tuấn"]


def test_somebody_counts_from_the_day_on_which_they_came(cast: Cast) -> None:
    make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 6, 2))
    assert [names(call(cast, day)).count("Vũ Thị Yến") for day in ("2026-06-01", "2026-06-02")] == [0, 1]


@pytest.mark.parametrize(
    ("standing", "counts", "may_come", "may_vote"),
    [
        (TenureKind.FULL, True, True, True),
        (TenureKind.PROBATIONARY, True, True, False),
        (TenureKind.TEMPORARY_IN, True, True, False),
        (TenureKind.EXEMPT, False, True, True),
        (TenureKind.SPECIAL_DUTY, False, True, True),
        (TenureKind.TEMPORARY_OUT, False, False, False),
        (TenureKind.SUSPENDED, False, False, False),
        (TenureKind.LEFT, False, False, False),
    ],
)
def test_what_each_standing_may_do_when_present(
    standing: TenureKind, counts: bool, may_come: bool, may_vote: bool
) -> None:
    row = Attendance(member_id=1, standing=standing, mark=Mark.PRESENT)
    assert (row.counts, row.may_come, row.may_vote) == (counts, may_come, may_vote)


def test_on_the_day_of_becoming_a_full_member_one_counts_as_a_full_member(cast: Cast) -> None:
    people.set_standing(cast.tuan, cast.cell, kind=TenureKind.FULL, starts_on=date(2026, 6, 2), by=None, at=NOW)
    standings = [row_of(call(cast, day), cast.tuan).standing for day in ("2026-06-01", "2026-06-02")]
    assert standings == ["probationary", "full"]


def test_the_post_on_the_roll_is_the_one_of_the_day(cast: Cast) -> None:
    people.appoint(cast.hoa, cast.cell, kind=TenureKind.SECRETARY, starts_on=date(2026, 6, 2), by=None, at=NOW)
    for day, lan, hoa in (("2026-06-01", "Bí thư", ""), ("2026-06-02", "", "Bí thư")):
        by = cast.account(cast.hoa)
        fields = plan_fields(starts_at=at(f"{day} 19:00"), chair=cast.lan, minute_taker=cast.hoa)
        meeting = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **fields)
        planning.call(meeting, by=by, at=NOW)
        assert (row_of(meeting, cast.lan).position, row_of(meeting, cast.hoa).position) == (lan, hoa)


def test_last_years_figures_stay_true_when_people_leave_rename_and_rise(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    paper = paper_of(fresh(opened))
    figures = facts_of(Evening.of(fresh(opened)), now=NOW)
    people.set_standing(cast.son, cast.cell, kind=TenureKind.LEFT, starts_on=date(2027, 1, 1), by=None, at=NOW)
    people.set_standing(cast.tuan, cast.cell, kind=TenureKind.FULL, starts_on=date(2027, 1, 1), by=None, at=NOW)
    cast.son.full_name = "Đỗ Văn Sơn Hải"
    cast.son.save()
    make_member(cast.cell, "Vũ Thị Yến", since=date(2027, 1, 1))
    assert paper_of(fresh(opened)) == paper
    assert facts_of(Evening.of(fresh(opened)), now=NOW) == figures


def test_even_when_every_tenure_is_wiped_out_sealed_minutes_read_the_same(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    sealed = seal(cast, opened)
    paper = paper_of(sealed)
    Tenure.objects.all().delete()
    assert paper_of(fresh(opened)) == paper


def test_a_second_roll_call_does_not_forget_who_is_marked(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark(row_of(called, cast.son), mark=Mark.EXCUSED, reason="Ốm", by=cast.account(cast.lan), at=OPENED)
    planning.draw_up_roster(called)
    assert (row_of(called, cast.son).mark, row_of(called, cast.son).reason) == (Mark.EXCUSED, "Ốm")
    assert called.attendances.count() == 4


def test_members_stand_by_given_name_and_guests_last_as_they_were_entered(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.lan)
    for name in ("Vũ Văn Xuân", "Cao Văn An"):
        evening.add_guest(opened, name=name, position="", by=by, at=NOW)
    assert names(opened) == [
        "Nguyễn Thị Hoa",
        "Trần Thị Lan",
        "Đỗ Văn Sơn",
        "Lê Anh Tuấn",
        "Vũ Văn Xuân",
        "Cao Văn An",
    ]
