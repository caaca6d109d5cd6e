"""What an item came to beside the chair's conclusion and the tasks: any number of outcomes, each of its kind."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meetings.models.evening import UnderItemQuerySet
from meetings.models.meeting import AgendaItem, Meeting, OfMeeting
from meetings.models.voting import Vote
from members.models import User
from members.saving.models import SavesItself


class OutcomeKind(models.TextChoices):
    """A decision is what a vote has carried; a cell issues no paper named "Quyết định", so it is a "quyết nghị"."""

    INFORMATION = "information", "Thông tin"
    CONCLUSION = "conclusion", "Kết luận"
    DECISION = "decision", "Quyết nghị"


class OutcomeQuerySet(UnderItemQuerySet["Outcome"]):
    def decided_by(self, vote: int) -> str:
        """The words of the first decision of that vote; "" where none is written down."""
        return self.filter(vote=vote).values_list("text", flat=True).first() or ""


class Outcome(SavesItself, OfMeeting):
    """One outcome of an item; its words are typed like a remark. Tasks are rows of their own (`Task`)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="outcomes")
    kind = models.CharField("loại kết quả", max_length=12, choices=OutcomeKind.choices)
    vote = models.ForeignKey(Vote, models.PROTECT, null=True, blank=True, related_name="decisions")
    text = models.TextField("nội dung", blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="outcome_kind_is_known", condition=Q(kind__in=OutcomeKind.values)),
            models.CheckConstraint(
                name="a_decision_has_its_vote",
                condition=Q(kind=OutcomeKind.DECISION, vote__isnull=False)
                | (~Q(kind=OutcomeKind.DECISION) & Q(vote__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:40]}"
