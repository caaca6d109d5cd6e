"""Between two meetings: what a member would have on the next agenda, each with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.lifecycle import State
from meetings.models.meeting import AgendaItem, Meeting
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime


class MatterState(models.TextChoices):
    WAITING = "waiting", "Chờ trả lời"
    LATER = "later", "Để buổi sau"
    TAKEN = "taken", "Đã đưa vào chương trình"
    DECLINED = "declined", "Không đưa vào chương trình"


_FELL_OUT = Q(state=MatterState.TAKEN) & (Q(item=None) | Q(meeting__state=State.CANCELLED))
_UNANSWERED = Q(state=MatterState.WAITING) | _FELL_OUT


class MatterQuerySet(CellScoped["Matter"]):
    def with_people(self) -> Self:
        return self.select_related("cell", "proposer__account", "entered_by__member", "meeting__paper", "item")

    def open(self) -> Self:
        """What still asks for a place: unanswered, put off, or taken by a meeting that dropped it since."""
        return self.filter(Q(state__in=[MatterState.WAITING, MatterState.LATER]) | _FELL_OUT)

    def unanswered(self) -> Self:
        """What asks for a word; what was put off waits for the next agenda."""
        return self.filter(_UNANSWERED)

    def telling(self, member: int | None, since: datetime, *, committee: bool) -> Self:
        """For the first page: one's own that somebody else has answered, and for the committee what waits."""
        mine = Q(proposer=member, answered_at__gte=since) & ~Q(answers__answered_by__member=member)
        waiting = _UNANSWERED if committee else Q(pk__in=[])
        return self.filter(mine | waiting).select_related("meeting")


class Matter(Changing):
    """Proposed under a name, by the member or entered for them; a text that was sent is not changed."""

    NAMED = "Đề xuất"
    ANEW = ("meeting_id", "item_id")

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="matters")
    proposer = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField("đề xuất")
    state = models.CharField(max_length=8, choices=MatterState.choices, default=MatterState.WAITING)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="matters")  # onto whose agenda
    item = models.OneToOneField(AgendaItem, models.SET_NULL, null=True, related_name="matter")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # the last answer

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-entered_at", "-pk"]

    def __str__(self) -> str:
        return f"Đề xuất của đồng chí {self.proposer}, {timezone.localdate(self.entered_at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("matter", args=[self.pk])

    @property
    def is_own(self) -> bool:
        return self.entered_by.member_id == self.proposer_id

    @property
    def fell_out(self) -> bool:
        """A meeting had taken it, and the line was struck off or the meeting cancelled."""
        gone = self.item_id is None or (self.meeting is not None and self.meeting.state == State.CANCELLED)
        return self.state == MatterState.TAKEN and gone

    @property
    def is_open(self) -> bool:
        return self.state in (MatterState.WAITING, MatterState.LATER) or self.fell_out


class MatterAnswerQuerySet(CellScoped["MatterAnswer"]):
    def with_people(self) -> Self:
        return self.select_related("answered_by__member", "meeting__paper")


class MatterAnswer(models.Model):
    """One row for each answer, never changed: what was put off once and taken later shows both."""

    APPEND_ONLY = True

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=8, choices=MatterState.choices[1:])
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("lý do", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = MatterAnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.get_answer_display()

    @property
    def cell(self) -> Organisation:
        return self.matter.cell
