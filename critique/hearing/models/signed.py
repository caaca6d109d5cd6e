"""The full minutes of a conference as they are signed outside: like those of any meeting, and readable only here."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from critique.hearing.models.proceedings import Proceedings
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from meetings.models.signed import Copy
from members.scoping import CellScoped

if TYPE_CHECKING:
    from members.models import Organisation


class ProceedingsCopyQuerySet(CellScoped["ProceedingsCopy"]):
    def of_paper(self, row: Proceedings) -> Self:
        """The newest first; the files are large, and opened one by one."""
        found = self.filter(proceedings=row).order_by("-number").defer("body")
        return found.select_related("kept_by__member", "proceedings__cycle")


class ProceedingsCopy(Bound, Copy):
    """`body`: the file in base64, sealed as the minutes themselves are."""

    APPEND_ONLY_BUT = ("body",)  # sealed again when the key is changed
    BOUND_TO = ("proceedings_id", "proceedings.cycle_id", "number", "sha256", "kept_by_id")

    proceedings = models.ForeignKey(Proceedings, models.PROTECT, related_name="copies")
    body = EncryptedText("bản ký số")

    objects = ProceedingsCopyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["proceedings", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="proceedings_copy_once", fields=["proceedings", "number"]),
        ]

    @classmethod
    def of(cls, proceedings: Proceedings, *, data: bytes, **values: Any) -> ProceedingsCopy:
        return cls.objects.create(proceedings=proceedings, body=b64encode(data).decode(), **values)

    @property
    def data(self) -> bytes | None:
        """None where it does not open any more."""
        return None if getattr(self.body, "unopened", False) else b64decode(self.body)

    @property
    def cell(self) -> Organisation:
        return self.proceedings.cycle.cell
