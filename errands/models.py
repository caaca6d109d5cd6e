"""What a committee gives to cells: the errand once, a charge for each cell that has it, and the cell's reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, Q

from members.models import Changing, Organisation, User
from members.names import title_key
from members.scoping import CellScoped, OfOrganisation

if TYPE_CHECKING:
    from datetime import datetime


class State(models.TextChoices):
    WAITING = "waiting", "Chưa báo"
    GOING = "going", "Đang làm"
    DONE = "done", "Đã xong"
    DECLINED = "declined", "Không làm được, nêu lý do"


SETTLED = (State.DONE, State.DECLINED)
SAID = [state for state in State if state != State.WAITING]  # what a cell can report


class ErrandQuerySet(OfOrganisation["Errand"]):
    def given_by(self, body: Organisation) -> Self:
        """The newest first, with how many cells are where: `waiting`, `going`, `done`, `declined`."""
        counts = {state.value: Count("charges", filter=Q(charges__state=state)) for state in State}
        return self.filter(organisation=body).annotate(**counts).order_by("-pk")


class Errand(Changing):
    """One piece of work for some cells or all, by a day or without one."""

    NAMED = "Việc này"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="errands")
    text = models.CharField("việc giao", max_length=300)
    document = models.CharField("theo văn bản", max_length=160, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def cell(self) -> Organisation:
        return self.organisation


class ChargeQuerySet(CellScoped["Charge"]):
    def with_errand(self) -> Self:
        return self.select_related("errand__organisation", "cell")

    def in_force(self, *, also: int | None = None) -> Self:
        """`also`: the key of one that is shown whatever became of it, for somebody has just answered for it."""
        return self.filter(Q(errand__withdrawn_at__isnull=True) | Q(pk=also))

    def open_at(self, moment: datetime) -> Self:
        """What a cell had to answer for at that moment."""
        there = self.filter(errand__given_at__lte=moment).filter(Q(settled_at__isnull=True) | Q(settled_at__gt=moment))
        return there.filter(Q(errand__withdrawn_at__isnull=True) | Q(errand__withdrawn_at__gt=moment))

    def with_reports(self) -> Self:
        return self.with_errand().prefetch_related("reports__entered_by__member").order_by("-errand", "pk")

    def by_name(self) -> list[Charge]:
        """Of one errand, in the order in which cells are called; never by who was first."""
        return sorted(self.with_reports(), key=lambda row: title_key(row.cell.name))


class Charge(Changing):
    """That one cell has an errand, and where it is with it; `settled_at`: since when it need not come back."""

    NAMED = "Việc này"

    errand = models.ForeignKey(Errand, models.PROTECT, related_name="charges")
    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="charges")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.WAITING)
    settled_at = models.DateTimeField(null=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="an_errand_once_for_a_cell", fields=["errand", "cell"]),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.errand}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


class Report(models.Model):
    """What the cell said, each time; never changed."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="reports")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices)
    words = models.CharField("kết quả, lý do", max_length=600, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = CellScoped["Report"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_end_is_said_in_words", condition=Q(state=State.GOING) | (Q(state__in=SETTLED) & ~Q(words=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.words}"

    @property
    def cell(self) -> Organisation:
        return self.charge.cell
