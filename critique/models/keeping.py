"""What organisations fix about self-criticism and its data, and their days off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from meetings.models.rules import FixedByDocument, FixedQuerySet
from members.models import Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member


class Subject(models.TextChoices):
    """What can be fixed, each with its document."""

    RETENTION = "retention", "Số bản kiểm điểm giữ nội dung"
    RHYTHM = "rhythm", "Nhịp rà soát khắc phục, số ngày"
    BASIS = "basis", "Căn cứ dùng phần mềm"


class Setting(FixedByDocument):
    """One figure or list of figures with the document that fixed it."""

    subject = models.CharField("quy định về", max_length=10, choices=Subject.choices)
    figures = models.CharField("mức", max_length=40, blank=True)  # "3", "30, 60, 90"; empty for a basis

    objects = FixedQuerySet["Setting"].as_manager()

    class Meta:
        ordering: ClassVar = ["subject", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="setting_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(name="setting_starts_once", fields=["organisation", "subject", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} theo {self.document}"


class DayOffQuerySet(CellScoped["DayOff"]):
    def reaching(self, organisation: Organisation) -> Self:
        """Entered by this organisation or by anything above it."""
        return self.filter(organisation_id__in=[int(part) for part in organisation.path.split("/") if part])


class DayOff(models.Model):
    """A working day on which nobody works: Tết, a day given for a feast on a Sunday. Holds for everything below."""

    CELL = "organisation"
    SHOWN_ABOVE = Q()

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="days_off")
    day = models.DateField("ngày nghỉ")
    name = models.CharField("tên ngày nghỉ", max_length=80)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = DayOffQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [models.UniqueConstraint(name="day_off_once", fields=["organisation", "day"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%d/%m/%Y}"

    @property
    def cell(self) -> Organisation:
        return self.organisation

    def roles_of(self, member: Member | None) -> Iterable[str]:
        return ()
