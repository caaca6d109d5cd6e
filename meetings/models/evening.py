"""What happens in the room: who was there, what was said, decided and promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Concat, Left

from meetings.clock import minute
from meetings.lifecycle import State
from meetings.models.meeting import AgendaItem, Kind, Meeting, OfMeeting, OfMeetingQuerySet, held_at
from members.models import TAKING_PART, Member, Organisation, TenureKind, User
from members.names import sort_key
from members.saving.models import SavesItself
from members.scoping import Row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime


class Mark(models.TextChoices):
    NONE = "", "Chưa điểm danh"
    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    UNEXCUSED = "unexcused", "Vắng không lý do"


# Counted in the attendance rate: the exempt, the armed forces on special duty, those away and the suspended are not
# (HD 12-HD/BTCTW, Mục II, điểm 3.1; HD 42-HD/BTCTW, Mục II, điểm 5).
# They are welcome: each who came is named.
WELCOME = (TenureKind.EXEMPT, TenureKind.SPECIAL_DUTY)
COUNTED = tuple(kind for kind in TAKING_PART if kind not in WELCOME)
# Who has a vote when they are here; the probationary have none (Điều lệ Đảng, Điều 3).
VOTING = (TenureKind.FULL, *WELCOME)


class AttendanceQuerySet(OfMeetingQuerySet["Attendance"]):
    def of_members(self) -> AttendanceQuerySet:
        """Without the guests."""
        return self.filter(member__isnull=False)

    def counts(self) -> tuple[int, int]:
        """Of how many the rate is reckoned, and how many of them came."""
        found = (
            self.of_members()
            .filter(standing__in=COUNTED)
            .aggregate(counted=Count("pk"), present=Count("pk", filter=Q(mark=Mark.PRESENT)))
        )
        return found["counted"], found["present"]

    def of_member(self, member: int | None) -> Attendance | None:
        """One's own row; None for whoever is not on the roll."""
        return self.filter(member__isnull=False, member=member).first()

    def own_at_hand(self, known: Q, member: int) -> AttendanceQuerySet:
        """The same to be asked by an `Asked`, where it exists for an account by `known_to()`."""
        return self.filter(known, member=member)

    def people(self) -> list[Member]:
        """The members on the roll, in its order, for a form that names one of them."""
        rows = sorted(self.of_members().select_related("member"), key=lambda row: sort_key(row.name))
        return [row.member for row in rows if row.member is not None]

    def at_item(self, item: AgendaItem | int) -> AttendanceQuerySet:
        """With the key of the row that says so where somebody steps aside for this item, as `recusal`."""
        aside = FilteredRelation("recusals", condition=Q(recusals__item=item))
        return self.annotate(aside=aside).annotate(recusal=F("aside__pk"))  # type: ignore[no-redef]

    def beside(self, item: int) -> AttendanceQuerySet:
        """With how far this item of the same meeting is, as `item_started_at` and so on."""
        found = {f"item_{name}": F(f"meeting__items__{name}") for name in AgendaItem.HOW_FAR}
        return self.filter(meeting__items=item).annotate(**found)

    def with_spoke(self, item: AgendaItem) -> AttendanceQuerySet:
        """Whether they have spoken on this item, as `spoke`; an opinion reserved on a vote is none."""
        said = Remark.objects.filter(item=item, speaker=OuterRef("pk"), vote=None)
        return self.annotate(spoke=Exists(said))  # type: ignore[no-redef]

    def owners(self) -> AttendanceQuerySet:
        """Whom this meeting has given a duty to."""
        given = Task.objects.filter(meeting=OuterRef("meeting"), owner=OuterRef("member"))
        return self.of_members().filter(Exists(given)).order_by("pk")

    def to_be_handed(self) -> list[Attendance]:
        """Who was away or has no device of their own, and gets the outcome on paper; with their names' order."""
        rows = self.of_members().select_related("member__account")
        wanting = [row for row in rows if row.may_come and row.wants_paper]
        return sorted(wanting, key=lambda row: sort_key(row.name))

    def undecided(self) -> AttendanceQuerySet:
        """Who asked to be excused and has no answer yet."""
        return self.filter(apologised_at__isnull=False, apology_accepted__isnull=True)


class Attendance(OfMeeting):
    """One person at one meeting. The standing is copied when the roster is drawn up, so old minutes stay true.

    A row without member is a guest, and then `name` and `position` say who.
    """

    recusal: int | None  # of rows from at_item()
    own_turn: str | None  # this and the next of rows of `as_it_stands()` (meetings/actions/standing.py)
    busy: bool
    spoke: bool  # of rows from with_spoke()
    made_from: dict[str, str]  # of rows on the roll: what their small forms were made from

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="attendances")
    standing = models.CharField(max_length=20, choices=TenureKind.choices, blank=True)
    name = models.CharField("họ và tên", max_length=130)  # with the word that tells namesakes apart
    position = models.CharField("chức vụ", max_length=160, blank=True)
    mark = models.CharField(max_length=12, choices=Mark.choices, default=Mark.NONE, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    apology = models.CharField("lý do xin vắng", max_length=300, blank=True)
    apologised_at = models.DateTimeField(null=True)
    apology_entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    apology_accepted = models.BooleanField(null=True)
    handed_at = models.DateTimeField("đã trao tờ kết quả", null=True)
    note = models.CharField("điều chỉnh danh sách", max_length=300, blank=True)  # what changed after the opening, why
    roll_number = models.PositiveIntegerField("số điểm danh", null=True)  # for this meeting alone: roll_numbers.py

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_member_and_meeting", fields=["meeting", "member"]),
            models.UniqueConstraint(name="a_roll_number_is_of_one_person", fields=["meeting", "roll_number"]),
            models.CheckConstraint(name="attendance_mark_is_known", condition=Q(mark__in=Mark.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_guest(self) -> bool:
        return self.member_id is None

    @property
    def counts(self) -> bool:
        return self.standing in COUNTED

    @property
    def may_come(self) -> bool:
        return self.standing in TAKING_PART

    @property
    def may_take_part(self) -> bool:
        """May be here and speak: whoever may come, and a guest."""
        return self.is_guest or self.may_come

    @property
    def may_vote(self) -> bool:
        """By standing alone; who is here at a moment and may vote then: `Room` in meetings/presence.py."""
        return self.standing in VOTING

    @property
    def wants_paper(self) -> bool:
        """Was away, or has no device of their own."""
        return self.mark != Mark.PRESENT or (self.member is not None and not self.member.has_device)

    def stayed_to(self, end: datetime | None) -> bool:
        """Never left, or not before the end: whoever is said to leave as it ends has stayed to the end."""
        return self.left_at is None or (end is not None and self.left_at >= minute(end))

    @property
    def apology_entered_for_them(self) -> bool:
        return self.apology_entered_by is not None and self.apology_entered_by.member_id != self.member_id

    @property
    def standing_word(self) -> str:
        """As the screens say it; whoever is struck from a roll of the committee may well be in the cell still."""
        if self.standing == TenureKind.LEFT and self.meeting.of_committee:
            return "Không còn trong chi uỷ"
        return str(TenureKind(self.standing).label) if self.standing else "Khách mời"


class UnderItemQuerySet(OfMeetingQuerySet[Row]):
    """Of what is recorded under one item of the agenda."""

    def under(self, item: AgendaItem) -> Self:
        return self.filter(item=item)


PARTS = ("text", "awareness", "relation", "proposal")  # of a remark
FIRST_WORDS = 90  # characters


class RemarkQuerySet(UnderItemQuerySet["Remark"]):
    def with_meeting(self) -> Self:
        return super().with_meeting().select_related("speaker")

    def in_lines(self) -> Self:
        """With the first words alone, as `begins`: a long discussion is shown a line each."""
        words = Concat(*PARTS, output_field=models.TextField())
        return self.annotate(begins=Left(words, FIRST_WORDS)).defer(*PARTS)

    def in_full(self, keys: Collection[int]) -> Self:
        """These, and what was reserved on a vote, with all their words."""
        return self.filter(Q(pk__in=keys) | Q(vote__isnull=False))

    def of_members(self) -> Self:
        """What members said, with what is asked before somebody corrects it."""
        return self.filter(speaker__member__isnull=False).select_related("item", "speaker__member__account")


class Remark(SavesItself, OfMeeting):
    """What one person said on one item. In a thematic discussion it has three parts.

    With a vote it is a reserved opinion (bảo lưu ý kiến) on that vote.
    """

    begins: str  # of rows from in_lines()

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="remarks")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="remarks")
    speaker = models.ForeignKey(Attendance, models.PROTECT, related_name="remarks")
    vote = models.ForeignKey("Vote", models.PROTECT, null=True, blank=True, related_name="reserved")
    text = models.TextField("ý kiến", blank=True)
    awareness = models.TextField("nhận thức", blank=True)
    relation = models.TextField("liên hệ bản thân và tác dụng", blank=True)
    proposal = models.TextField("góp ý vào dự thảo", blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]  # as it was said: a clock that is set right in between swaps nothing

    def __str__(self) -> str:
        return f"{self.speaker}"

    @property
    def words(self) -> str:
        parts = (self.text, self.awareness, self.relation, self.proposal)
        return "\n".join(part for part in parts if part.strip())

    @property
    def is_empty(self) -> bool:
        return not any(part.strip() for part in (self.text, self.awareness, self.relation, self.proposal))


class TaskState(models.TextChoices):
    OPEN = "open", "Chưa thực hiện"
    GOING = "going", "Đang thực hiện"
    DONE = "done", "Đã hoàn thành"
    DROPPED = "dropped", "Thôi thực hiện"


class TaskQuerySet(UnderItemQuerySet["Task"]):
    def with_meeting(self) -> Self:
        return super().with_meeting().select_related("cell", "owner")

    def with_owner(self) -> TaskQuerySet:
        return self.select_related("owner")

    def by_day(self) -> TaskQuerySet:
        """As a paper lists them: those without a day last, on whichever database."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def of_owner(self, member: int | None) -> TaskQuerySet:
        return self.filter(owner__isnull=False, owner=member)

    def unfinished(self) -> TaskQuerySet:
        return self.filter(state__in=[TaskState.OPEN, TaskState.GOING])

    def overdue(self, day: date) -> TaskQuerySet:
        """What was to be done before that day and is not, by the index task_open_by_day."""
        return self.unfinished().filter(due_on__lt=day)

    def of_year(self, cell: int, first: datetime, end: datetime, *, current: bool) -> TaskQuerySet:
        """Given or reported in the year of these moments; in the current one also what is still open from before."""
        of_it = Q(met__gte=first, met__lt=end)
        heard = TaskReport.objects.alias(met=held_at("meeting__")).filter(of_it, task__cell=cell)
        given = of_it | Q(pk__in=heard.values("task"))
        left = Q(state__in=[TaskState.OPEN, TaskState.GOING], met__lt=first)
        rows = self.alias(met=held_at("meeting__")).filter(given | left if current else given, cell=cell)
        return rows.exclude(meeting__state=State.CANCELLED)

    def promised_before(self, meeting: Meeting) -> TaskQuerySet:
        """What earlier meetings promised and this one must hear about, or already has.

        The committee hears only about what it gave itself; the cell hears about everything.
        """
        mine = Q(state__in=[TaskState.OPEN, TaskState.GOING]) | Q(reports__meeting=meeting)
        earlier = Q(met__lt=meeting.held_at) & ~Q(meeting__state=State.CANCELLED)
        given = Q(meeting__kind=Kind.COMMITTEE) if meeting.of_committee else Q()
        rows = self.alias(met=held_at("meeting__"))
        return rows.filter(mine, earlier, given, cell_id=meeting.cell_id).distinct()


class Task(models.Model):
    """A promise with an owner and a date; it comes back on every agenda until it is done or dropped."""

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="tasks")
    text = models.CharField("nhiệm vụ", max_length=600)
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="người thực hiện"
    )
    due_on = models.DateField("thời hạn", null=True, blank=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    rev = models.PositiveIntegerField(default=0)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["cell", "state"]),  # the next agenda's "nhiệm vụ – kết quả"
            # what is late in many cells: overdue()
            models.Index(
                fields=["due_on"],
                include=["id", "meeting", "cell"],
                name="task_open_by_day",
                condition=Q(state__in=[TaskState.OPEN.value, TaskState.GOING.value]),
            ),
            # what was due in each month of a year, in many cells: by_month()
            models.Index(fields=["due_on"], include=["id", "meeting", "cell", "state"], name="task_by_day"),
        ]

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, day: date) -> bool:
        return self.due_on is not None and self.due_on < day and self.state in (TaskState.OPEN, TaskState.GOING)


class TaskReportQuerySet(OfMeetingQuerySet["TaskReport"]):
    def heard_at(self, meeting: Meeting, task: Task) -> TaskReport | None:
        return self.filter(meeting=meeting, task=task).first()


class TaskReport(OfMeeting):
    """What a meeting heard about an earlier promise: one row of the table "nhiệm vụ – kết quả"."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    state = models.CharField("tình trạng", max_length=8, choices=TaskState.choices)
    result = models.CharField("kết quả", max_length=600, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = TaskReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_report_per_task_and_meeting", fields=["meeting", "task"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.result}"
