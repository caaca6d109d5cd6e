"""A sealed paper as it is signed outside: the copy that was given out, and what came back with signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from meetings.models.meeting import Meeting, OfMeeting
from members.models import User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from django.db.models import Model


class SignedCopyQuerySet(CellScoped["SignedCopy"]):
    def of_paper(self, kind: str, row: Model) -> Self:
        """The newest first."""
        found = self.filter(kind=kind, thing_pk=row.pk).order_by("-number")
        return found.select_related("kept_by__member", "meeting__cell")

    def numbered(self, kind: str, row: Model, number: int) -> Self:
        return self.filter(kind=kind, thing_pk=row.pk, number=number)


class Light(models.Manager["SignedCopy"]):
    """The files are large, and few who ask for the rows want them: the book compares digests."""

    def get_queryset(self) -> SignedCopyQuerySet:
        return SignedCopyQuerySet(self.model, using=self._db).defer("data")


class Copy(models.Model):
    """Append-only. Number 0 is the file that was given out, with empty fields; each that came back begins with its
    bytes and holds signatures besides, nothing else.

    `fields`: the fields that are signed, by number, "1,2". No key, no picture and no verdict is kept: what a signature
    is worth is looked at anew each time. A model of it holds the file itself, which it gives as `data`.
    """

    APPEND_ONLY = True

    number = models.PositiveSmallIntegerField()
    fields = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    data: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Bản ký số lần {self.number}" if self.number else "Bản để ký số"

    @property
    def signed(self) -> frozenset[int]:
        return frozenset(int(one) for one in self.fields.split(",") if one)


class SignedCopy(OfMeeting, Copy):
    """`kind`, `thing_pk`: of which sealed paper, as a link of the book names it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="signed_copies")
    kind = models.CharField(max_length=12)
    thing_pk = models.BigIntegerField()
    data = models.BinaryField()

    objects = Light.from_queryset(SignedCopyQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering: ClassVar = ["kind", "thing_pk", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="signed_copy_once", fields=["kind", "thing_pk", "number"]),
        ]
