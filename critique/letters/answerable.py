"""What waits for an answer by a day, a letter or a request: its parties, its words, its days, the base of both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from critique.lifecycle import Answering
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from members.models import Changing, Organisation, User
from members.scoping import CellScoped, answering
from rulings.holidays import days_off, later_days_off

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date


class AnswerableQuerySet(CellScoped[Any]):
    def with_parties(self) -> Self:
        return self.select_related(*self.model.PARTIES)

    def with_people(self) -> Self:
        return self.with_parties().select_related("cell", "entered_by__member", "replied_by__member")

    def of_cell(self, cell: Organisation, off: Collection[date] | None = None) -> list[Any]:
        """One query; for `off` see below."""
        return with_days_off(self.filter(cell=cell), cell, off)


def with_days_off(rows: Iterable[Any], cell: Organisation, off: Collection[date] | None = None) -> list[Any]:
    """The rows of one cell, which know it and its days off; these are asked for as soon as a day is counted with them.

    `off`: the days off, where they are known already.
    """
    found, off = list(rows), later_days_off(cell) if off is None else off
    for row in found:
        row.cell, row.off = cell, off
    return found


class Answerable(Bound, Changing):
    """Answered once, put off with a reason, or taken back before; known to its parties and to whoever leads the cell.

    A model says in SENDER who may take it back, in PARTIES whose names stand on it, and in `first_due` by when an
    answer is owed.
    """

    ANEW: ClassVar[tuple[str, ...]] = ("settled_due", "reply", "replied_at")
    BOUND_TO: ClassVar[tuple[str, ...]] = ("cell_id", "mark", "entered_by_id")
    BOUND_WITH: ClassVar = {"reply": ("replied_by_id",)}
    SENDER = ""
    PARTIES: ClassVar[tuple[str, ...]] = ()

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mark = models.UUIDField(default=uuid4, unique=True)  # says whose the sealed words are before there is a number
    words = EncryptedText("nội dung", default=str)
    sent_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    settled_due = models.DateField(null=True)  # named, or as it stood when answered; until then counted when read
    state = models.CharField(max_length=10, choices=Answering.choices, default=Answering.WAITING)
    reply = EncryptedText("trả lời", default=str)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    destroyed_on = models.DateField(null=True)  # its words have had their time

    objects = AnswerableQuerySet.as_manager()

    class Meta(Changing.Meta):
        abstract = True
        ordering: ClassVar = ["-sent_at", "-pk"]
        indexes: ClassVar = [models.Index(name="%(class)s_of_cell", fields=["cell", "state"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="%(class)s_state_is_known", condition=Q(state__in=Answering.values)),
            models.CheckConstraint(
                name="%(class)s_answered_by_somebody",
                condition=Q(state=Answering.ANSWERED, replied_at__isnull=False, replied_by__isnull=False)
                | (~Q(state=Answering.ANSWERED) & Q(replied_at__isnull=True, replied_by__isnull=True)),
            ),
        ]

    @property
    def followers(self) -> set[int]:
        """Who answers for the cell, or watches over the day: nobody whom the matter concerns."""
        return answering(self)

    @cached_property
    def off(self) -> Collection[date]:
        return days_off(self.cell)

    @property
    def sent_on(self) -> date:
        return timezone.localdate(self.sent_at)

    @property
    def first_due(self) -> date:
        raise NotImplementedError

    @property
    def due_on(self) -> date:
        return self.settled_due or self.first_due

    def is_late(self, today: date) -> bool:
        return self.state == Answering.WAITING and self.due_on < today

    def is_senders(self, member: int | None) -> bool:
        return member is not None and member == getattr(self, self.SENDER)

    def is_readable(self, member: int | None) -> bool:
        """What was taken back is read by its sender alone."""
        return self.state != Answering.WITHDRAWN or self.is_senders(member)


class DelayQuerySet(CellScoped[Any]):
    def with_people(self) -> Self:
        return self.select_related("said_by__member")


class Delay(Bound):
    """That the answer takes longer, until when and why: said to the sender, never changed. `row` is what waits."""

    BOUND_TO = ("row_id", "number", "until", "said_by_id")

    row: Any
    number = models.PositiveIntegerField()
    until = models.DateField("trả lời chậm nhất ngày")
    why = EncryptedText("lý do", default=str)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = DelayQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(name="%(class)s_number_once", fields=["row", "number"])]

    def __str__(self) -> str:
        return f"Lùi đến {self.until:%d/%m/%Y}"

    @property
    def cell(self) -> Organisation:
        found: Organisation = self.row.cell
        return found
