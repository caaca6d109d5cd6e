"""The score sheet of a meeting: what was proposed from the facts, what the committee gave, what was confirmed above."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting, OfMeeting, OfMeetingQuerySet
from meetings.models.voting import Vote
from members.models import Member, Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from decimal import Decimal


class ScoreSheetQuerySet(OfMeetingQuerySet["ScoreSheet"]):
    def with_people(self) -> Self:
        return self.with_meeting().select_related("meeting__chair", "vote", "follower", "confirmed_by__member")


class ScoreSheet(OfMeeting):
    """One per meeting. `criteria` is the key or the local rule that it was drawn up with, and never changes after."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="score")
    criteria = models.CharField(max_length=40)  # key in guideline.criteria, or "local-<pk of a Ruling>"
    follower = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người được cử theo dõi, chấm"
    )
    weak_points = models.TextField("hạn chế và cách khắc phục", blank=True)
    vote = models.ForeignKey(Vote, models.SET_NULL, null=True, related_name="+")  # the cell adopts the sheet
    drawn_up_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # the committee has given every figure
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rev = models.PositiveIntegerField(default=0)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # which meetings of a month have a sheet that is settled: needs.py
            models.Index(fields=["meeting"], name="score_settled", condition=Q(settled_at__isnull=False)),
            # what waits to be confirmed above: to_confirm()
            models.Index(
                fields=["meeting"],
                name="score_to_confirm",
                condition=Q(settled_at__isnull=False, confirmed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu chấm điểm: {self.meeting}"


class ScoreLine(models.Model):
    """One criterion with its three figures, all kept: proposed from the facts, the committee's, the superior's."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    evidence = models.JSONField(default=list)  # sentences, as they stood when the sheet was drawn up
    proposed = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    points = models.DecimalField("chi uỷ chấm", max_digits=4, decimal_places=1, null=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    confirmed = models.DecimalField("cấp trên chấm", max_digits=4, decimal_places=1, null=True)
    confirmed_reason = models.CharField("lý do của cấp trên", max_length=300, blank=True)

    objects = CellScoped["ScoreLine"].as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_line_per_criterion", fields=["sheet", "code"]),
            models.CheckConstraint(
                name="points_are_not_negative",
                condition=(Q(points__isnull=True) | Q(points__gte=0))
                & (Q(confirmed__isnull=True) | Q(confirmed__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def cell(self) -> Organisation:
        return self.sheet.meeting.cell

    def wants_reason(self, points: Decimal, most: int) -> bool:
        """The committee departs from what the record says or, where that says nothing, from the full figure."""
        return points != (most if self.proposed is None else self.proposed)

    def wants_confirmed_reason(self, confirmed: Decimal, most: int) -> bool:
        return confirmed != (most if self.points is None else self.points)
