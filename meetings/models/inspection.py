"""What a superior committee says of sealed minutes, what the cell answers, and where the two stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery

from meetings.lifecycle import Inspecting
from meetings.models.meeting import Meeting, OfMeeting, OfMeetingQuerySet
from meetings.models.minutes import Addendum
from members.models import Changing, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation


class Verdict(models.TextChoices):
    DRAFT = "", "Đang xem"
    REVIEWED = "reviewed", "Đã xem xét"
    RETURNED = "returned", "Trả lại, đề nghị trả lời"


class ExchangeQuerySet(OfMeetingQuerySet["Exchange"]):
    def with_due(self) -> Self:
        """With `answer_by`, the day that the latest verdict has named."""
        return self.annotate(answer_by=latest_day(OuterRef("meeting")))

    def standing_in(self, state: Inspecting) -> Self:
        """Whatever waits longest comes first, by the index exchange_by_state."""
        return self.filter(state=state).with_meeting().order_by("since", "pk")

    def overdue(self, day: date) -> Self:
        return self.standing_in(Inspecting.RETURNED).with_due().filter(answer_by__lt=day).order_by("answer_by", "pk")

    def waiting_for(self, cell: Organisation) -> Self:
        """Minutes of this cell that came back and wait for its answer."""
        return self.standing_in(Inspecting.RETURNED).filter(meeting__cell=cell).with_due()


def latest_day(meeting: OuterRef) -> Subquery:
    """The day that the latest verdict about this meeting's minutes has named."""
    rows = Inspection.objects.given().filter(meeting=meeting).order_by("-given_at", "-pk")
    return Subquery(rows.values("answer_by")[:1])


class Exchange(Changing, OfMeeting):
    """Where sealed minutes stand between the cell and the committee above; no row yet: nobody has looked at them."""

    NAMED = "Việc xem xét biên bản này"
    answer_by: date | None  # where with_due() has asked for it

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="exchange")
    state = models.CharField(max_length=8, choices=Inspecting.choices, default=Inspecting.WAITING)
    since = models.DateTimeField(null=True)  # when it came into this state

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # what waits for either side, how many stand in each state, what was looked at: standing_in(), by_state(),
            # not_looked_at()
            models.Index(fields=["state", "since"], include=["meeting"], name="exchange_by_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="exchange_state_is_known", condition=Q(state__in=Inspecting.values)),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_state_display()}"


class InspectionQuerySet(OfMeetingQuerySet["Inspection"]):
    def with_superior(self) -> Self:
        return self.select_related("superior__member")

    def given(self) -> Self:
        return self.exclude(verdict=Verdict.DRAFT)

    def drafted_by(self, user: User, meeting: Meeting) -> Inspection | None:
        """What this person has written and not sent yet."""
        return self.filter(meeting=meeting, superior=user, verdict=Verdict.DRAFT).first()


class Inspection(OfMeeting):
    """One look of the superior committee at sealed minutes. The cell knows of it once the verdict is given.

    `answer_by`: the day by which the cell answers what was returned; None with any other verdict.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="inspections")
    superior = models.ForeignKey(User, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True, default=Verdict.DRAFT)
    given_at = models.DateTimeField(null=True)
    answer_by = models.DateField("đề nghị trả lời trước ngày", null=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_verdict_was_given_some_time", condition=Q(verdict=Verdict.DRAFT) | Q(given_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}"


class InspectionCommentQuerySet(CellScoped["InspectionComment"]):
    def with_meeting(self) -> Self:
        return self.select_related("inspection__meeting__cell", "inspection__meeting__paper")

    def with_open(self) -> Self:
        """`is_open`: returned and not answered. What stood open when the minutes were accepted is asked no more."""
        accepted = Inspection.objects.filter(meeting=OuterRef("inspection__meeting"), verdict=Verdict.REVIEWED)
        last = Subquery(accepted.order_by("-given_at").values("given_at")[:1])
        asked = Q(inspection__verdict=Verdict.RETURNED, answered_at=None)
        since = Q(accepted=None) | Q(accepted__lt=F("inspection__given_at"))
        rows = self.annotate(accepted=last)
        return rows.annotate(is_open=ExpressionWrapper(asked & since, models.BooleanField()))

    def with_answer(self) -> Self:
        """With whether it is open, and what was answered by whom."""
        return self.with_open().select_related("answered_by__member", "addendum")

    def open_of(self, meeting: Meeting) -> Self:
        return self.with_open().filter(inspection__meeting=meeting, is_open=True)


class InspectionComment(models.Model):
    """A comment on one part of the minutes, and what the cell answers: in words, or by an addendum."""

    is_open: bool  # of rows from with_open()

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="comments")
    part = models.CharField("phần", max_length=40, blank=True)
    text = models.TextField("nhận xét")
    answer = models.TextField("trả lời", blank=True)
    addendum = models.ForeignKey(Addendum, models.SET_NULL, null=True, related_name="+")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = InspectionCommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def meeting(self) -> Meeting:
        return self.inspection.meeting

    @property
    def cell(self) -> Organisation:
        return self.meeting.cell
