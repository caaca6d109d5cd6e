"""That a body has ended, and on the ground of which document. members/models.py takes this in."""

from __future__ import annotations

from typing import Self

from django.db import models


class Closable(models.Model):
    """Empty while the body is at work. What it has done stays, and so do the papers that name it."""

    closed_on = models.DateField("kết thúc hoạt động từ ngày", null=True, blank=True)
    close_document = models.CharField("kết thúc theo văn bản số", max_length=120, blank=True, default="")
    close_document_date = models.DateField("ngày văn bản kết thúc", null=True, blank=True)

    class Meta:
        abstract = True


class Running:
    """What rows of bodies are asked for besides; members/models.py takes it in."""

    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(closed_on=None)  # type: ignore[attr-defined]
