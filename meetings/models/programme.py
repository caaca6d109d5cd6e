"""The year's programme, calendar addresses and reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from meetings.lifecycle import State
from meetings.models.meeting import MONTHLY, WITH_TOPIC, Kind, Meeting, OfMeeting
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime

REPORTED = "report_programme"  # the event of a programme that was reported to the committee above


class ProgrammeQuerySet(CellScoped["Programme"]):
    def with_cell(self) -> Self:
        return self.select_related("cell")

    def of_year(self, cell: Organisation, year: int) -> Self:
        return self.filter(cell=cell, year=year)


class Programme(Changing):
    """One cell's meetings of one year, laid out in advance; `fixed_day` is the day of the month the cell keeps."""

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField("năm")
    fixed_day = models.PositiveSmallIntegerField("ngày cố định hằng tháng", null=True, blank=True)
    usual_time = models.TimeField("giờ thường lệ", null=True, blank=True)
    usual_place = models.CharField("địa điểm thường lệ", max_length=160, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_programme_per_cell_and_year", fields=["cell", "year"]),
            models.CheckConstraint(
                name="fixed_day_exists_in_every_month",
                condition=Q(fixed_day__isnull=True) | (Q(fixed_day__gte=1) & Q(fixed_day__lte=28)),
            ),
        ]

    def __str__(self) -> str:
        return f"Chương trình năm {self.year}"

    @cached_property
    def told(self) -> dict[str, datetime]:
        """By what was done, when last. One query."""
        return dict(self.events.order_by("number").values_list("what", "happened_at"))

    @property
    def reported_at(self) -> datetime | None:
        """When the committee above was told of it; of an earlier plan where it was changed since."""
        return self.told.get(REPORTED)

    @property
    def settled_at(self) -> datetime | None:
        """The last time that somebody laid it out or saved it: the day of its paper."""
        return max((at for what, at in self.told.items() if what != REPORTED), default=None)


class ProgrammeLineQuerySet(CellScoped["ProgrammeLine"]):
    def with_cell(self) -> Self:
        return self.select_related("programme__cell")


class ProgrammeLine(models.Model):
    """One planned meeting: what, when, who prepares, who presents, whose turn it is to do self-criticism."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="lines")
    month = models.PositiveSmallIntegerField("tháng")
    kind = models.CharField("loại sinh hoạt", max_length=12, choices=Kind.choices)
    day = models.DateField("ngày dự kiến", null=True, blank=True)
    topic = models.CharField("nội dung trọng tâm, chuyên đề", max_length=300, blank=True)
    preparer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chuẩn bị"
    )
    presenter = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình bày"
    )
    self_critic = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đến lượt tự phê bình"
    )
    meeting = models.OneToOneField(Meeting, models.SET_NULL, null=True, blank=True, related_name="programme_line")
    reminded_at = models.DateTimeField(null=True)  # the secretary was written to: this day has no meeting yet

    objects = ProgrammeLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["month", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="programme_month_exists", condition=Q(month__gte=1) & Q(month__lte=12)),
        ]

    def __str__(self) -> str:
        return f"Tháng {self.month}: {self.topic or self.get_kind_display()}"

    @property
    def is_planned(self) -> bool:
        """A meeting stands behind it; one that was cancelled leaves the line open again."""
        return self.meeting is not None and self.meeting.state != State.CANCELLED

    @property
    def is_thematic(self) -> bool:
        return self.kind in WITH_TOPIC

    @property
    def kind_alone(self) -> str:
        """Where nothing but meetings stands anyway."""
        return {Kind.REGULAR: "Thường kỳ", Kind.THEMATIC: "Chuyên đề"}.get(Kind(self.kind), "Kết hợp")

    @property
    def has_criticism(self) -> bool:
        return self.kind in MONTHLY

    @property
    def cell(self) -> Organisation:
        return self.programme.cell


class CalendarFeedQuerySet(CellScoped["CalendarFeed"]):
    def at(self, token_hash: str) -> CalendarFeed | None:
        """The feed behind an address, with whose it is."""
        return self.select_related("member__account").filter(token_hash=token_hash).first()


class CalendarFeed(models.Model):
    """A secret address from which a calendar program reads one person's meetings; only its hash is kept."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Lịch của {self.member}"

    @property
    def cell(self) -> Organisation:
        return self.member.organisation


class Reminder(OfMeeting):
    """That a person was written to about a meeting: so that cron may run twice."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reminders")
    to = models.ForeignKey(User, models.CASCADE, related_name="+")
    what = models.CharField(max_length=20)
    sent_at = models.DateTimeField()

    objects = CellScoped["Reminder"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_reminder_each", fields=["meeting", "to", "what"]),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.to}"
