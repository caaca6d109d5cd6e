"""The room in which the tests of the speaking list happen: an item that is on, and Hoa at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from meetings.actions import evening, floor
from meetings.floor import floor_of
from meetings.models import FloorStep, Turn
from members.saving.actions import save_text
from tests.meetings.steps import DURING, fresh, item_of, row_of

if TYPE_CHECKING:
    from meetings.floor import Floor
    from meetings.models import AgendaItem, Attendance, Meeting, Remark
    from members.models import Member
    from tests.conftest import Cast

STEP = "thematic_discussion"


class Room:
    """An item that is on, at 19:30, with Hoa at the desk; `later` lets the clock of the server go on."""

    def __init__(self, cast: Cast, meeting: Meeting) -> None:
        self.cast, self.meeting, self.now = cast, meeting, DURING
        evening.start_item(item_of(meeting, STEP), **self.desk)

    @property
    def desk(self) -> dict[str, Any]:
        return {"by": self.cast.account(self.cast.hoa), "at": self.now}

    def as_themself(self, member: Member) -> dict[str, Any]:
        return {"by": self.cast.account(member), "at": self.now}

    @property
    def item(self) -> AgendaItem:
        return item_of(self.meeting, STEP)

    def later(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def row(self, member: Member) -> Attendance:
        return row_of(self.meeting, member)

    def asks(self, member: Member, **more: Any) -> Turn:
        return floor.ask(self.item, self.row(member), **self.as_themself(member), **more)

    def lists(self, *members: Member) -> None:
        for member in members:
            floor.ask(self.item, self.row(member), **self.desk)

    def gives(self, member: Member, **more: Any) -> Remark:
        made = floor.call_on(self.item, self.row(member), at_once=True, **self.desk, **more)
        assert made is not None
        return made

    def turn(self, member: Member) -> Turn:
        """The latest of this person."""
        return Turn.objects.with_meeting().filter(speaker__member=member).latest("pk")

    def undoes(self) -> None:
        step = FloorStep.objects.latest("pk")
        floor.undo(self.item, step=step.pk, **self.desk)

    @property
    def floor(self) -> Floor:
        return floor_of(fresh(self.meeting), self.item, now=self.now)

    def says(self, member: Member, words: str) -> Remark:
        remark = self.gives(member)
        save_text("remark", remark, {"awareness": words}, base=0, **self.desk)
        return remark

    @property
    def waiting(self) -> list[str]:
        return [turn.speaker.name.split()[-1] for turn in self.floor.waiting]

    @property
    def speaker(self) -> str:
        turn = self.floor.speaking
        return turn.speaker.name.split()[-1] if turn else ""
