"""What public bug reports of other systems led us to: each test says what is right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meetings.actions import evening, planning
from members import actions as people
from members.models import TenureKind
from tests.factories import at, make_member

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting
    from tests.conftest import Cast


def by(cast: Cast, moment: str = "2026-12-03 19:20") -> dict[str, Any]:
    return {"by": cast.account(cast.lan), "at": at(moment)}


def discussion(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(step="thematic_discussion")


# 6 -- the registry changes while the meeting runs
def test_whoever_is_entered_after_the_opening_reaches_the_roll(cast: Cast, opened: Meeting) -> None:
    new = make_member(cast.cell, "Người Mới", since=date(2026, 12, 1))
    assert opened.attendances.filter(member=new).exists()


def test_whoever_had_left_before_is_taken_off_the_roll(cast: Cast, opened: Meeting) -> None:
    people.set_standing(cast.son, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), **by(cast))
    assert not opened.attendances.get(member=cast.son).may_vote


# 7 -- two people of one name
def test_namesakes_can_be_told_apart_on_the_desk(cast: Cast, planned: Meeting, as_user) -> None:  # type: ignore[no-untyped-def]
    for year in (1950, 1990):
        make_member(cast.cell, "Nguyễn Văn Hùng", born_on=date(year, 1, 1))
    planning.call(planned, **by(cast, "2026-11-25 08:00"))
    evening.open_meeting(planned, **by(cast, "2026-12-03 19:02"))
    page = as_user(cast.lan).get(f"/items/{discussion(planned).pk}/desk/").content.decode()
    assert page.count(">Nguyễn Văn Hùng</") == 0
