"""The seal: who signed what, the frozen paper, and its addenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from meetings.models.meeting import Meeting, OfMeeting
from meetings.models.seats import Seat
from members.models import Member, PaperNumber, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Collection


class SignatureQuerySet(CellScoped["Signature"]):
    def with_people(self) -> Self:
        return self.select_related("entered_by__member", "member")


class Signature(OfMeeting):
    """Chair or minute-taker confirms the minutes with exactly this fingerprint; a later change voids it.

    `reason`: why somebody else entered it, or why one person confirms for both seats.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="signatures")
    seat = models.CharField(max_length=12, choices=Seat.choices)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    reason = models.CharField("lý do ghi thay", max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_signature_per_seat", fields=["meeting", "seat"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_seat_display()}: {self.member}"

    @property
    def is_own(self) -> bool:
        return self.entered_by.member_id == self.member_id


class MinutesQuerySet(CellScoped["Minutes"]):
    def numbered(self, keys: Collection[int]) -> Self:
        return self.filter(number__in=keys).select_related("meeting").defer("document")


class Minutes(OfMeeting):
    """The number of the minutes, and once sealed the stored document from which every output is rendered."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    number = models.OneToOneField(PaperNumber, models.PROTECT, null=True, related_name="+")
    document = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    counted = models.PositiveSmallIntegerField(null=True)  # of whom the rate is reckoned; known once they are sealed
    present = models.PositiveSmallIntegerField(null=True)  # of these

    objects = MinutesQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # attendance of a month or a year of many cells, without the papers: needs.py, rolled_months.py
            models.Index(fields=["meeting", "counted", "present"], name="minutes_with_counts"),
        ]

    def __str__(self) -> str:
        return f"Biên bản {self.meeting.title_inside}"


class AddendumQuerySet(CellScoped["Addendum"]):
    def with_writer(self) -> Self:
        return self.select_related("written_by__member")


class Addendum(OfMeeting):
    """A correction after the seal: added beside the minutes, never into them."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("nội dung bổ sung, đính chính")
    reason = models.CharField("lý do", max_length=300)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    document = models.TextField()
    fingerprint = models.CharField(max_length=64)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="addendum_number_once", fields=["meeting", "number"]),
        ]

    def __str__(self) -> str:
        return f"Bổ sung {self.number}"
