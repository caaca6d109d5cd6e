"""On the ground of which document a post was given, and ended. members/models.py takes this in."""

from __future__ import annotations

from django.db import models


class ByDocument(models.Model):
    """Empty for standings, and for posts from before documents were asked for."""

    document = models.CharField("theo văn bản số", max_length=120, blank=True, default="")
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    end_document = models.CharField("thôi theo văn bản số", max_length=120, blank=True, default="")
    end_document_date = models.DateField("ngày văn bản thôi", null=True, blank=True)

    in_charge = models.BooleanField(
        "được giao phụ trách chi bộ", default=False
    )  # of a deputy, while nobody is secretary

    class Meta:
        abstract = True
