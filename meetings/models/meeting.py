"""The meeting, its agenda, and the log of everything done to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from meetings.lifecycle import TOOK_PLACE, Inspecting, State
from members.house import own
from members.models import Changing, Member, Organisation, PaperNumber
from members.paging import up_to_one_more
from members.saving.models import SavesItself
from members.scoping import CellScoped, Row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.db.models import QuerySet

    from members.models import EventQuerySet


NONE_YET = "chưa có"  # said at the closing of a line under which nothing stands


class Kind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    COMBINED = "combined", "Sinh hoạt thường kỳ và chuyên đề"
    COMMITTEE = "committee", "Họp chi uỷ"
    CONFERENCE = "conference", "Hội nghị kiểm điểm"


MONTHLY = (Kind.REGULAR, Kind.COMBINED)  # the meeting that every month has
WITH_TOPIC = (Kind.THEMATIC, Kind.COMBINED)
# No guideline gives these points, and none of them is a meeting of the month.
WITHOUT_SCORE = (Kind.COMMITTEE, Kind.CONFERENCE)
PLANNED_HERE = tuple(kind for kind in Kind if kind != Kind.CONFERENCE)  # the other one is planned from its review


def _how_many(rows: QuerySet[Any, Any]) -> Coalesce:
    """Of the meeting that is asked for."""
    of_it = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return Coalesce(Subquery(of_it.annotate(number=Count("pk")).values("number")), 0)


def held_at(meeting: str = "") -> Coalesce:
    """`Meeting.held_at` in a query, by the path to it ("meeting__"): which comes first, and of which year it is."""
    return Coalesce(f"{meeting}opened_at", f"{meeting}starts_at")


class MeetingQuerySet(CellScoped["Meeting"]):
    def with_people(self) -> MeetingQuerySet:
        """Also whether anybody asked to correct the draft of the minutes, as `was_corrected`."""
        from meetings.models.proofs import Correction

        return self.select_related(
            "cell", "chair", "minute_taker", "paper__author", "minutes__number", "score", "exchange"
        ).annotate(was_corrected=Exists(Correction.objects.filter(meeting=OuterRef("pk"))))  # type: ignore[no-redef]

    def in_list(self) -> MeetingQuerySet:
        return self.select_related("cell", "paper")

    def in_lines(self) -> MeetingQuerySet:
        """With what a line of a list shows: title, time, state."""
        return self.only("kind", "topic", "state", "opened_at", "starts_at")

    def next_first(self, today: datetime) -> MeetingQuerySet:
        """What is on, then what is coming, the nearest first, then the rest, the latest first. `today`: its midnight; a
        meeting of an earlier day that was never held is not coming any more."""
        coming = Q(state__in=[State.PLAN, State.CALLED], starts_at__gte=today)
        place = Case(When(state=State.OPEN, then=0), When(coming, then=1), default=2)
        nearest = Case(When(coming, then=F("starts_at")))
        return self.order_by(place, nearest, held_at().desc(), "-pk")

    def with_open_questions(self) -> MeetingQuerySet:
        """How many opinions on the draft have no answer (`opinions_open`), how many apologies none
        (`apologies_open`)."""
        from meetings.models.evening import Attendance
        from meetings.models.thematic import Opinion

        opinions, apologies = Opinion.objects.filter(answer=""), Attendance.objects.undecided()
        return self.annotate(opinions_open=_how_many(opinions), apologies_open=_how_many(apologies))

    def announced(self) -> MeetingQuerySet:
        return self.exclude(state=State.PLAN)

    def to_prepare(self, cell: Organisation, chosen: int | None = None) -> MeetingQuerySet:
        """The cell's meetings that its committee may still meet for, and the one already chosen; nearest first."""
        ahead = Q(state__in=[State.PLAN, State.CALLED]) | Q(pk=chosen)
        return self.filter(ahead, cell=cell).exclude(kind=Kind.COMMITTEE).order_by("starts_at")

    def in_preparation(self, cell: Organisation) -> MeetingQuerySet:
        """The cell's own meetings whose agenda can still be added to, nearest first; a review has its own agenda."""
        rows = self.to_prepare(cell).exclude(kind=Kind.CONFERENCE)
        return rows.select_related("cell", "paper")

    def not_over(self) -> MeetingQuerySet:
        return self.filter(state__in=[State.PLAN, State.CALLED, State.OPEN, State.CLOSED])

    def sealed_elsewhere(self, own: list[int], cells: Collection[int] | None = None) -> MeetingQuerySet:
        """Sealed, of other cells; the latest first by the index meeting_by_state_and_day. `cells`: of these alone."""
        rows = self.filter(state=State.SEALED).exclude(cell_id__in=own)
        if cells is not None:
            rows = rows.filter(cell_id__in=cells)
        return rows.select_related("cell", "exchange").order_by("-opened_at", "-pk")

    def standing_in(self, state: Inspecting) -> MeetingQuerySet:
        """Where the superior committee has got to with the minutes; no row yet is nobody's look yet."""
        if state != Inspecting.WAITING:
            return self.filter(exchange__state=state)
        return self.not_looked_at()

    def not_looked_at(self, since: datetime | None = None) -> MeetingQuerySet:
        """Where no verdict was given; `since`: of meetings of which none can have been given before that moment, so
        that verdicts of former years are not read, by the index exchange_by_state."""
        from meetings.models.inspection import Exchange

        given = Exchange.objects.filter(state__in=[one for one in Inspecting if one != Inspecting.WAITING])
        if since is not None:
            given = given.filter(since__gte=since)
        return self.filter(~Exists(given.filter(meeting=OuterRef("pk"))))

    def between(self, first: datetime, end: datetime) -> MeetingQuerySet:
        """Held in that time, on whichever day it was planned; `end` is not among it. By the indexes of the day."""
        return self.filter(opened_at__gte=first, opened_at__lt=end)

    def by_state(self, most: int) -> dict[Inspecting, int]:
        """How many minutes stand in each state, counted to one beyond `most`. One query for each state."""
        return {state: up_to_one_more(self.standing_in(state).order_by(), most) for state in Inspecting}

    def with_due(self) -> MeetingQuerySet:
        """With `answer_by`, the day that the latest verdict has named."""
        from meetings.models.inspection import latest_day

        return self.annotate(answer_by=latest_day(OuterRef("pk")))

    def held(self) -> MeetingQuerySet:
        return self.filter(state__in=TOOK_PLACE)

    def taking_minutes(self, cell: Organisation) -> MeetingQuerySet:
        """Of one cell, those that are on or wait for their signatures, in one order for everybody who holds them."""
        return self.filter(cell=cell, state__in=[State.OPEN, State.CLOSED]).order_by("pk")

    def noticed_under(self, numbers: Collection[int]) -> MeetingQuerySet:
        return self.filter(notice_number__in=numbers)

    def of_the_month(self) -> MeetingQuerySet:
        return self.exclude(kind__in=WITHOUT_SCORE)

    def nearest_not_cancelled(self) -> MeetingQuerySet:
        """The latest of them alone."""
        return self.exclude(state=State.CANCELLED).order_by("-starts_at")[:1]

    def versions(self, meetings: Collection[int]) -> dict[int, int]:
        """The version of each of these, by its key."""
        return dict(self.filter(pk__in=meetings).order_by().values_list("pk", "version"))

    def changed_by(self, events: EventQuerySet) -> MeetingQuerySet:
        return self.filter(pk__in=events.of_kind(Meeting).values("thing_pk"))


class Meeting(Changing, SavesItself):
    """One meeting of a cell. `version` counts every change: guard, audit trail and cursor at once."""

    NAMED = "Buổi họp"
    was_corrected: bool  # of rows from with_people()

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
    turn_minutes = models.PositiveSmallIntegerField("số phút mỗi lượt", null=True)  # where an item says nothing else
    prepares = models.ForeignKey(  # of a committee's own meeting: the cell's meeting that it prepares
        "self", models.SET_NULL, null=True, blank=True, related_name="prepared_by", verbose_name="chuẩn bị cho buổi"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        indexes: ClassVar = [
            # the list of a cell's meetings and the next meeting on the home page
            models.Index(fields=["cell", "-starts_at"]),
            # what the superior committee reads: sealed_elsewhere(), and counts of a month or a quarter without the rows
            models.Index(
                fields=["state", "-opened_at", "-id"],
                include=["cell", "kind", "rulebook"],
                name="meeting_by_state_and_day",
            ),
            # signed and not reported: needs.py
            models.Index(
                fields=["opened_at"],
                name="meeting_not_reported",
                condition=Q(state=State.SEALED.value, reported_up_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="meeting_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="meeting_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="meeting_ends_after_it_opens",
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            # The year's book, counts of months and every "held before" read them of whatever took place.
            models.CheckConstraint(
                name="what_took_place_has_its_times",
                condition=~Q(state__in=sorted(TOOK_PLACE))
                | Q(state=State.OPEN, opened_at__isnull=False)
                | Q(opened_at__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def title(self) -> str:
        if self.kind in (Kind.REGULAR, Kind.COMMITTEE) or not self.topic:
            return own(Kind(self.kind).label)
        if self.kind == Kind.CONFERENCE:
            return f"{Kind(self.kind).label} {self.topic}"
        return f"{Kind(self.kind).label}: {self.topic}"

    @property
    def title_inside(self) -> str:
        """Within a sentence: "sinh hoạt thường kỳ"."""
        return self.title[:1].lower() + self.title[1:]

    @property
    def held_at(self) -> datetime:
        """When it was opened; until then, when it is to begin."""
        return self.opened_at or self.starts_at

    @property
    def day(self) -> date:
        """The local day on which it was held; until it is opened, the day for which it is planned."""
        return timezone.localdate(self.held_at)

    @property
    def is_thematic(self) -> bool:
        return self.kind in WITH_TOPIC

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


class OfMeeting(models.Model):
    """What belongs to one meeting takes its cell and its roles from the meeting."""

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.meeting.cell  # type: ignore[attr-defined]


class OfMeetingQuerySet(CellScoped[Row]):
    """Of what belongs to one meeting."""

    def with_meeting(self) -> Self:
        return self.select_related("meeting__cell", "meeting__paper")

    def of(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)


class AgendaItemQuerySet(OfMeetingQuerySet["AgendaItem"]):
    def with_people(self) -> AgendaItemQuerySet:
        """Also the step on its speaking list that may be undone next, as `last_step` and `last_step_what`."""
        from meetings.models.floor import FloorStep

        last = FloorStep.objects.filter(item=OuterRef("pk")).order_by("-pk")
        found = self.with_meeting().select_related("meeting__chair", "meeting__minute_taker", "presenter")
        return found.annotate(  # type: ignore[no-redef]
            last_step=Subquery(last.values("pk")[:1]), last_step_what=Subquery(last.values("what")[:1])
        )

    def with_poll(self) -> AgendaItemQuerySet:
        """With the key of the vote that is open in the room of its meeting, as `open_poll`; there is at most one."""
        from meetings.models.polls import ALIVE, Poll

        alive = Poll.objects.filter(meeting=OuterRef("meeting"), state__in=ALIVE).order_by("pk")
        return self.annotate(open_poll=Subquery(alive.values("pk")[:1]))  # type: ignore[no-redef]

    def with_presenter(self) -> AgendaItemQuerySet:
        return self.select_related("presenter")

    def after(self, item: AgendaItem) -> AgendaItem | None:
        """The next that nobody has begun."""
        return self.filter(position__gt=item.position, started_at=None).order_by("position").first()

    def touched(self) -> AgendaItemQuerySet:
        """Begun, or with words, remarks, votes, tasks or outcomes under them."""
        kinds = ("remarks", "votes", "tasks", "outcomes")
        under = Q(*((f"{kind}__isnull", False) for kind in kinds), _connector=Q.OR)
        said = ~Q(notes="") | ~Q(conclusion="")
        return self.filter(Q(started_at__isnull=False) | said | under).distinct()

    def running(self) -> AgendaItem | None:
        """The first that was begun and not ended."""
        begun = self.filter(started_at__isnull=False, ended_at__isnull=True)
        return begun.with_presenter().first()


class AgendaItem(SavesItself, OfMeeting):
    """One line of the agenda; during the meeting it carries what was presented and the chair's conclusion."""

    HOW_FAR: ClassVar = ("started_at", "ended_at", "floor_closed_at", "turn_minutes")  # and how its list is kept
    last_step: int | None  # of rows from with_people()
    last_step_what: str | None
    open_poll: int | None  # of rows from with_poll()

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
    empty_because = models.CharField("vì sao không có nội dung", max_length=300, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)  # when it was last taken up again after it had ended
    rested_seconds = models.PositiveIntegerField(default=0)  # between its ends and its being taken up again
    passage = models.TextField(blank=True)  # the paragraph of the draft under discussion, only while the item is on
    floor_closed_at = models.DateTimeField(null=True)  # nobody puts themselves on the speaking list any more
    turn_minutes = models.PositiveSmallIntegerField("số phút mỗi lượt", null=True)  # limit_minutes says what counts

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="agenda_item_takes_time", condition=Q(minutes__gte=1) & Q(minutes__lte=480)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts_from(self) -> datetime | None:
        """From when a clock would have counted to what it has had, what lay between left out."""
        return self.started_at and self.started_at + timedelta(seconds=self.rested_seconds)

    @property
    def limit_minutes(self) -> int | None:
        """Of each turn: its own, nought for none, otherwise the meeting's."""
        return self.meeting.turn_minutes if self.turn_minutes is None else self.turn_minutes or None

    @property
    def progress(self) -> str:
        if self.ended_at:
            return "done"
        return "running" if self.started_at else "waiting"
