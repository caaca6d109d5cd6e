"""What a row needs beside its texts so that they save themselves; and the words of a form that is not sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime


class SavesItself(models.Model):
    """How often it was saved, when last, and by whom: shown to whoever saves another text at the same moment."""

    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("members.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Drafts(CellScoped[Any]):
    def untouched_since(self, moment: datetime) -> Self:
        return self.filter(saved_at__lt=moment)


class UnsentDraft(models.Model):
    """The long texts of one form as one person has typed them; gone when the form is sent.

    The app says how `texts` are kept: open, or sealed where the sent words are.
    """

    cell = models.ForeignKey("members.Organisation", models.PROTECT, related_name="+")
    author = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40)
    thing = models.PositiveBigIntegerField()  # the row that the form is about
    rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    texts: dict[str, str]

    objects = Drafts.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(name="%(app_label)s_one_draft_of_a_form", fields=["author", "sheet", "thing"]),
        ]

    def __str__(self) -> str:
        return f"Nháp {self.pk}"

    def forget(self) -> None:
        """The form was sent: its words stand where they belong now."""
        if self.pk is not None:
            self.delete()
