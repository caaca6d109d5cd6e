"""What was destroyed in its time: proposed by one person, carried out by another."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from critique.lifecycle import Destroying
from critique.sealing.fields import EncryptedText
from critique.writing.models import SelfReview
from members.models import Changing, Organisation, User
from members.scoping import CellScoped


class Destruction(Changing):
    """Texts whose time is over: proposed by one person, carried out by another; then only this record is left."""

    NAMED = "Đề nghị huỷ này"
    BOUND_TO = ("cell_id", "mark")

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="destructions")
    mark = models.UUIDField(default=uuid4, unique=True)
    state = models.CharField(max_length=10, choices=Destroying.choices, default=Destroying.PROPOSED)
    why = EncryptedText("lý do", default=str)
    document = models.CharField(max_length=200)  # what fixed the time, as it stood when this was proposed
    kept = models.PositiveSmallIntegerField()  # how many latest self-reviews of each person stay
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    record = EncryptedText(default=str)  # canonical JSON of the paper: names, years, who and when, no word of theirs

    objects = CellScoped["Destruction"].as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="destruction_state_is_known", condition=Q(state__in=Destroying.values)),
            models.CheckConstraint(
                name="destroyed_by_two", condition=~Q(state=Destroying.DONE) | ~Q(ended_by=F("proposed_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"Đề nghị huỷ số {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("destruction", args=[self.pk])


class Destroyed(models.Model):
    """One self-review of a destruction."""

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="items")
    review = models.ForeignKey(SelfReview, models.PROTECT, related_name="destroyed")

    objects = CellScoped["Destroyed"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="destroyed_once", fields=["destruction", "review"])]

    def __str__(self) -> str:
        return f"{self.destruction_id}: {self.review_id}"

    @property
    def cell(self) -> Organisation:
        return self.destruction.cell
