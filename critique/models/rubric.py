"""How a committee splits the 30 + 70 points of one form, with the document that says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from critique.cycle.models import FORM_CHOICES
from critique.official_forms import rubric
from critique.official_forms.model import FormKind
from guideline.model import Clause, Evidence
from meetings.models.rules import FixedByDocument, FixedQuerySet


class Rubric(FixedByDocument):
    """One version for one form; holds below its organisation from one day to another."""

    kind = models.CharField("mẫu", max_length=3, choices=FORM_CHOICES)
    lines = models.TextField("biểu điểm")

    objects = FixedQuerySet["Rubric"].as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rubric_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="rubric_kind_is_known", condition=Q(kind__in=[code for code, _ in FORM_CHOICES])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document}"

    def version(self) -> rubric.RubricVersion:
        """Raises BreakdownError with a sentence where the lines are no rubric."""
        owner = str(self.organisation)
        clause = Clause(self.document, self.document_date, f"quy định của {owner}", Evidence.LOCAL)
        return rubric.parse(self.lines, FormKind(self.kind), owner, clause)
