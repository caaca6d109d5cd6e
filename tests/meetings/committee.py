"""A cell with a committee: Lan leads it, Bình and Cường sit on it, and it meets two days before the cell does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.actions import evening, minutes, planning
from meetings.models import AgendaItem, Meeting, Seat
from members.models import TenureKind
from tests.factories import NOW, at, make_member, plan_fields
from tests.meetings.steps import begin, fresh, on_screen, row_of

if TYPE_CHECKING:
    from members.models import Member, User
    from tests.conftest import Cast

CALLED = at("2026-11-28 08:00")
OPENED = at("2026-12-01 17:00")
CLOSED = at("2026-12-01 18:10")
SIGNED = at("2026-12-01 18:20")


@dataclass
class Committee:
    """A cell with a committee, its thematic meeting of 3 December, and the committee's meeting two days before."""

    cast: Cast
    binh: Member
    cuong: Member
    prepared: Meeting
    meeting: Meeting

    @property
    def lan(self) -> User:
        return self.cast.account(self.cast.lan)

    def hold(self) -> Meeting:
        """Lan and Bình are there, Cường is away."""
        who: dict[str, Any] = {"by": self.lan, "at": OPENED}
        planning.call(self.meeting, by=self.lan, at=CALLED)
        evening.open_meeting(self.meeting, **who)
        evening.mark(row_of(self.meeting, self.cuong), mark="excused", reason="đi công tác", **who)
        evening.mark_rest_present(self.meeting, **who)
        return fresh(self.meeting)

    def close(self) -> Meeting:
        begin(self.meeting)
        evening.close(self.meeting, opened_at=OPENED, closed_at=CLOSED, by=self.lan, at=CLOSED)
        return fresh(self.meeting)

    def holder(self, seat: Seat) -> User:
        return self.cast.account(getattr(fresh(self.meeting), seat))

    def seal(self) -> Meeting:
        for seat in Seat:
            minutes.sign(self.meeting, seat=seat, seen=on_screen(self.meeting), by=self.holder(seat), at=SIGNED)
        return fresh(self.meeting)

    @property
    def last_item(self) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting__cell").filter(meeting=self.meeting).latest("position")


def plan(cast: Cast, **changes: Any) -> Meeting:
    usual = {"starts_at": OPENED, "place": "Phòng họp nhỏ", "topic": "", "chair": cast.lan}
    fields = {name: value for name, value in plan_fields(**usual).items() if name != "author"}
    who = {"by": cast.account(cast.lan), "at": NOW}
    return planning.plan_meeting(cast.cell, kind="committee", **who, **{**fields, **changes})


def seat(cast: Cast, planned: Meeting) -> Committee:
    """Elect Bình and Cường, and plan the committee's meeting for the meeting given."""
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.DEPUTY, username="binh")
    cuong = make_member(cast.cell, "Hà Mạnh Cường", post=TenureKind.COMMITTEE_MEMBER, username="cuong")
    meeting = plan(cast, minute_taker=binh, prepares=planned)
    return Committee(cast, binh, cuong, planned, meeting)
