"""Who is here at this moment, and may speak or vote: the one answer for the roll, speakers, votes and ballots."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Max

from meetings.models import Mark
from meetings.wording import FULL_MEMBERS, paper_time
from members.models import TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from meetings.models import AgendaItem, Attendance, Meeting, Recusal, Vote

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
    aside: frozenset[int] = frozenset()  # keys of the rows of who steps aside for the item
    end: datetime | None = None  # of the meeting, once it is over

    def now(self) -> Room:
        """The same for who is to speak at this moment, not for who has spoken under the item."""
        return replace(self, since=None)

    def is_here(self, row: Attendance) -> bool:
        """Marked as present, come by this moment and not gone; whoever steps aside is still in the house."""
        return row.mark == Mark.PRESENT and self._within(row)

    def may_speak(self, row: Attendance) -> bool:
        """Whoever may come and was here during the item; whom the roll has not reached may turn out to be here."""
        return row.may_take_part and not self.why_silent(row)

    @property
    def _begun(self) -> datetime:
        return self.at if self.since is None else min(self.since, self.at)

    def may_vote(self, row: Attendance) -> bool:
        return row.may_vote and row.pk not in self.aside and self.is_here(row)

    def in_base(self, row: Attendance) -> bool:
        """Full members called, absent or not; the exempt only where they came (QĐ 294-QĐ/TW, điểm 9.3.2).

        Whoever steps aside is not asked, and so is not among those of whom a majority is counted.
        """
        return row.may_vote and row.pk not in self.aside and (row.standing not in BASE_IF_HERE or self.is_here(row))

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
        if row.mark not in (Mark.PRESENT, Mark.NONE):
            return f"Đồng chí {row.name} đang ghi vắng. Xin điểm danh lại trước."
        if row.pk in self.aside:
            return f"Đồng chí {row.name} không tham gia nội dung này."
        if row.left_at is not None and self._gone(row, self._begun):
            return f"Đồng chí {row.name} đã về lúc {paper_time(row.left_at)}."
        if row.arrived_at is not None and row.arrived_at > self.at:
            return f"Đồng chí {row.name} đến lúc {paper_time(row.arrived_at)}, sau nội dung này."
        return ""

    def _within(self, row: Attendance) -> bool:
        """Come by this moment and not gone; whoever leaves at a moment is gone at it."""
        came = row.arrived_at is None or row.arrived_at <= self.at
        return came and not self._gone(row, self.at)

    def _gone(self, row: Attendance, by: datetime) -> bool:
        return row.left_at is not None and row.left_at <= by and not row.stayed_to(self.end)


def steady(meeting: Meeting, at: datetime) -> datetime:
    """`at`, but never earlier than the last event: a clock that was set back brings nobody into the room again.

    For actions, which hold the meeting: what was found then is not asked again. Otherwise one query.
    """
    last = meeting.last_moment or meeting.events.aggregate(last=Max("happened_at"))["last"]
    return at if last is None else max(at, last)


def room_of(meeting: Meeting, at: datetime, item: AgendaItem | None = None, *, since: datetime | None = None) -> Room:
    """The room for what is entered at `at`, under an item or since a moment. One query."""
    rows = meeting.attendances.select_related("member")
    return room_with(rows if item is None else rows.at_item(item), meeting, at, item, since=since)


def room_with(
    rows: Iterable[Attendance],
    meeting: Meeting,
    at: datetime,
    item: AgendaItem | None = None,
    *,
    since: datetime | None = None,
) -> Room:
    """The same of rows that are there already; under an item they come from `at_item`.

    What is over is judged by its end. What nobody has begun is asked about now, and after the end of the meeting
    about the whole of it.
    """
    rows = list(rows)
    since = since if item is None else item.started_at
    if meeting.closed_at is not None and (since is None or since > meeting.closed_at):
        since = meeting.opened_at
    over = (item.ended_at if item is not None else None) or meeting.closed_at
    aside = frozenset(row.pk for row in rows if item is not None and row.recusal)
    return Room(rows, over or at, since, aside, meeting.closed_at)


def rooms_of_votes(
    meeting: Meeting,
    rows: Sequence[Attendance] | None = None,
    votes: Iterable[Vote] | None = None,
    recusals: Iterable[Recusal] | None = None,
) -> list[tuple[Vote, Room]]:
    """Each vote with the room in which it was taken, as the roll stands now. A query for each that is not given."""
    rows = list(meeting.attendances.all()) if rows is None else rows
    aside: dict[int, set[int]] = defaultdict(set)
    for one in meeting.recusals.all() if recusals is None else recusals:
        aside[one.item_id].add(one.person_id)
    found = meeting.votes.all() if votes is None else votes
    end = meeting.closed_at
    return [(vote, Room(rows, vote.taken_at, aside=frozenset(aside[vote.item_id]), end=end)) for vote in found]


def could_have_voted(meeting: Meeting) -> int:
    """With a vote and here at any time of the meeting, or not reached by the roll yet. One query."""
    return sum(row.may_vote and row.mark in (Mark.PRESENT, Mark.NONE) for row in meeting.attendances.all())


def beyond_the_roll(rooms: Iterable[tuple[Vote, Room]]) -> list[tuple[Vote, int]]:
    """Votes with more hands or slips than people who could vote, as the roll stands now, and how many these were."""
    return [(vote, entitled) for vote, room in rooms if vote.took_part > (entitled := len(room.voters()))]


def voters_word(meeting: Meeting) -> str:
    """How those who vote at it are called."""
    return "chi uỷ viên" if meeting.of_committee else FULL_MEMBERS


HOW_TO_FIT = "Xin sửa điểm danh, hoặc xoá biểu quyết rồi ghi lại."


def does_not_fit(vote: Vote, entitled: int) -> str:
    return (
        f"Biểu quyết “{vote.question}” ghi {vote.took_part} đồng chí, mà theo điểm danh chỉ có {entitled} đồng chí "
        "được biểu quyết lúc đó."
    )
