"""The one table of the project itself: attached files, where they are kept in the database."""

from __future__ import annotations

from django.db import models


class KeptFile(models.Model):
    """A file under the name that its row knows it by. Never written over: another file gets another name.

    Who may have it says the row that names it (the views ask); nothing leads here.
    """

    name = models.CharField(max_length=255, unique=True)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256, of when it was kept
    data = models.BinaryField()
    kept_at = models.DateTimeField(null=True)  # None: before this was noted

    def __str__(self) -> str:
        return self.name
