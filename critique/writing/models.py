"""What somebody writes about themselves, what was set aside of it, and who has opened it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.cycle.models import Cycle, Participant
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedJSON
from members.models import Member, Organisation, User
from members.scoping import CellScoped


class SelfReviewQuerySet(CellScoped["SelfReview"]):
    def with_people(self) -> SelfReviewQuerySet:
        people = (
            "participant__member",
            "participant__typist",
            "participant__cycle__cell",
            "participant__cycle__meeting",
        )
        return self.select_related(*people)

    def unsubmitted_of(self, participant: Participant) -> SelfReviewQuerySet:
        return self.filter(participant=participant, submitted_at__isnull=True)


class SelfReview(Bound):
    """One person's self-review of one year. Until it is submitted only its author (and who enters it) sees it."""

    BOUND_TO = ("participant_id", "participant.member_id", "rev")

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="review")
    body = EncryptedJSON("nội dung", default=dict)
    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_author = models.BooleanField(default=False)  # the author has typed here themselves
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    late = models.BooleanField(default=False)  # submitted after the reading window had been opened

    objects = SelfReviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="submitted_by_somebody",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True, late=False)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Bản kiểm điểm năm {self.participant.cycle.year}"

    def get_absolute_url(self) -> str:
        return reverse("self-review", args=[self.pk])

    @property
    def cycle(self) -> Cycle:
        return self.participant.cycle

    @property
    def cell(self) -> Organisation:
        return self.participant.cycle.cell

    @property
    def author(self) -> Member | None:
        """None: the committee as a whole."""
        return self.participant.member

    @property
    def of_collective(self) -> bool:
        return self.participant.of_collective


class OfReview(models.Model):
    """What belongs to one self-review."""

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.review.cell  # type: ignore[attr-defined]


class ReviewCopy(Bound, OfReview):
    """A text as it stood when it was submitted; it stays when the text is taken back and changed."""

    BOUND_TO = ("review_id", "number", "review.participant.member_id", "kept_by_id")

    review = models.ForeignKey(SelfReview, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    body = EncryptedJSON(default=dict)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CellScoped["ReviewCopy"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="copy_number_once", fields=["review", "number"]),
        ]

    def __str__(self) -> str:
        return f"Bản đã nộp {self.number}"


class Way(models.TextChoices):
    SCREEN = "screen", "đọc trên màn hình"
    PAPER = "paper", "tải bản in"


class ReadingLog(OfReview):
    """Append-only, kept so by the database: who has opened somebody else's text. Shown to its author alone."""

    APPEND_ONLY = True

    review = models.ForeignKey(SelfReview, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Member, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.SCREEN)
    key = models.UUIDField(null=True)

    objects = CellScoped["ReadingLog"].as_manager()

    class Meta:
        ordering: ClassVar = ["read_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_opening_per_click", fields=["review", "reader", "key", "way"]),
        ]

    def __str__(self) -> str:
        return f"{self.reader}, {self.read_at:%d/%m/%Y %H:%M}"
