"""What a row needs beside its texts so that they save themselves."""

from __future__ import annotations

from django.db import models


class SavesItself(models.Model):
    """How often it was saved, when last, and by whom: shown to whoever saves another text at the same moment."""

    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("members.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
