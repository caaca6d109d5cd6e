"""What somebody notes down for themselves before a conference: nobody else's, and erased after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from critique.cycle.models import Participant
from critique.lifecycle import State
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from members.models import Member, Organisation
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import date, datetime

    from critique.cycle.models import Cycle


TEXTS = ("noted", "wish", "grounds", "suggestion")
DAYS_AFTER = 2  # on that day after the conference what is left is erased


class PrepNoteQuerySet(CellScoped["PrepNote"]):
    """No leader, nobody above and no administrator: a note exists for its author alone."""

    def over(self, now: datetime) -> Self:
        """What the conference has made superfluous."""
        last = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        held = Q(participant__cycle__held_at__lt=last - timedelta(days=DAYS_AFTER - 1))
        return self.filter(Q(participant__cycle__state=State.CLOSED) | held)

    def about_whom(self, cycle: Cycle) -> set[int]:
        """The participants of this review that there is a note about."""
        return set(self.filter(participant__cycle=cycle).values_list("participant", flat=True))


class PrepNote(Bound):
    """One author about one participant."""

    BOUND_TO = ("participant_id", "author_id", "participant.member_id", "rev")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="notes")
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    noted = EncryptedText("điều ghi nhận", default=str)
    wish = EncryptedText("điều đề nghị sửa", default=str)
    grounds = EncryptedText("căn cứ", default=str)
    suggestion = EncryptedText("đề nghị cụ thể", default=str)
    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    objects = PrepNoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_note_about_somebody", fields=["participant", "author"]),
        ]

    def __str__(self) -> str:
        return f"Ghi chú riêng {self.pk}"

    @property
    def cell(self) -> Organisation:
        return self.participant.cycle.cell


def erased_on(held: date) -> date:
    return held + timedelta(days=DAYS_AFTER)
