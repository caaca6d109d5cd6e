"""What a cell says to the committee above about something that it has not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from members.models import Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


class ExplanationQuerySet(CellScoped["Explanation"]):
    def newest(self, cells: Collection[int], month: date, about: Collection[str]) -> dict[tuple[int, str], Explanation]:
        """The last word of each of these cells about each of these questions in that month. One query."""
        rows = self.filter(cell__in=cells, month=month, about__in=about).order_by("pk")
        return {(row.cell_id, row.about): row for row in rows}


class Explanation(models.Model):
    """Why, in one line. `about`: a question of meetings/needs.py; `month`: the first day of the month it was asked for.

    Said again it stands beside the earlier one, which is never changed.
    """

    APPEND_ONLY = True

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="explanations")
    about = models.CharField(max_length=16)
    month = models.DateField()
    text = models.CharField("vì sao", max_length=300)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["cell", "month"], name="explanation_of_cell"),  # newest()
        ]

    def __str__(self) -> str:
        return self.text
