"""The full minutes of the conference as they were sealed: with what was said about people, so readable only here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from critique.cycle.models import Cycle, OfCycle, OfCycleQuerySet
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedJSON
from critique.sealing.unopened import paper_in
from documents.model import Document
from members.models import User


class Proceedings(Bound, OfCycle):
    """`body` is the stored Document; the meeting's own minutes say the same without a word about anybody."""

    BOUND_TO = ("cycle_id", "cycle.cell_id", "fingerprint", "sealed_by_id")

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="proceedings")
    body = EncryptedJSON("biên bản đầy đủ", default=dict)
    fingerprint = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = OfCycleQuerySet["Proceedings"].as_manager()

    @property
    def document(self) -> Document:
        """The paper; where it does not open any more, one that says so."""
        return paper_in(self.body, str(self), timezone.localdate(self.sealed_at))

    def __str__(self) -> str:
        return f"Biên bản đầy đủ, {self.cycle}"
