"""What a superior committee has fixed for its cells, with the document that fixed it: rows, because it is local."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from members.models import Organisation, User
from members.scoping import CellScoped, Row

if TYPE_CHECKING:
    from datetime import date


BREAKDOWN = "breakdown"  # key of a rule that brings its own sheet of points


class FixedQuerySet(CellScoped[Row]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def reaching(self, organisation: Organisation) -> Self:
        """Fixed by this organisation or by anything above it; the nearest wins."""
        above = [int(part) for part in organisation.path.split("/") if part]
        return self.filter(organisation_id__in=above)


class FixedByDocument(models.Model):
    """What an organisation has fixed for itself and everything below it, by a document, between two days."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.CharField("số, ký hiệu văn bản", max_length=120)
    document_date = models.DateField("ngày văn bản")
    starts_on = models.DateField("áp dụng từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.organisation


class LocalRule(FixedByDocument):
    """One figure, or one breakdown of points, that holds for an organisation and everything below it."""

    key = models.CharField("quy định về", max_length=40)  # guideline.local.LOCAL_KEYS, or BREAKDOWN
    figure = models.PositiveSmallIntegerField("mức", null=True, blank=True)
    members_from = models.PositiveSmallIntegerField("chi bộ từ", null=True, blank=True)
    members_to = models.PositiveSmallIntegerField("chi bộ đến", null=True, blank=True)
    breakdown = models.TextField("biểu điểm", blank=True)
    rulebook = models.CharField("theo hướng dẫn", max_length=12, blank=True)  # of a breakdown

    objects = FixedQuerySet["LocalRule"].as_manager()

    class Meta:
        ordering: ClassVar = ["key", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="local_rule_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="local_rule_says_something", condition=Q(figure__isnull=False) | ~Q(breakdown="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} theo {self.document}"
