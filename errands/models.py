"""What a committee gives to cells, work or a topic for their year: the errand once, a charge for each cell that has it,
and the cell's reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from meetings.lifecycle import TOOK_PLACE
from meetings.models import Kind, ProgrammeLine
from members.models import Changing, Organisation, User
from members.names import by_title
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


def standing(state: State, charge: str = "") -> Q:
    """Of charges that stand there, by that path: what a cell has said it ended with, then what became of a topic."""
    said, held = Q((f"{charge}state__in", SETTLED)), Q((f"{charge}line__meeting__state__in", TOOK_PLACE))
    waits = Q((f"{charge}state", State.WAITING), (f"{charge}line", None))
    if state == State.WAITING:
        return waits
    if state == State.GOING:
        return Q((f"{charge}pk__isnull", False)) & ~said & ~held & ~waits
    return Q((f"{charge}state", state)) | (~said & held if state == State.DONE else Q())


class ErrandQuerySet(OfOrganisation["Errand"]):
    def given_by(self, body: Organisation) -> Self:
        """The newest first."""
        return self.filter(organisation=body).order_by("-pk")

    def with_counts(self) -> Self:
        """With how many cells are where: `waiting`, `going`, `done`, `declined`. Every charge is read: for a page."""
        return self.annotate(**{state.value: Count("charges", filter=standing(state, "charges__")) for state in State})


class Errand(Changing):
    """For some cells or all: one piece of work, by a day or without one; or a topic for the programme of a year, in any
    month of it or a named one.
    """

    NAMED = "Việc này"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="errands")
    text = models.CharField("việc, nội dung", max_length=300)
    document = models.CharField("theo văn bản", max_length=160, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    kind = models.CharField("loại sinh hoạt", max_length=12, choices=Kind.choices, blank=True)  # "": work
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_topic_has_a_year_and_work_a_day",
                condition=Q(kind="", year=None, month=None) | (~Q(kind="") & Q(year__isnull=False, due_on=None)),
            ),
            models.CheckConstraint(name="errand_month_exists", condition=Q(month=None) | Q(month__range=(1, 12))),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def when(self) -> str:
        """By which day, or into which month of which year and at which kind of meeting."""
        if not self.kind:
            return f"hạn {self.due_on:%d/%m/%Y}" if self.due_on else ""
        return f"{self.get_kind_display().lower()} {f'tháng {self.month}/' if self.month else 'năm '}{self.year}"

    @property
    def cell(self) -> Organisation:
        return self.organisation


class ChargeQuerySet(CellScoped["Charge"]):
    def with_errand(self) -> Self:
        """Also into which month a topic was put, as `placed_in`, and when that meeting was held, as `held_at`: of the
        programme and the meeting this is all that the committee above learns.
        """
        taken_up = {"placed_in": F("line__month"), "held_at": F("line__meeting__opened_at")}
        return self.annotate(**taken_up).select_related("errand__organisation", "cell")

    def work(self) -> Self:
        return self.filter(errand__kind="")

    def topics_of(self, year: int) -> Self:
        """Of that year's programme, but what the cell has given its reasons against."""
        return self.in_force().exclude(state=State.DECLINED).filter(errand__year=year)

    def in_force(self, *, also: int | None = None) -> Self:
        """`also`: the key of one that is shown whatever became of it, for somebody has just answered for it."""
        return self.filter(Q(errand__withdrawn_at__isnull=True) | Q(pk=also))

    def open_at(self, moment: datetime) -> Self:
        """What a cell had to answer for at that moment; a topic that stands in a month answers for itself."""
        there = self.filter(errand__given_at__lte=moment).filter(Q(settled_at__isnull=True) | Q(settled_at__gt=moment))
        return there.filter(Q(errand__withdrawn_at__isnull=True) | Q(errand__withdrawn_at__gt=moment), line=None)

    def with_reports(self) -> Self:
        return self.with_errand().prefetch_related("reports__entered_by__member").order_by("-errand", "pk")

    def by_name(self) -> list[Charge]:
        """Of one errand, in the order in which cells are called; never by who was first."""
        return by_title(self.with_reports(), lambda row: row.cell.name)


class Charge(Changing):
    """That one cell has an errand, and where it is with it; `settled_at`: since when it need not come back. `line`:
    where in its programme a topic stands.
    """

    NAMED = "Việc này"
    placed_in: int | None  # of rows from with_errand()
    held_at: datetime | None

    errand = models.ForeignKey(Errand, models.PROTECT, related_name="charges")
    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="charges")
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.WAITING)
    settled_at = models.DateTimeField(null=True)
    line = models.ForeignKey(ProgrammeLine, models.SET_NULL, null=True, related_name="charges")

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
        return self.state in SETTLED or self.held_at is not None

    @property
    def stands(self) -> str:
        """In words, of rows from with_errand()."""
        if self.state not in SETTLED and self.held_at:
            return f"Đã sinh hoạt {timezone.localdate(self.held_at):%d/%m/%Y}"
        if self.state not in SETTLED and self.placed_in:
            return f"Đã xếp vào tháng {self.placed_in}"
        return self.get_state_display()


class Report(models.Model):
    """What the cell said, each time; never changed."""

    APPEND_ONLY = True

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
