"""Who has the floor on an item, who is next, who has not spoken yet: one answer for desk, wall and pocket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings import under_item
from meetings.lifecycle import State
from meetings.models import ON_THE_FLOOR, Turn, TurnKind, TurnState
from meetings.presence import room_with

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from meetings.models import AgendaItem, Attendance, Meeting
    from meetings.presence import Room

LIMITS = (2, 3, 5, 7, 10, 15)  # minutes that are offered
STEPS = {
    "ask_floor": "ghi vào danh sách",
    "withdraw_asking": "rút đăng ký",
    "give_floor": "mời phát biểu",
    "pause_turn": "tạm dừng",
    "resume_turn": "tiếp tục",
    "end_turn": "kết thúc lượt",
    "move_turn": "đổi thứ tự",
    "close_list": "đóng danh sách",
    "reopen_list": "mở lại danh sách",
    "limit_turns": "đặt thời gian",
    "correct_turn": "sửa giờ",
}


@dataclass(frozen=True, slots=True)
class Floor:
    """The list of one item as it stands now. Nothing here counts or adds up anybody's turns."""

    item: AgendaItem
    now: datetime
    turns: Sequence[Turn]  # each with its speaker; none that was taken back
    room: Room
    spoke: frozenset[int]  # keys of the rows of those who have, or are just having, a remark on this item
    is_running: bool  # the item is on: turns are asked for and given

    @property
    def speaking(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.state in ON_THE_FLOOR), None)

    @property
    def is_paused(self) -> bool:
        return self.speaking is not None and self.speaking.state == TurnState.PAUSED

    @property
    def waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.state == TurnState.WAITING]

    @property
    def is_busy(self) -> bool:
        """A name that is pressed goes on the list."""
        return self.speaking is not None or bool(self.waiting)

    @property
    def done(self) -> list[Turn]:
        """In the order in which they spoke."""
        return [turn for turn in self.turns if turn.state == TurnState.DONE]

    @property
    def callable(self) -> list[Attendance]:
        """Who may speak, and neither speaks nor waits."""
        busy = {turn.speaker_id for turn in self.turns if turn.state in (*ON_THE_FLOOR, TurnState.WAITING)}
        room = self.room.now() if self.is_running else self.room
        return [row for row in room.speakers() if row.pk not in busy]

    @property
    def not_yet(self) -> list[Attendance]:
        """A hint for this item alone: members who are here and have not spoken on it."""
        return [row for row in self.room.here() if not row.is_guest and row.pk not in self.spoke | self.room.aside]

    @property
    def is_closed(self) -> bool:
        return self.item.floor_closed_at is not None

    @property
    def is_used(self) -> bool:
        return bool(self.turns)

    @property
    def seconds(self) -> int:
        """Of the turn that is on, by the server's clock."""
        return 0 if self.speaking is None else self.speaking.seconds(self.now)

    @property
    def counts_from(self) -> datetime:
        """From when a clock would have counted to what the turn has had, pauses left out."""
        return self.now - timedelta(seconds=self.seconds)

    @property
    def may_ask(self) -> list[Attendance]:
        """The members who can put themselves on the list now."""
        return [] if self.is_closed else [row for row in self.callable if row.member_id]

    @property
    def not_here(self) -> list[Attendance]:
        """The members who could if they were here."""
        room = self.room.now()
        return [] if self.is_closed else [row for row in room.rows if row.member_id and not room.may_speak(row)]

    @property
    def limit(self) -> int | None:
        """In seconds."""
        return None if self.item.limit_minutes is None else 60 * self.item.limit_minutes

    @property
    def is_over_limit(self) -> bool:
        return self.limit is not None and self.seconds >= self.limit

    def spoken(self) -> list[tuple[Turn, int]]:
        """The turns that are over, each with its own length."""
        return [(turn, turn.seconds(self.now)) for turn in self.done]


def at_desk(floor: Floor) -> dict[str, Any]:
    """What the panel of the desk shows."""
    last = STEPS.get(floor.item.last_step_what or "")
    return {"floor": floor, "kinds": TurnKind.choices, "limits": LIMITS, "last_step": last}


def floor_of(
    meeting: Meeting,
    item: AgendaItem,
    *,
    now: datetime | None = None,
    room: Room | None = None,
    spoke: frozenset[int] | None = None,
    over: bool = True,
) -> Floor:
    """Two queries; one where the room and who has spoken are there already. `room`: of this item, from `at_item`.

    `over`: with the turns that are over.
    """
    now = timezone.now() if now is None else now
    if room is None:
        rows = list(meeting.attendances.at_item(item).with_spoke(item))
        room = room_with(rows, meeting, now, item)
    if spoke is None:
        spoke = frozenset(row.pk for row in room.rows if getattr(row, "spoke", False))
    people = {row.pk: row for row in room.rows}
    # whoever came to the roll after it was read is in the next version
    listed = under_item.turns(item) if over else item.turns.not_over().with_asker()
    turns = [turn for turn in listed if turn.speaker_id in people]
    for turn in turns:
        turn.speaker = people[turn.speaker_id]
    running = meeting.state == State.OPEN and item.progress == "running"
    return Floor(item, now, turns, room, spoke, running)
