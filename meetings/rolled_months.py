"""The months of one year of all cells below a committee, in two queries however many there are; and as charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth

from documents.chart import Chart, Series
from meetings.lifecycle import State
from meetings.models import WITH_TOPIC, Meeting, Task, TaskState
from members.days import moment, months_after

if TYPE_CHECKING:
    from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Month:
    """Sealed meetings of one month; `counted`, `present`: people, of all of them. `due`: tasks that were to be done in
    it, whenever they were given, without those that were dropped; `done`: of these.
    """

    number: int
    held: int = 0
    cells: int = 0
    topics: int = 0
    counted: int = 0
    present: int = 0
    due: int = 0
    done: int = 0

    @property
    def rate(self) -> int | None:
        """Whole per cent, cut off: 89.9 is not 90."""
        return 100 * self.present // self.counted if self.counted else None

    @property
    def exact_rate(self) -> float | None:
        """In per cent, as the lines of the cells give it."""
        return 100 * self.present / self.counted if self.counted else None

    def has_begun(self, year: int, day: date) -> bool:
        """What is to come stays empty on paper: nothing was held yet, and what is promised is not late."""
        return (year, self.number) <= (day.year, day.month)


def by_month(committee: Organisation, year: int) -> tuple[Month, ...]:
    """Twelve. What whoever follows from this committee may know of."""
    first = date(year, 1, 1)
    sealed = Meeting.objects.seen_from([committee.path]).of_the_month().filter(state=State.SEALED)
    rows = (
        sealed.between(moment(first), moment(months_after(first, 12)))
        .order_by()
        .annotate(month=ExtractMonth("opened_at"))
        .values("month")
    )
    thematic = Q(kind__in=WITH_TOPIC)
    held = rows.annotate(
        held=Count("pk"),
        cells=Count("cell", distinct=True),
        topics=Count("pk", filter=thematic),
        counted=Sum("minutes__counted", default=0),
        present=Sum("minutes__present", default=0),
    )
    tasks = Task.objects.seen_from([committee.path]).exclude(state=TaskState.DROPPED).filter(due_on__year=year)
    promised = tasks.order_by().annotate(month=ExtractMonth("due_on")).values("month")
    promised = promised.annotate(due=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)))
    found: dict[int, dict[str, int]] = {number: {} for number in range(1, 13)}
    counts: Any
    for counts in (held, promised):
        for row in counts:
            found[row.pop("month")] |= row
    return tuple(Month(number, **values) for number, values in found.items())


def charts(year: int, months: tuple[Month, ...]) -> list[Chart]:
    """Those in which there is something to see."""
    labels = tuple(str(one.number) for one in months)
    spoken = tuple(f"tháng {one.number}" for one in months)

    def series(name: str, of: str) -> Series:
        return Series(name, tuple(getattr(one, of) for one in months))

    found = [
        Chart(
            f"Tỉ lệ dự sinh hoạt năm {year}", "lines", labels, spoken,
            (series("Dự họp trên số phải tính (%)", "rate"),), unit="%", top=100,
        ),
        Chart(
            f"Buổi sinh hoạt đã có biên bản ký năm {year}", "bars", labels, spoken,
            (series("Số buổi", "held"), series("Số chi bộ đã họp", "cells")),
        ),
        Chart(f"Buổi có chuyên đề năm {year}", "bars", labels, spoken, (series("Số buổi có chuyên đề", "topics"),)),
        Chart(
            f"Nhiệm vụ đến hạn năm {year}", "bars", labels, spoken,
            (series("Đến hạn trong tháng", "due"), series("Đã hoàn thành", "done")),
        ),
    ]  # fmt: skip
    return [one for one in found if not one.is_empty]
