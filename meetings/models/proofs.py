"""The draft minutes put to those who were there: what somebody asks to correct in their own words, and the answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meetings.models.evening import Remark
from meetings.models.meeting import Meeting, OfMeeting, OfMeetingQuerySet
from members.models import Member, User
from members.scoping import CellScoped


class CorrectionQuerySet(OfMeetingQuerySet["Correction"]):
    def with_people(self) -> CorrectionQuerySet:
        return self.select_related("member", "remark__item", "entered_by", "answer__answered_by__member")

    def unanswered(self) -> CorrectionQuerySet:
        return self.filter(answer=None)


class Correction(OfMeeting):
    """One row for each proposal; it is never changed, whatever comes of it."""

    APPEND_ONLY = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    remark = models.ForeignKey(Remark, models.PROTECT, related_name="corrections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField("đề nghị sửa")
    was = models.TextField("lời khi đề nghị", blank=True)  # as the draft had it when this was asked
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_own(self) -> bool:
        return self.entered_by.member_id == self.member_id

    @property
    def answered(self) -> CorrectionAnswer | None:
        return getattr(self, "answer", None)


class CorrectionAnswer(models.Model):
    """The table's answer: adopted, and the words were changed at the desk; or not, and why. Never changed."""

    APPEND_ONLY = True

    correction = models.OneToOneField(Correction, models.PROTECT, related_name="answer")
    adopted = models.BooleanField("tiếp thu")
    reason = models.CharField("lý do", max_length=600, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = CellScoped["CorrectionAnswer"].as_manager()

    def __str__(self) -> str:
        return "Tiếp thu" if self.adopted else f"Giữ nguyên: {self.reason}"
