"""The events of letters, requests, destructions and settings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from members.models import Organisation, User
from members.scoping import CellScoped


class GuardEvent(models.Model):
    """Append-only, kept so by the database: what was done to a letter, a request, a destruction or a setting.

    Never a word of what was written. `thing` and `thing_pk` say to what; `number` is the version that this made.
    """

    APPEND_ONLY = True

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="guard_events")
    thing = models.CharField(max_length=20)
    thing_pk = models.BigIntegerField()
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    key = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    objects = CellScoped["GuardEvent"].as_manager()

    class Meta:
        ordering: ClassVar = ["thing", "thing_pk", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="guard_event_number_once", fields=["thing", "thing_pk", "number"]),
            models.UniqueConstraint(name="guard_event_key_once", fields=["thing", "thing_pk", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_pk}: {self.number} {self.what}"
