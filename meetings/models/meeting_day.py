"""The day on which a cell meets every month: a day of the month, or a weekday counted in it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from meetings.wording import WEEKDAYS
from members.models import Changing, Organisation
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST = 5  # the last such weekday of the month, be it the fourth or the fifth


class Way(models.TextChoices):
    DAY = "day", "Ngày cố định trong tháng"
    WEEKDAY = "weekday", "Thứ trong tuần"


class Nth(models.IntegerChoices):
    FIRST = 1, "đầu tiên"
    SECOND = 2, "thứ hai"
    THIRD = 3, "thứ ba"
    FOURTH = 4, "thứ tư"
    LAST = 5, "cuối cùng"


class MeetingDay(Changing):
    """One for each cell, whatever the year; `day`, or `nth` and `weekday`. A programme may lay out other days."""

    NAMED = "Ngày sinh hoạt thường kỳ"

    cell = models.OneToOneField(Organisation, models.PROTECT, related_name="meeting_day")
    way = models.CharField(max_length=8, choices=Way.choices)
    day = models.PositiveSmallIntegerField("ngày", null=True, blank=True)
    nth = models.PositiveSmallIntegerField("lần thứ", null=True, blank=True, choices=Nth.choices)
    weekday = models.PositiveSmallIntegerField("thứ", null=True, blank=True, choices=[*enumerate(WEEKDAYS)])
    time = models.TimeField("giờ")
    place = models.CharField("địa điểm", max_length=160)

    objects = CellScoped["MeetingDay"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meeting_day_is_one_of_two",
                condition=Q(way=Way.DAY, day__gte=1, day__lte=28, nth=None, weekday=None)
                | Q(way=Way.WEEKDAY, day=None, nth__gte=1, nth__lte=LAST, weekday__gte=0, weekday__lte=6),
            ),
        ]

    def __str__(self) -> str:
        if self.way == Way.DAY:
            return f"ngày {self.day} hằng tháng"
        return f"{WEEKDAYS[self.weekday or 0]} {Nth(self.nth or 1).label} của tháng"

    def in_month(self, year: int, month: int) -> date:
        if self.way == Way.DAY:
            return date(year, month, self.day or 1)
        nth, weekday = self.nth or 1, self.weekday or 0
        first = 1 + (weekday - date(year, month, 1).weekday()) % 7
        day = first + 7 * (nth - 1)
        last = monthrange(year, month)[1]
        return date(year, month, day if day <= last else day - 7)

    def from_day(self, day: date) -> Iterator[date]:
        """The coming ones, that day's own first; without an end."""
        year, month = day.year, day.month
        while year <= day.year + 1:
            if (found := self.in_month(year, month)) >= day:
                yield found
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
