"""The register of shortcomings to be put right: what was promised, when it is looked at again, what was found."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from critique.cycle.models import Cycle
from critique.lifecycle import FOUND, REMEDY_OPEN, Remedying
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from critique.writing.models import SelfReview
from meetings.models import Meeting
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import date


TEXTS = ("shortcoming", "cause", "measure", "finished_when")


LONGEST = 2000  # letters of one text about it


class Source(models.TextChoices):
    SELF_REVIEW = "self_review", "Bản kiểm điểm"
    SUGGESTION = "suggestion", "Gợi ý kiểm điểm"
    INSPECTION = "inspection", "Kết luận kiểm tra, giám sát"
    OPINION = "opinion", "Góp ý tại hội nghị"


PEOPLE = ("cell", "about", "helper", "entered_by__member", "recurs")


class RemedyQuerySet(CellScoped["Remedy"]):
    def open(self) -> Self:
        return self.filter(state__in=REMEDY_OPEN)

    def with_people(self) -> Self:
        return self.select_related(*PEOPLE)

    def of_the_whole(self) -> Self:
        """Of the cell as a whole, nobody's own."""
        return self.filter(about__isnull=True)

    def of_person(self, member: int) -> Self:
        return self.filter(about=member)

    def followed_in(self, year: int) -> Self:
        """What was on the register at some time of that year, with everything that was found and said of it."""
        begins, ends = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))  # noqa: DTZ001
        rows = self.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=begins), entered_at__lt=ends)
        return rows.with_people().prefetch_related("checks", "notes")

    def planned_after(self, year: int) -> Self:
        """What came out of that year's review, or was entered in that year beside any review."""
        rows = self.filter(Q(cycle__year=year) | Q(cycle__isnull=True, entered_at__year=year))
        return rows.with_people()

    def in_order(self) -> Self:
        """Still open first, by their day and then by the next check; what was closed last stands before the rest."""
        waiting = Q(checks__checked_at__isnull=True, checks__dropped_at__isnull=True)
        rows = self.select_related("about").annotate(looked_at=models.Min("checks__due_on", filter=waiting))
        return rows.order_by(F("closed_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "looked_at", "pk")


class Remedy(Bound, Changing):
    """One shortcoming of a member, or of the cell as a whole (`about` is None), until the committee closes it."""

    NAMED = "Việc khắc phục này"
    ANEW = ("closed_at", "helper", "due_on", "recurs", *TEXTS, "texts_rev")
    BOUND_TO = ("cell_id", "mark", "about_id", "cycle_id", "source", "texts_rev")

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="remedies")
    mark = models.UUIDField(default=uuid4, unique=True)  # says whose the sealed words are before there is a number
    about = models.ForeignKey(Member, models.PROTECT, null=True, related_name="remedies")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="remedies")
    review = models.ForeignKey(SelfReview, models.PROTECT, null=True, related_name="remedies")
    row = models.PositiveSmallIntegerField(null=True)  # which of its promises
    source = models.CharField("nguồn", max_length=12, choices=Source.choices)
    shortcoming = EncryptedText("hạn chế, khuyết điểm", default=str)
    cause = EncryptedText("nguyên nhân", default=str)
    measure = EncryptedText("biện pháp", default=str)
    finished_when = EncryptedText("thế nào là đã khắc phục", default=str)
    texts_rev = models.PositiveIntegerField(default=0)  # how often something was filled in
    helper = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", verbose_name="người giúp đỡ")
    due_on = models.DateField("thời hạn", null=True)
    state = models.CharField(max_length=8, choices=Remedying.choices, default=Remedying.NOT_YET)
    recurs = models.ForeignKey("self", models.PROTECT, null=True, related_name="recurrences")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    destroyed_on = models.DateField(null=True)  # its words have had their time

    objects = RemedyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(name="remedy_of_cell", fields=["cell", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_promise_once", fields=["review", "row"]),
            models.CheckConstraint(name="remedy_state_is_known", condition=Q(state__in=Remedying.values)),
            models.CheckConstraint(
                name="remedy_closed_with_its_time",
                condition=Q(state=Remedying.CLOSED, closed_at__isnull=False)
                | (~Q(state=Remedying.CLOSED) & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Khắc phục hạn chế số {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("remedy", args=[self.pk])

    @cached_property
    def earlier_ones(self) -> list[Remedy]:
        """What was entered before about the same comrade or the cell, the latest first: this may be it again."""
        rows = Remedy.objects.filter(cell=self.cell_id, about=self.about_id, pk__lt=self.pk)
        return list(rows.order_by("-pk")[:20])

    @property
    def is_open(self) -> bool:
        return self.state in REMEDY_OPEN

    def is_overdue(self, today: date) -> bool:
        unfinished = self.state in (Remedying.NOT_YET, Remedying.GOING)
        return unfinished and self.due_on is not None and self.due_on < today


class OfRemedy(models.Model):
    """What belongs to one remedy."""

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.remedy.cell  # type: ignore[attr-defined]


class CheckQuerySet(CellScoped["RemedyCheck"]):
    def with_people(self) -> Self:
        return self.select_related("meeting", "checked_by__member")

    def with_remedy(self) -> Self:
        return self.select_related(*(f"remedy__{name}" for name in PEOPLE))

    def waiting(self) -> Self:
        return self.filter(checked_at__isnull=True, dropped_at__isnull=True)


class RemedyCheck(Bound, OfRemedy):
    """A day on which the cell looks again, and what the committee found then. Dropped when the item is closed."""

    BOUND_TO = ("remedy_id", "number", "remedy.about_id", "found", "checked_by_id")

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField("ngày rà soát")
    planned_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=8, choices=[(state.value, state.label) for state in FOUND], blank=True)
    words = EncryptedText("nhận xét", default=str)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(name="checks_by_day", fields=["due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="check_number_once", fields=["remedy", "number"]),
            models.CheckConstraint(
                name="check_found_by_somebody",
                condition=Q(found="", checked_at__isnull=True, checked_by__isnull=True)
                | (~Q(found="") & Q(checked_at__isnull=False, checked_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Rà soát {self.due_on:%d/%m/%Y}"

    @property
    def is_waiting(self) -> bool:
        return self.checked_at is None and self.dropped_at is None


class NoteKind(models.TextChoices):
    REPORT = "report", "Tiến độ"
    CLOSE = "close", "Chi uỷ kết luận đã khắc phục"
    REOPEN = "reopen", "Chi uỷ mở lại"


class NoteQuerySet(CellScoped["RemedyNote"]):
    def with_people(self) -> Self:
        return self.select_related("meeting", "noted_by__member")


class RemedyNote(Bound, OfRemedy):
    """What was said about it between two checks, by whom: never changed. `words` go when their time is over."""

    APPEND_ONLY = True
    APPEND_ONLY_BUT = ("words",)  # also sealed again when the key is changed
    BOUND_TO = ("remedy_id", "number", "remedy.about_id", "kind", "state", "noted_by_id")

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    state = models.CharField(max_length=8, choices=Remedying.choices)
    words = EncryptedText(default=str)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(name="note_number_once", fields=["remedy", "number"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
