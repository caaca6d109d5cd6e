"""Criticism and questions in writing (Điều lệ, Điều 3; 294-QĐ/TW): signed, answered by a day, known to few."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.lifecycle import Answering
from critique.models.guarded import PartiesOnly, leading
from critique.sealing.fields import EncryptedText
from members.models import Changing, Member, Organisation, User
from members.policy import Role
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class CriticismKind(models.TextChoices):
    CRITICISM = "criticism", "Ý kiến phê bình"
    QUESTION = "question", "Ý kiến chất vấn"


class Criticism(Changing):
    """One letter from a named member to a member, or to the cell and its committee (`to_member` is None)."""

    CELL = "cell"
    NAMED = "Ý kiến này"
    ANEW = ("due_on", "reply", "replied_at")
    BOUND_TO = ("cell_id", "mark")
    PARTIES = ("sender_id", "to_member_id")

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

    objects = PartiesOnly.as_manager()

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
    def of_one_person(self) -> bool:
        """To be a member of the cell is no reason to know of it."""
        return True

    @cached_property
    def followers(self) -> set[int]:
        """Who answers a letter to the cell, and watches over the day of a letter to a member."""
        return leading(self.cell_id, (self.sender_id, self.to_member_id))

    def is_late(self, today: date) -> bool:
        return self.state == Answering.WAITING and self.due_on < today

    def roles_of(self, member: Member | None) -> Iterable[str]:
        if member is None:
            return
        if member.pk == self.sender_id:
            yield Role.SENDER
        if member.pk == self.to_member_id:
            yield Role.ADDRESSEE
        if member.pk in self.followers:
            yield Role.FOLLOWER if self.to_member_id else Role.ADDRESSEE


class OfCriticism(CellScoped["CriticismDelay"]):
    def for_user(self, user: Any) -> OfCriticism:
        return self.filter(criticism__in=Criticism.objects.for_user(user))


class CriticismDelay(models.Model):
    """That the answer takes longer, until when and why: said to the sender, never changed."""

    CELL = "criticism__cell"
    BOUND_TO = ("criticism_id", "number")

    criticism = models.ForeignKey(Criticism, models.PROTECT, related_name="delays")
    number = models.PositiveIntegerField()
    until = models.DateField("trả lời chậm nhất ngày")
    why = EncryptedText("lý do", default=str)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = OfCriticism.as_manager()

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

    def roles_of(self, member: Member | None) -> Iterable[str]:
        return self.criticism.roles_of(member)
