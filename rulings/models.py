"""What an organisation has fixed by a document, between two days, for itself and everything below; and days off."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from guideline.model import Clause, Evidence
from members.models import Organisation, User
from members.scoping import OfOrganisation as WithOrganisation
from members.scoping import Row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class Reaching(WithOrganisation[Row]):
    def reaching(self, organisation: Organisation) -> Self:
        """Entered by this organisation or by anything above it."""
        return self.of(organisation.line)

    def of(self, organisations: Collection[int]) -> Self:
        """Entered by one of these, by their keys."""
        return self.filter(organisation_id__in=organisations)


class RulingQuerySet(Reaching["Ruling"]):
    def touching(self, organisations: Collection[Organisation]) -> Self:
        """Entered by one of these, by anything above them, or by anything below."""
        above = {int(part) for one in organisations for part in one.path.split("/") if part}
        below = (Q(organisation__path__startswith=one.path) for one in organisations)
        return self.filter(reduce(or_, below, Q(organisation_id__in=above)))

    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def nearest_first(self) -> Self:
        """What is above comes after what is below it; of one organisation the newest first."""
        return self.with_organisation().order_by("-organisation__path", "-starts_on", "-pk")


class OfOrganisation(models.Model):
    """Entered by somebody for one organisation; whoever may see the organisation may see it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.organisation


class Ruling(OfOrganisation):
    """One dated row with its document. What `value` holds is known by the subject (rulings/subjects.py)."""

    subject = models.CharField("quy định về", max_length=40)  # key in rulings.subjects.SUBJECTS
    value = models.JSONField("nội dung quy định", default=dict)
    document = models.CharField("số, ký hiệu văn bản", max_length=120)
    document_date = models.DateField("ngày văn bản")
    starts_on = models.DateField("áp dụng từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["subject", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ruling_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="ruling_names_its_document", condition=~Q(document="")),
        ]
        # in_force(): what these organisations have fixed about these subjects
        indexes: ClassVar = [models.Index(name="ruling_by_subject", fields=["organisation", "subject"])]

    def __str__(self) -> str:
        return f"{self.subject} theo {self.document}"

    @property
    def source(self) -> str:
        """For use inside a sentence: who fixed it, by which document."""
        return f"{self.document} ngày {self.document_date:%d/%m/%Y} của {self.organisation}"

    @property
    def clause(self) -> Clause:
        return Clause(self.document, self.document_date, f"quy định của {self.organisation}", Evidence.LOCAL)

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


class DayOff(OfOrganisation):
    """A working day on which nobody works: Tết, a day given for a feast on a Sunday. Holds for everything below."""

    day = models.DateField("ngày nghỉ")
    name = models.CharField("tên ngày nghỉ", max_length=80)

    objects = Reaching["DayOff"].as_manager()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [models.UniqueConstraint(name="day_off_once", fields=["organisation", "day"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%d/%m/%Y}"
