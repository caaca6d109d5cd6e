"""Criticism and questions in writing (Điều lệ, Điều 3; 294-QĐ/TW): signed, answered by a day, known to few."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.lifecycle import Answering
from critique.sealing.fields import EncryptedText
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped, answering

if TYPE_CHECKING:
    from datetime import date


class CriticismKind(models.TextChoices):
    CRITICISM = "criticism", "Ý kiến phê bình"
    QUESTION = "question", "Ý kiến chất vấn"


class Criticism(Changing):
    """One letter from a named member to a member, or to the cell and its committee (`to_member` is None)."""

    NAMED = "Ý kiến này"
    ANEW = ("due_on", "reply", "replied_at")
    BOUND_TO = ("cell_id", "mark")

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="criticisms")
    mark = models.UUIDField(default=uuid4, unique=True)  # says whose the sealed words are before there is a number
    kind = models.CharField("loại", max_length=10, choices=CriticismKind.choices)
    sender = models.ForeignKey(Member, models.PROTECT, related_name="criticisms_sent", verbose_name="người gửi")
    to_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="criticisms_received")
    matter = EncryptedText("về việc", default=str)
    words = EncryptedText("nội dung", default=str)
    on_paper = models.BooleanField(default=False)  # entered by the committee from a paper that the sender has signed
    sent_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField()  # counted in working days; counted again when days off are entered, until it is put off
    state = models.CharField(max_length=10, choices=Answering.choices, default=Answering.WAITING)
    reply = EncryptedText("trả lời", default=str)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CellScoped["Criticism"].as_manager()

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        indexes: ClassVar = [models.Index(name="criticism_of_cell", fields=["cell", "state"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="criticism_state_is_known", condition=Q(state__in=Answering.values)),
            models.CheckConstraint(name="nobody_writes_to_oneself", condition=~Q(to_member=models.F("sender"))),
            models.CheckConstraint(
                name="criticism_answered_by_somebody",
                condition=Q(state=Answering.ANSWERED, replied_at__isnull=False, replied_by__isnull=False)
                | (~Q(state=Answering.ANSWERED) & Q(replied_at__isnull=True, replied_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("criticism", args=[self.pk])

    @property
    def followers(self) -> set[int]:
        """Who answers a letter to the cell, and watches over the day of a letter to a member."""
        return answering(self)

    def is_late(self, today: date) -> bool:
        return self.state == Answering.WAITING and self.due_on < today


class CriticismDelay(models.Model):
    """That the answer takes longer, until when and why: said to the sender, never changed."""

    BOUND_TO = ("criticism_id", "number")

    criticism = models.ForeignKey(Criticism, models.PROTECT, related_name="delays")
    number = models.PositiveIntegerField()
    until = models.DateField("trả lời chậm nhất ngày")
    why = EncryptedText("lý do", default=str)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CellScoped["CriticismDelay"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="criticism_delay_number_once", fields=["criticism", "number"])
        ]

    def __str__(self) -> str:
        return f"Lùi đến {self.until:%d/%m/%Y}"

    @property
    def cell(self) -> Organisation:
        return self.criticism.cell
