"""Criticism and questions in writing (Điều lệ, Điều 3; 294-QĐ/TW): signed, answered by a day, known to few."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from critique.letters.answerable import Answerable, Delay
from critique.official_forms import days
from critique.sealing.fields import EncryptedText
from members.models import Member

if TYPE_CHECKING:
    from datetime import date

REPLY_DAYS = 30  # working days; 294-QĐ/TW, on Điều 3 of the statute: a base organisation or a member


class CriticismKind(models.TextChoices):
    CRITICISM = "criticism", "Ý kiến phê bình"
    QUESTION = "question", "Ý kiến chất vấn"


class Criticism(Answerable):
    """One letter from a named member to a member, or to the cell and its committee (`to_member` is None)."""

    NAMED = "Ý kiến này"
    SENDER = "sender_id"
    PARTIES = ("sender", "to_member")
    BOUND_TO = (*Answerable.BOUND_TO, "kind", "sender_id", "to_member_id", "on_paper")

    kind = models.CharField("loại", max_length=10, choices=CriticismKind.choices)
    sender = models.ForeignKey(Member, models.PROTECT, related_name="criticisms_sent", verbose_name="người gửi")
    to_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="criticisms_received")
    matter = EncryptedText("về việc", default=str)
    on_paper = models.BooleanField(default=False)  # entered by the committee from a paper that the sender has signed

    class Meta(Answerable.Meta):
        constraints: ClassVar = [
            *Answerable.Meta.constraints,
            models.CheckConstraint(name="nobody_writes_to_oneself", condition=~Q(to_member=F("sender"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])

    @property
    def first_due(self) -> date:
        return days.after(self.sent_on, REPLY_DAYS, self.off)


class CriticismDelay(Delay):
    row = models.ForeignKey(Criticism, models.PROTECT, related_name="delays")
