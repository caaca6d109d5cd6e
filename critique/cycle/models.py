"""The yearly review of one cell: its days, who takes part and why somebody does not, and what was done."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.cycle.eligibility import CLAUSES, SENTENCES, Reason
from critique.lifecycle import State
from critique.official_forms.model import FormKind
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from meetings.lifecycle import State as MeetingState
from meetings.models import Meeting
from members.asked import Asked
from members.house import own
from members.models import Changing, Member, Organisation, TenureKind
from members.names import sort_key
from members.scoping import CellScoped, Row

BASIS = "366-QĐ/TW ngày 30/8/2025 của Bộ Chính trị\n43-HD/BTCTW ngày 31/10/2025 của Ban Tổ chức Trung ương"


PERSON_FORMS = [
    (FormKind.LEADER.value, "Mẫu 02A – giữ chức vụ lãnh đạo, quản lý"),
    (FormKind.STAFF.value, "Mẫu 02B – không giữ chức vụ lãnh đạo, quản lý"),
    (FormKind.OUTSIDE.value, "Mẫu 02C – không làm việc trong hệ thống chính trị"),
]
FORM_CHOICES = [(FormKind.COLLECTIVE.value, "Mẫu 01 – báo cáo của tập thể"), *PERSON_FORMS]
COLLECTIVE = "Tập thể chi uỷ"
# What a list of people leaves in the database, sealed.
WORDS_OF_HEARING = [f"hearing__{name}" for name in ("presented", "response", "merits", "faults", "duties", "due")]


class CycleQuerySet(CellScoped["Cycle"]):
    def announced(self) -> Self:
        return self.exclude(state=State.PLAN)

    def handed_up_elsewhere(self, own: list[int]) -> Self:
        """By other cells than the account's own."""
        return self.filter(handed_up_at__isnull=False).exclude(cell_id__in=own)

    def still_open(self) -> Self:
        """Something of it is still to be done: not closed, or not handed up."""
        return self.exclude(state=State.CLOSED)

    def newest_first(self) -> Self:
        return self.select_related("cell").order_by("-year", "-handed_up_at", "pk")


class Cycle(Changing):
    """One year's review in one cell. A superior committee sees nothing of it until it has been handed up."""

    NAMED = "Đợt kiểm điểm"

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField("năm kiểm điểm")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLAN)
    basis = models.TextField("văn bản căn cứ", default=BASIS)
    due_on = models.DateField("hạn nộp bản kiểm điểm")
    meets_on = models.DateField("ngày họp kiểm điểm")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    reading_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    handed_up_at = models.DateTimeField(null=True)  # from then on the superior committee sees what was submitted
    meeting = models.OneToOneField(  # the conference itself, planned, held and minuted as any other
        Meeting, models.SET_NULL, null=True, blank=True, related_name="review_cycle"
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_review_a_year", fields=["cell", "year"]),
            models.CheckConstraint(name="cycle_state_is_known", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"Kiểm điểm năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("cycle", args=[self.pk])

    @cached_property
    def people(self) -> list[Participant]:
        """The collective, then everybody by given name, with what they have handed in but without a word of it."""
        rows = _PEOPLE(self.pk)
        for row in (found := sorted(rows, key=lambda row: (row.member_id is not None, sort_key(row.name)))):
            row.cycle = self
            if hasattr(row, "review"):
                row.review.participant = row
        return found

    @property
    def has_conference(self) -> bool:
        """A meeting is planned for it, or was held."""
        return self.meeting is not None and self.meeting.state != MeetingState.CANCELLED

    @property
    def reader_ids(self) -> set[int]:
        """Who may read during the reading window: whoever writes, and whoever else comes to the meeting."""
        comes = (Reason.WRITES, Reason.AWAY, Reason.NEW, Reason.GUEST)
        gone = (Reason.LEFT, Reason.SUSPENDED)
        people = [row for row in self.people if row.reason not in gone and (row.writes or row.reason in comes)]
        return {row.member_id for row in people if row.member_id is not None}


_PEOPLE = Asked(
    lambda cycle: (
        Participant.objects.filter(cycle=cycle)
        .select_related("member", "review", "typist", "hearing")
        .defer("review__body", *WORDS_OF_HEARING)
    )
)


class OfCycle(models.Model):
    """What belongs to one review takes its cell from it."""

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.cycle.cell  # type: ignore[attr-defined]


class OfCycleQuerySet(CellScoped[Row]):
    """Of what belongs to one review."""

    def with_cycle(self) -> Self:
        return self.select_related("cycle__cell", "cycle__meeting")

    def of(self, cycle: Cycle) -> Self:
        return self.filter(cycle=cycle)


class ParticipantQuerySet(OfCycleQuerySet["Participant"]):
    def with_people(self) -> Self:
        return self.with_cycle().select_related("member", "typist")

    def without_words(self) -> Self:
        """What the committee wrote about an exception stays sealed in the database."""
        return self.defer("note")


class Participant(Bound, OfCycle):
    """One person in one review, or without a member the committee as a whole, which writes form 01.

    Standing and reason are copied, so that last year's list stays true.
    """

    BOUND_TO = ("cycle_id", "member_id", "note_rev")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="participants")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="participations")
    standing = models.CharField(max_length=20, choices=TenureKind.choices, blank=True)
    reason = models.CharField(max_length=10)  # critique.cycle.eligibility.Reason
    writes = models.BooleanField("viết bản kiểm điểm")
    overridden = models.BooleanField(default=False)  # the committee decided otherwise than the table
    note = EncryptedText("lý do chi uỷ quyết định khác", default=str)
    note_rev = models.PositiveIntegerField(default=0)
    form = models.CharField("mẫu", max_length=3, choices=FORM_CHOICES, default=FormKind.STAFF.value)
    on_paper = models.BooleanField("nộp bản giấy", default=False)
    typist = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", verbose_name="người nhập thay")
    destroyed_on = models.DateField(null=True)  # its words have had their time

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="once_in_a_review", fields=["cycle", "member"]),
            models.UniqueConstraint(name="one_collective_a_review", fields=["cycle"], condition=Q(member__isnull=True)),
            models.CheckConstraint(
                name="form_01_is_the_collectives",
                condition=Q(member__isnull=True, form=FormKind.COLLECTIVE.value)
                | (Q(member__isnull=False) & ~Q(form=FormKind.COLLECTIVE.value)),
            ),
            models.CheckConstraint(
                name="participant_form_is_known", condition=Q(form__in=[code for code, _ in FORM_CHOICES])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.member) if self.member else own(COLLECTIVE)

    @property
    def whose(self) -> str:
        """In a sentence: "bản kiểm điểm của …"."""
        return f"đồng chí {self.name}" if self.member else own("tập thể chi uỷ")

    @property
    def of_collective(self) -> bool:
        """The committee is then who it is about, and whoever is on it writes."""
        return self.member_id is None

    @property
    def reason_words(self) -> str:
        return SENTENCES[Reason(self.reason)]

    @property
    def clause(self) -> str:
        return CLAUSES.get(Reason(self.reason), "")

    @property
    def is_read_by_others(self) -> bool:
        return self.cycle.state == State.READING and self.writes and self.reason != Reason.LEFT

    def is_read_by(self, member: int) -> bool:
        """Whoever comes to the conference, while the reading lasts: which standing that is no column says."""
        return self.is_read_by_others and member in self.cycle.reader_ids
