"""The speaking list of an item: who has asked for the floor, who has it, and what the desk may undo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from meetings.models.evening import Attendance, Remark, UnderItemQuerySet
from meetings.models.meeting import AgendaItem, Meeting, OfMeeting
from members.held import put_in
from members.models import User

if TYPE_CHECKING:
    from datetime import timedelta


class TurnKind(models.TextChoices):
    SPEAK = "speak", "Phát biểu"
    REPLY = "reply", "Trao đổi lại"
    PROCEDURAL = "procedural", "Về trình tự"


class TurnState(models.TextChoices):
    WAITING = "waiting", "Chờ phát biểu"
    SPEAKING = "speaking", "Đang phát biểu"
    PAUSED = "paused", "Tạm dừng"
    DONE = "done", "Đã phát biểu"
    WITHDRAWN = "withdrawn", "Đã rút"


ON_THE_FLOOR = (TurnState.SPEAKING, TurnState.PAUSED)


class TurnQuerySet(UnderItemQuerySet["Turn"]):
    def with_meeting(self) -> Self:
        return super().with_meeting().select_related("item", "speaker")

    def with_asker(self) -> Self:
        """With whoever has entered it, and the person behind that account."""
        return self.select_related("asked_by__member")

    def with_speaker(self) -> Self:
        return self.select_related("speaker")

    def waiting(self) -> Self:
        return self.filter(state=TurnState.WAITING)

    def not_over(self) -> Self:
        """Waiting or on the floor."""
        return self.filter(state__in=(TurnState.WAITING, *ON_THE_FLOOR))

    def on_the_floor(self) -> Self:
        """Speaking or paused: one at most in a meeting."""
        return self.filter(state__in=ON_THE_FLOOR)

    def near(self, item: int, speaker: int) -> Self:
        """Of a meeting's, whoever speaks, and this person where they wait on this item: two at most, in no order."""
        own = Q(state=TurnState.WAITING, item=item, speaker=speaker)
        return self.filter(Q(state__in=ON_THE_FLOOR) | own).order_by()

    def listed(self) -> Self:
        """Without those that were taken back: what a list of turns shows."""
        return self.exclude(state=TurnState.WITHDRAWN)


class Turn(OfMeeting):
    """One asking for the floor and what became of it; it goes when the minutes are sealed, the remark stays.

    `place` is the number that the event had which put it there, so no clock decides an order.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="turns")
    speaker = models.ForeignKey(Attendance, models.CASCADE, related_name="turns")
    kind = models.CharField("loại", max_length=12, choices=TurnKind.choices, default=TurnKind.SPEAK)
    state = models.CharField(max_length=12, choices=TurnState.choices, default=TurnState.WAITING)
    place = models.PositiveIntegerField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_seconds = models.PositiveIntegerField(default=0)  # of the pauses that are over
    ended_at = models.DateTimeField(null=True)
    remark = models.OneToOneField(Remark, models.SET_NULL, null=True, related_name="turn")

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="turn_kind_is_known", condition=Q(kind__in=TurnKind.values)),
            models.CheckConstraint(name="turn_state_is_known", condition=Q(state__in=TurnState.values)),
            models.UniqueConstraint(
                name="one_speaks_at_a_time", fields=["meeting"], condition=Q(state__in=ON_THE_FLOOR)
            ),
            models.UniqueConstraint(
                name="one_place_in_the_list", fields=["item", "speaker"], condition=Q(state=TurnState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.get_state_display()}"

    @property
    def entered_for_them(self) -> bool:
        """By somebody else, who is named."""
        return self.asked_by.member_id is None or self.asked_by.member_id != self.speaker.member_id

    def seconds(self, now: datetime) -> int:
        """Spoken so far, without the pauses; a clock that is set back makes it no less than nothing."""
        if self.started_at is None:
            return 0
        spoken: timedelta = (self.ended_at or self.paused_at or now) - self.started_at
        return max(0, int(spoken.total_seconds()) - self.paused_seconds)


class FloorStepQuerySet(UnderItemQuerySet["FloorStep"]):
    def keep(self, step: FloorStep, most: int) -> None:
        """A new step of its meeting; the latest of so many stay."""
        older = (
            "DELETE FROM meetings_floorstep WHERE meeting_id = %s AND id <= (SELECT id FROM meetings_floorstep "
            "WHERE meeting_id = %s ORDER BY id DESC LIMIT 1 OFFSET %s)"
        )
        put_in(step, (older, [step.meeting_id, step.meeting_id, most - 1]))


class FloorStep(OfMeeting):
    """What stood before one step of the desk on the list; the last ten are kept, and none past the item's end."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="floor_steps")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="floor_steps")
    what = models.CharField(max_length=20)  # as the event is called
    was = models.JSONField()  # keys of rows, and for each changed column what stood before and after

    objects = FloorStepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.what
