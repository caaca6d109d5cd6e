"""What stands on a shelf: an entry with its exact source, passages of it in their own words, and what of it is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q

from documents.named import kinds_in
from meetings.models import AgendaItem, Meeting
from meetings.models.meeting import OfMeeting, OfMeetingQuerySet
from members.models import Changing, Organisation, User
from members.names import is_found
from members.scoping import CellScoped, OfOrganisation
from shelf.wording import cited, source_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class EntryKind(models.TextChoices):
    DOCUMENT = "document", "Văn bản"
    WORK = "work", "Sách, bài viết"
    BULLETIN = "bulletin", "Bản tin sinh hoạt chi bộ"


class Seen(models.TextChoices):
    """How whoever vouches for it has seen it; what is read at second hand says so wherever it is cited."""

    ORIGINAL = "original", "Bản giấy có dấu, bản chính"
    ISSUER = "issuer", "Bản đăng trên trang của nơi ban hành"
    PRINT = "print", "Sách in, báo in"
    RELAYED = "relayed", "Bản đăng lại, bản dẫn ở nơi khác"


class EntryQuerySet(OfOrganisation["Entry"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def on_shelf_of(self, body: Organisation) -> Self:
        """Its own and what every committee above it has put on theirs."""
        return self.on_shelves(body.line)

    def on_shelves(self, bodies: Collection[int]) -> Self:
        return self.filter(organisation__in=bodies)

    def for_page(self) -> Self:
        """With their number of passages as `passages`, whatever is of a month or dated later first."""
        standing = Count("quotations", filter=Q(quotations__withdrawn_at__isnull=True))
        rows = self.standing().with_organisation().annotate(passages=standing)
        return rows.order_by("organisation__path", "-issue_on", "-dated_on", "-pk")

    def asked_for(self, words: str) -> list[Entry]:
        """By words of its source, what its kind is called, or whose shelf it is on."""
        return [row for row in self if not words or is_found(words, f"{row.source} {row.kinds} {row.organisation}")]

    def bulletins_of(self, month: date, at: datetime) -> Self:
        """Of this month, as the shelf stood at that moment."""
        there = self.filter(kind=EntryKind.BULLETIN, issue_on=month, put_at__lte=at)
        return there.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)).order_by("-organisation__path", "pk")


class Entry(Changing):
    """One document, work or issue of the bulletin. `body` issues or has written it; `issue_on` is the first of the
    month that a bulletin is for. `seen_by`, `seen_as`, `seen_where`: who has seen it, as what and where.
    """

    NAMED = "Tài liệu này"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shelf")
    kind = models.CharField("loại", max_length=8, choices=EntryKind.choices)
    body = models.CharField("nơi ban hành, tác giả", max_length=160)
    title = models.CharField("tên", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("ngày ban hành", null=True, blank=True)
    edition = models.CharField("nhà xuất bản, nơi, năm, tập", max_length=200, blank=True)
    issue_on = models.DateField("bản tin của tháng", null=True, blank=True)
    seen_by = models.CharField("người đã xem", max_length=80)
    seen_as = models.CharField("đã xem bản nào", max_length=8, choices=Seen.choices)
    seen_where = models.CharField("xem ở đâu", max_length=200)
    file = models.FileField(upload_to="shelf", blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    file_type = models.CharField(max_length=8, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_source_is_exact",
                condition=Q(kind=EntryKind.DOCUMENT, dated_on__isnull=False) & ~Q(number="")
                | Q(kind=EntryKind.WORK) & ~Q(edition="")
                | Q(kind=EntryKind.BULLETIN, issue_on__isnull=False),
            ),
            models.CheckConstraint(
                name="somebody_has_seen_it", condition=~Q(body="") & ~Q(title="") & ~Q(seen_by="") & ~Q(seen_where="")
            ),
            models.UniqueConstraint(
                name="one_bulletin_of_a_month",
                fields=["organisation", "issue_on"],
                condition=Q(kind=EntryKind.BULLETIN, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cell(self) -> Organisation:
        return self.organisation

    @property
    def source(self) -> str:
        return source_of(self)

    @property
    def kinds(self) -> str:
        """What it is called: whoever looks for a “quy định” types the word, and a number has the letters alone."""
        label = self.get_kind_display()
        kind = "" if self.number or label.casefold() in self.title.casefold() else label
        return f"{kind} {kinds_in(self.number, self.title)}".strip()

    @property
    def is_relayed(self) -> bool:
        return self.seen_as == Seen.RELAYED


class QuotationQuerySet(CellScoped["Quotation"]):
    def with_entry(self) -> Self:
        return self.select_related("entry__organisation")

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True, entry__withdrawn_at__isnull=True)

    def on_shelf_of(self, body: Organisation) -> Self:
        rows = self.standing().with_entry().filter(entry__organisation__in=[body.pk, *body.above_ids])
        return rows.order_by("-entry__organisation__path", "entry", "pk")

    def asked_for(self, words: str) -> list[Quotation]:
        return [row for row in self if not words or is_found(words, f"{row.words} {row.entry.source}")]


class Quotation(models.Model):
    """The exact words of one passage, and where in the entry they stand. Never changed: taken off, and put anew."""

    APPEND_ONLY = True
    APPEND_ONLY_BUT = ("withdrawn_at",)

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="quotations")
    words = models.TextField("nguyên văn")
    place = models.CharField("trang, điểm, khoản", max_length=120)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_passage_has_its_place", condition=~Q(words="") & ~Q(place="")),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def cell(self) -> Organisation:
        return self.entry.organisation

    @property
    def cited(self) -> str:
        """As it is written into a paper: the words, and behind them their source."""
        return cited(self)


class ReadingQuerySet(OfMeetingQuerySet["Reading"]):
    def at(self, moment: datetime) -> Self:
        """What was put beside the agenda at that moment."""
        there = self.filter(put_at__lte=moment).filter(Q(removed_at__isnull=True) | Q(removed_at__gt=moment))
        return there.order_by("item__position", "pk")

    def announced(self) -> Self:
        """What a notice has named, whatever was taken away since."""
        stood = Q(removed_at__isnull=True) | Q(removed_at__gt=F("meeting__called_at"))
        return self.filter(stood, meeting__called_at__gte=F("put_at"))

    def with_item(self) -> Self:
        return self.select_related("item", "meeting__cell")


class Reading(OfMeeting):
    """An entry that is read for one item of an agenda; its source stands here as it was said then."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="readings")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="readings")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="readings")
    source = models.CharField("tài liệu, phần cần đọc", max_length=1200)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="read_once_for_an_item", fields=["item", "entry"], condition=Q(removed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.source
