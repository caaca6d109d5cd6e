"""The thematic paper: the draft, its file, the members' opinions and what became of each."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting, OfMeeting, OfMeetingQuerySet
from members.models import Member, User
from members.saving.models import SavesItself
from members.scoping import CellScoped


class ThematicPaper(SavesItself, OfMeeting):
    """Draft and completed text stand side by side; `shared_at` is when members could begin to read."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="paper")
    author = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chuẩn bị"
    )
    draft = models.TextField("dự thảo chuyên đề", blank=True)
    shared_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField("chi uỷ đã thông qua dự thảo", null=True)
    completed = models.TextField("bản hoàn thiện", blank=True)
    completed_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to="papers", blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    file_type = models.CharField(max_length=8, blank=True)
    file_size = models.PositiveIntegerField(default=0)

    objects = CellScoped["ThematicPaper"].as_manager()

    def __str__(self) -> str:
        return f"Dự thảo: {self.meeting.topic}"


class Answer(models.TextChoices):
    WAITING = "", "Chưa trả lời"
    ADOPTED = "adopted", "Tiếp thu"
    KEPT = "kept", "Giữ nguyên"


class OpinionQuerySet(OfMeetingQuerySet["Opinion"]):
    def with_people(self) -> Self:
        return self.select_related("member", "entered_by__member")


class Opinion(OfMeeting):
    """One member's opinion on a paragraph (quoted as it stood) or on the whole draft, and its answer."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="người góp ý")
    paragraph = models.PositiveSmallIntegerField("đoạn", null=True, blank=True)
    quote = models.TextField(blank=True)
    text = models.TextField("ý kiến")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    answer = models.CharField("trả lời", max_length=8, choices=Answer.choices, blank=True, default=Answer.WAITING)
    reason = models.TextField("lý do", blank=True)
    became = models.TextField("câu trong bản hoàn thiện", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["paragraph", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_kept_opinion_has_its_reason", condition=~Q(answer=Answer.KEPT) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.text[:40]}"
