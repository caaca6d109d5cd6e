"""Who has opened what was said of somebody: a hearing, the full minutes of a conference, the archive of a review."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from critique.cycle.models import Cycle
from critique.hearing.models.hearing import Hearing
from critique.writing.models import Way
from members.models import Member, Organisation
from members.scoping import CellScoped


class Opened(models.TextChoices):
    HEARING = "hearing", "phần góp ý"
    WHOLE = "whole", "biên bản hội nghị kiểm điểm đầy đủ"
    ARCHIVE = "archive", "bộ hồ sơ kiểm điểm tải về"


class OpeningQuerySet(CellScoped["Opening"]):
    def about_words_of(self, hearing: Hearing) -> Self:
        """The hearing itself, and what holds its words as well."""
        both = models.Q(hearing=hearing)
        if hearing.participant is not None:
            both |= models.Q(cycle=hearing.participant.cycle_id, hearing=None)
        return self.filter(both).select_related("reader")


class Opening(models.Model):
    """Append-only, kept so by the database. Whoever it is about needs no line."""

    APPEND_ONLY = True

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=Opened.choices)
    hearing = models.ForeignKey(Hearing, models.PROTECT, null=True, related_name="openings")
    about = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="openings")
    reader = models.ForeignKey(Member, models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.SCREEN)
    opened_at = models.DateTimeField()

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.reader} mở {self.get_what_display()}"
