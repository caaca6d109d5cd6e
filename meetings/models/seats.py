"""Who chairs and who takes the minutes: the two seats, and who took one over in the middle of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from meetings.clock import minute
from meetings.models.meeting import AgendaItem, Meeting, OfMeeting, OfMeetingQuerySet
from members.models import Member, User

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Seat(models.TextChoices):
    """Spelt as the column of the meeting that says who holds it."""

    MINUTE_TAKER = "minute_taker", "Người ghi biên bản"
    CHAIR = "chair", "Chủ trì"


DOES = {Seat.CHAIR: "chủ trì", Seat.MINUTE_TAKER: "ghi biên bản"}


class SeatChangeQuerySet(OfMeetingQuerySet["SeatChange"]):
    def with_holders(self) -> SeatChangeQuerySet:
        return self.select_related("was", "member")


class SeatChange(OfMeeting):
    """From `since` on `member` holds the seat that `was` held until then; the meeting itself names the last."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seat_changes")
    seat = models.CharField(max_length=12, choices=Seat.choices)
    was = models.ForeignKey(Member, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    since = models.DateTimeField("từ lúc")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = SeatChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_seat_display()}: {self.member}"


@dataclass(frozen=True, slots=True)
class Held:
    """A seat held by one person; `since` None is the opening, `until` None the end."""

    seat: Seat
    member: Member
    since: datetime | None = None
    until: datetime | None = None

    def held_during(self, item: AgendaItem) -> bool:
        """At any moment of it; of what was never begun, at the end of the meeting."""
        if item.started_at is None:
            return self.until is None
        before = self.until is not None and self.until <= minute(item.started_at)
        after = self.since is not None and item.ended_at is not None and self.since > item.ended_at
        return not before and not after


def held(meeting: Meeting, changes: Iterable[SeatChange]) -> list[Held]:
    """Chair, then minute-taker, each in the order in which they held the seat."""
    known, found = list(changes), []
    for seat in (Seat.CHAIR, Seat.MINUTE_TAKER):
        since: datetime | None = None
        for change in (one for one in known if one.seat == seat):
            found.append(Held(seat, change.was, since, change.since))
            since = change.since
        last = getattr(meeting, seat)
        if last is not None:
            found.append(Held(seat, last, since))
    return found
