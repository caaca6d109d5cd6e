"""Who is here at this moment, and may speak or vote: the one answer for the roll, speakers, votes and ballots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from meetings.models import Mark
from meetings.wording import paper_time
from members.models import TenureKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from meetings.models import AgendaItem, Attendance, Meeting

# Who has a vote but is in the base only when they are here (QĐ 294-QĐ/TW, điểm 9.3.2).
BASE_IF_HERE = (TenureKind.EXEMPT,)


@dataclass(frozen=True, slots=True)
class Room:
    """The roll as it stands, looked at for one moment.

    `since` is when the item began that is asked about: whoever was here at any time of it may be written down as a
    speaker of it. Before it began, `at` alone counts.
    """

    rows: Sequence[Attendance]  # everybody on the roll, guests too
    at: datetime
    since: datetime | None = None

    def is_here(self, row: Attendance) -> bool:
        """Marked as present, come by this moment and not gone."""
        return row.mark == Mark.PRESENT and self._within(row, self.at, self.at)

    def may_speak(self, row: Attendance) -> bool:
        """Whoever may come and was here during the item; whom the roll has not reached may turn out to be here."""
        if row.mark not in (Mark.PRESENT, Mark.NONE):
            return False
        return (row.is_guest or row.may_come) and self._within(row, self._begun, self.at)

    @property
    def _begun(self) -> datetime:
        return self.at if self.since is None else min(self.since, self.at)

    def may_vote(self, row: Attendance) -> bool:
        return row.may_vote and self.is_here(row)

    def in_base(self, row: Attendance) -> bool:
        """Full members called, absent or not; the exempt only where they came (QĐ 294-QĐ/TW, điểm 9.3.2)."""
        return row.may_vote and (row.standing not in BASE_IF_HERE or self.is_here(row))

    def here(self) -> list[Attendance]:
        return [row for row in self.rows if self.is_here(row)]

    def speakers(self) -> list[Attendance]:
        return [row for row in self.rows if self.may_speak(row)]

    def voters(self) -> list[Attendance]:
        return [row for row in self.rows if self.may_vote(row)]

    def base(self) -> list[Attendance]:
        return [row for row in self.rows if self.in_base(row)]

    def why_silent(self, row: Attendance) -> str:
        """The sentence for somebody who comes to the meeting, but was not here for this; "" for who was."""
        if row.left_at is not None and row.left_at <= self._begun:
            return f"Đồng chí {row.name} đã về lúc {paper_time(row.left_at)}."
        if row.arrived_at is not None and row.arrived_at > self.at:
            return f"Đồng chí {row.name} đến lúc {paper_time(row.arrived_at)}, sau nội dung này."
        return ""

    @staticmethod
    def _within(row: Attendance, first: datetime, last: datetime) -> bool:
        """Here for some of the time from `first` to `last`; whoever leaves at a moment is gone at it."""
        came = row.arrived_at is None or row.arrived_at <= last
        return came and (row.left_at is None or row.left_at > first)


def steady(meeting: Meeting, at: datetime) -> datetime:
    """`at`, but never earlier than the last event: a clock that was set back brings nobody into the room again.

    For actions, which hold the meeting. One query.
    """
    last: datetime | None = meeting.events.aggregate(last=Max("happened_at"))["last"]
    return at if last is None else max(at, last)


def room_of(
    meeting: Meeting,
    at: datetime,
    item: AgendaItem | None = None,
    rows: Sequence[Attendance] | None = None,
    *,
    since: datetime | None = None,
) -> Room:
    """The room for what is entered at `at`, under an item or since a moment. One query, none where rows are given.

    What is over is judged by its end. What nobody has begun is asked about now, and after the end of the meeting
    about the whole of it.
    """
    if rows is None:
        rows = list(meeting.attendances.select_related("member"))
    since = since if item is None else item.started_at
    if meeting.closed_at is not None and (since is None or since > meeting.closed_at):
        since = meeting.opened_at
    over = (item.ended_at if item is not None else None) or meeting.closed_at
    return Room(rows, over or at, since)
