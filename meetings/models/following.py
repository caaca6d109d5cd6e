"""What goes on between meetings: an owner's own word on a task, and the resolutions and conclusions of the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from meetings.models.evening import Task, TaskState
from meetings.models.meeting import Meeting, OfMeetingQuerySet, held_at
from meetings.models.voting import Vote
from members.models import Organisation, PaperNumber, User
from members.saving.models import SavesItself
from members.scoping import CellScoped, Row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class EnteredQuerySet(CellScoped[Row]):
    def with_typist(self) -> Self:
        return self.select_related("entered_by__member")


class TaskNote(models.Model):
    """What the owner says about a task before the next meeting hears about it; the evidence is in words."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="notes")
    state = models.CharField("tình trạng", max_length=8, choices=TaskState.choices)
    text = models.CharField("kết quả, minh chứng", max_length=600, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = EnteredQuerySet["TaskNote"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.text}"

    @property
    def entered_for_them(self) -> bool:
        return self.entered_by.member_id != self.task.owner_id

    @property
    def cell(self) -> Organisation:
        return self.task.cell


class ResolutionKind(models.TextChoices):
    RESOLUTION = "NQ", "Nghị quyết"
    CONCLUSION = "KL", "Kết luận"


class ResolutionState(models.TextChoices):
    ISSUED = "issued", "Đã ban hành"
    CARRIED_OUT = "carried_out", "Đang thực hiện"
    REVIEWED = "reviewed", "Đã kiểm điểm, đánh giá"
    ENDED = "ended", "Đã kết thúc"


class ResolutionQuerySet(OfMeetingQuerySet["Resolution"]):
    def with_names(self) -> Self:
        return self.select_related("cell", "meeting", "number")

    def numbered(self, keys: Collection[int]) -> Self:
        return self.filter(number__in=keys)

    def with_meeting(self) -> Self:
        return super().with_meeting().with_names().select_related("vote", "meeting__chair", "meeting__minute_taker")

    def of_year(self, cell: int, first: date, end: date, *, current: bool) -> ResolutionQuerySet:
        """Issued in the year between these days; in the current one also what an earlier year has left unfinished."""
        unfinished = ~Q(state=ResolutionState.ENDED) if current else Q(pk__in=[])
        issued = Q(issued_on__gte=first, issued_on__lt=end)
        return self.filter(issued | (unfinished & Q(issued_on__lt=first)), cell=cell)

    def not_ended_before(self, meeting: Meeting) -> ResolutionQuerySet:
        """What the cell has decided at earlier meetings and is still carrying out."""
        rows = self.alias(met=held_at("meeting__")).filter(cell=meeting.cell_id, met__lt=meeting.held_at)
        return rows.exclude(state=ResolutionState.ENDED).order_by("issued_on", "pk")


class Resolution(SavesItself):
    """A resolution or conclusion that a meeting adopted, followed until it has ended.

    Its words are proposed from the record and edited; once it is signed, `document` is the paper and the words are
    not read any more.
    """

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    vote = models.ForeignKey(Vote, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=2, choices=ResolutionKind.choices)
    number = models.OneToOneField(PaperNumber, models.PROTECT, null=True, related_name="+")
    subject = models.CharField("trích yếu", max_length=300)
    issued_on = models.DateField("ngày ban hành")
    state = models.CharField(max_length=12, choices=ResolutionState.choices, default=ResolutionState.ISSUED)
    assessment = models.TextField("đánh giá", blank=True)
    directions = models.TextField("phương hướng, nhiệm vụ", blank=True)
    arrangements = models.TextField("tổ chức thực hiện", blank=True)
    document = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def title(self) -> str:
        """Nghị quyết số 03-NQ/CB"""
        figure = f" số {self.number.number:02d}-{self.kind}/{self.cell.symbol}" if self.number else ""
        return f"{self.get_kind_display()}{figure}"

    @property
    def steps_ahead(self) -> list[ResolutionState]:
        """The step it is at may be told again, or the next one; what has ended stays ended."""
        order = list(ResolutionState)
        here = order.index(ResolutionState(self.state))
        told_again = order[here : here + 1] if self.state != ResolutionState.ISSUED else []
        return [] if self.state == ResolutionState.ENDED else [*told_again, *order[here + 1 : here + 2]]


class ResolutionStep(models.Model):
    """One step in the life of a resolution: carried out, reviewed at a meeting, ended, with what was found."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="steps")
    state = models.CharField("tình trạng", max_length=12, choices=ResolutionState.choices)
    text = models.CharField("kết quả, đánh giá", max_length=600, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = EnteredQuerySet["ResolutionStep"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.text}"

    @property
    def cell(self) -> Organisation:
        return self.resolution.cell
