"""The steps of one level, from what somebody chose for themselves to the decision; only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from critique.cycle.models import Participant
from critique.levels.models.ballot import Ballot
from critique.official_forms.model import Level
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from members.models import Member, Organisation, User
from members.scoping import CellScoped

LEVEL_CHOICES = [(level.value, level.label) for level in Level]


class EntryKind(models.TextChoices):
    SELF = "self", "Tự xếp loại"
    PROPOSED = "proposed", "Chi bộ đề xuất"
    APPRAISED = "appraised", "Cấp trên thẩm định"
    DECIDED = "decided", "Quyết định"
    NOTIFIED = "notified", "Đã được thông báo"
    COMPLAINT = "complaint", "Kiến nghị, khiếu nại"
    ANSWER = "answer", "Trả lời kiến nghị, khiếu nại"
    CHANGED = "changed", "Quyết định xếp loại lại (Mẫu 03)"
    PUBLISHED = "published", "Công bố"


WITH_LEVEL = (
    EntryKind.SELF,
    EntryKind.PROPOSED,
    EntryKind.APPRAISED,
    EntryKind.DECIDED,
    EntryKind.CHANGED,
    EntryKind.PUBLISHED,
)
DECISIONS = (EntryKind.DECIDED, EntryKind.CHANGED)
BY_SUPERIOR = (EntryKind.APPRAISED, *DECISIONS, EntryKind.ANSWER)


class LevelEntry(Bound):
    """Append-only, kept so by the database: one thing that was said or done about one level.

    Only `words` may be sealed anew with another key; every other column stays as it was written.
    """

    APPEND_ONLY = True
    APPEND_ONLY_BUT = ("words",)  # sealed again when the key is changed
    BOUND_TO = ("participant_id", "number", "participant.member_id", "kind", "level", "document", "document_date")
    BOUND_WITH: ClassVar = {"words": ("person_id", "recorded_by_id")}

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    level = models.CharField(max_length=10, choices=LEVEL_CHOICES, blank=True)
    words = EncryptedText("lý do, nội dung", default=str)
    document = models.CharField("số, ký hiệu văn bản", max_length=120, blank=True)
    document_date = models.DateField("ngày văn bản", null=True)
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="steps")
    person = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # whose word it is
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = CellScoped["LevelEntry"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="level_entry_number_once", fields=["participant", "number"]),
            models.CheckConstraint(name="level_entry_is_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="level_entry_with_its_level",
                condition=Q(kind__in=WITH_LEVEL, level__in=[level.value for level in Level])
                | (~Q(kind__in=WITH_LEVEL) & Q(level="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def cell(self) -> Organisation:
        return self.participant.cycle.cell

    @property
    def for_somebody_else(self) -> bool:
        return self.person_id is not None and self.recorded_by.member_id != self.person_id
