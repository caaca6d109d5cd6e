"""The meeting, its agenda, and the log of everything done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meetings.lifecycle import State
from members.models import Changing, Member, Organisation, PaperNumber, User
from members.policy import Role, may
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    COMBINED = "combined", "Sinh hoạt thường kỳ và chuyên đề"
    COMMITTEE = "committee", "Họp chi uỷ"
    REVIEW = "review", "Hội nghị kiểm điểm"


# No guideline gives these points, and none of them is a meeting of the month.
WITHOUT_SCORE = (Kind.COMMITTEE, Kind.REVIEW)
PLANNED_HERE = tuple(kind for kind in Kind if kind != Kind.REVIEW)  # the other one is planned from its review


class MeetingQuerySet(CellScoped["Meeting"]):
    def with_people(self) -> MeetingQuerySet:
        return self.select_related("cell", "chair", "minute_taker", "paper__author", "minutes__number", "score")

    def shown_to(self, user: User, cell: Organisation) -> MeetingQuerySet:
        """Of one cell; the committee's own meetings only to who is on it or serves at that meeting."""
        rows = self.filter(cell=cell)
        if may(user, "plan.see", cell):
            return rows
        serves = Q(chair__in=[user.member_id]) | Q(minute_taker__in=[user.member_id])
        return rows.filter(~Q(kind=Kind.COMMITTEE) | serves)

    def to_prepare(self, cell: Organisation, chosen: int | None = None) -> MeetingQuerySet:
        """The cell's meetings that its committee may still meet for, and the one already chosen; nearest first."""
        ahead = Q(state__in=[State.PLAN, State.CALLED]) | Q(pk=chosen)
        return self.filter(ahead, cell=cell).exclude(kind=Kind.COMMITTEE).order_by("starts_at")

    def not_over(self) -> MeetingQuerySet:
        return self.filter(state__in=[State.PLAN, State.CALLED, State.OPEN, State.CLOSED])

    def held(self) -> MeetingQuerySet:
        return self.filter(state__in=[State.OPEN, State.CLOSED, State.SEALED])


class Meeting(Changing):
    """One meeting of a cell. `version` counts every change: guard, audit trail and cursor at once."""

    CELL = "cell"
    NAMED = "Buổi họp"
    SHOWN_ABOVE = Q(state=State.SEALED)

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    kind = models.CharField("loại sinh hoạt", max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLAN)
    rulebook = models.CharField("hướng dẫn áp dụng", max_length=12)
    topic = models.CharField("tên chuyên đề", max_length=300, blank=True)
    starts_at = models.DateTimeField("thời gian bắt đầu dự kiến")
    place = models.CharField("địa điểm", max_length=160, blank=True)
    chair = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì")
    minute_taker = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thư ký"
    )
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    dues = models.TextField("tình hình đảng phí", blank=True)
    quality = models.TextField("đánh giá chất lượng buổi sinh hoạt", blank=True)
    rev = models.PositiveIntegerField(default=0)
    committee_met_at = models.DateTimeField("chi uỷ đã họp", null=True)
    superior_notified_at = models.DateTimeField("đã báo cấp uỷ viên cấp trên theo dõi", null=True)
    papers_posted_at = models.DateTimeField("đã đăng tài liệu lên Sổ tay đảng viên điện tử", null=True)
    called_at = models.DateTimeField(null=True)
    notice_number = models.OneToOneField(PaperNumber, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("giờ khai mạc", null=True)
    read_back_at = models.DateTimeField("biên bản đã đọc lại", null=True)
    closed_at = models.DateTimeField("giờ kết thúc", null=True)
    posted_at = models.DateTimeField("đã đăng biên bản, kết luận lên Sổ tay đảng viên điện tử", null=True)
    reported_up_at = models.DateTimeField("đã báo cáo cấp uỷ cấp trên", null=True)
    prepares = models.ForeignKey(  # of a committee's own meeting: the cell's meeting that it prepares
        "self", models.SET_NULL, null=True, blank=True, related_name="prepared_by", verbose_name="chuẩn bị cho buổi"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        indexes: ClassVar = [
            # the list of a cell's meetings and the next meeting on the home page
            models.Index(fields=["cell", "-starts_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="meeting_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="meeting_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="meeting_ends_after_it_opens",
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def title(self) -> str:
        if self.kind in (Kind.REGULAR, Kind.COMMITTEE) or not self.topic:
            return str(Kind(self.kind).label)
        if self.kind == Kind.REVIEW:
            return f"{Kind(self.kind).label} {self.topic}"
        return f"{Kind(self.kind).label}: {self.topic}"

    @property
    def is_thematic(self) -> bool:
        return self.kind in (Kind.THEMATIC, Kind.COMBINED)

    @property
    def of_committee(self) -> bool:
        """The committee's own meeting: members of the cell who are not on it see nothing of it."""
        return self.kind == Kind.COMMITTEE

    @property
    def is_scored(self) -> bool:
        return self.kind not in WITHOUT_SCORE

    @property
    def thematic_paper(self) -> Any:
        return getattr(self, "paper", None)

    def roles_of(self, member: Member | None) -> Iterable[str]:
        if member is None:
            return
        if member.pk == self.chair_id:
            yield Role.CHAIR
        if member.pk == self.minute_taker_id:
            yield Role.MINUTE_TAKER
        if self.thematic_paper is not None and self.thematic_paper.author_id == member.pk:
            yield Role.AUTHOR


class OfMeeting(models.Model):
    """What belongs to one meeting takes its cell and its roles from the meeting."""

    CELL = "meeting__cell"
    SHOWN_ABOVE: ClassVar[Q | None] = Q(meeting__state=State.SEALED)

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.meeting.cell  # type: ignore[attr-defined]

    @property
    def of_committee(self) -> bool:
        return self.meeting.of_committee  # type: ignore[attr-defined]

    def roles_of(self, member: Member | None) -> Iterable[str]:
        return self.meeting.roles_of(member)  # type: ignore[attr-defined]


class AgendaItem(OfMeeting):
    """One line of the agenda; during the meeting it carries what was presented and the chair's conclusion."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    step = models.CharField(max_length=40, blank=True)  # code in the rulebook; "" for a line the cell added
    title = models.CharField("nội dung", max_length=300)
    presenter = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người thực hiện"
    )
    minutes = models.PositiveSmallIntegerField("số phút", default=10)
    notes = models.TextField("nội dung trình bày", blank=True)
    conclusion = models.TextField("kết luận của chủ trì", blank=True)
    rev = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = CellScoped["AgendaItem"].as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="agenda_item_takes_time", condition=Q(minutes__gte=1) & Q(minutes__lte=480)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def progress(self) -> str:
        if self.ended_at:
            return "done"
        return "running" if self.started_at else "waiting"
