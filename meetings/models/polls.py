"""An open vote while it is open in the room: the question, who is entitled, and what each has said until it is counted.

Nothing here outlives the vote: when it is published or withdrawn, every voice is deleted and the hands are set to 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, F, FilteredRelation, Q

from guideline.votes import Majority, VoteKind
from meetings.models.evening import Attendance
from meetings.models.meeting import AgendaItem, Meeting, OfMeeting, OfMeetingQuerySet
from meetings.models.voting import Vote
from members.models import User
from members.names import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable


class Polling(models.TextChoices):
    OPEN = "open", "Đang lấy ý kiến"
    CLOSED = "closed", "Đã chốt, chờ công bố"
    PUBLISHED = "published", "Đã công bố"
    WITHDRAWN = "withdrawn", "Đã rút"


ALIVE = (Polling.OPEN, Polling.CLOSED)


class Choice(models.TextChoices):
    IN_FAVOUR = "in_favour", "Tán thành"
    AGAINST = "against", "Không tán thành"
    OTHER = "other", "Ý kiến khác"


class PollQuerySet(OfMeetingQuerySet["Poll"]):
    def with_meeting(self) -> Self:
        return super().with_meeting().select_related("item")

    def alive(self) -> PollQuerySet:
        """Not published and not withdrawn; at most one of a meeting."""
        return self.filter(state__in=ALIVE)

    def shown(self) -> Poll | None:
        """What the room looks at: the one that is open, otherwise the last result, until its item is over.

        `in_so_far` is how many voices are in. One query.
        """
        told = Q(state=Polling.PUBLISHED, vote__isnull=False, item__ended_at=None)
        rows = self.filter(Q(state__in=ALIVE) | told).select_related("vote", "item")
        return rows.annotate(in_so_far=Count("voices", filter=Q(voices__choice__isnull=False))).order_by("-pk").first()  # type: ignore[no-redef]


class Poll(OfMeeting):
    """The rule is copied when it opens, and so is of how many: whoever leaves later changes neither."""

    in_so_far: int  # of rows from shown()

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="polls")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="polls")
    question = models.CharField("nội dung biểu quyết", max_length=500)
    kind = models.CharField(max_length=24)
    kind_name = models.CharField(max_length=160)
    majority = models.CharField(max_length=16)
    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=Polling.choices, default=Polling.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # published or withdrawn
    entitled = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()
    # Counted by hand in the hall, of those who have no device.
    in_favour = models.PositiveSmallIntegerField("tán thành", default=0)
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    other = models.PositiveSmallIntegerField("ý kiến khác", default=0)
    rev = models.PositiveIntegerField(default=0)  # how often the hands were counted
    vote = models.OneToOneField(Vote, models.SET_NULL, null=True, related_name="poll")

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_poll_per_meeting", fields=["meeting"], condition=Q(state__in=ALIVE)),
            models.CheckConstraint(name="poll_state_is_known", condition=Q(state__in=Polling.values)),
            models.CheckConstraint(
                name="no_hands_after_a_poll", condition=Q(state__in=ALIVE) | Q(in_favour=0, against=0, other=0)
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_alive(self) -> bool:
        return self.state in ALIVE

    @property
    def hands(self) -> int:
        return self.in_favour + self.against + self.other

    @property
    def rule(self) -> VoteKind:
        """As it was when it opened."""
        return VoteKind(self.kind, self.kind_name, Majority(self.majority), self.source)


class VoiceQuerySet(OfMeetingQuerySet["Voice"]):
    def at_item(self, item: int) -> VoiceQuerySet:
        """With the poll, who it is and who entered it; and, as `recusal`, whether they step aside for this item."""
        rows = self.select_related("poll", "attendance", "entered_by")
        aside = FilteredRelation("attendance__recusals", condition=Q(attendance__recusals__item=item))
        return rows.annotate(aside=aside).annotate(recusal=F("aside__pk"))  # type: ignore[no-redef]

    def said(self) -> VoiceQuerySet:
        return self.filter(choice__isnull=False)

    def by_name(self) -> list[Voice]:
        """With who it is and who entered it, by given name; what was chosen is not fetched."""
        rows = self.select_related("attendance", "entered_by").defer("choice").annotate(spoken=Q(choice__isnull=False))  # type: ignore[no-redef]
        return sorted(rows, key=lambda row: sort_key(row.attendance.name))

    def counts(self) -> dict[str, int]:
        """How many said what."""
        rows: Iterable[tuple[str | None, int]] = self.said().order_by().values_list("choice").annotate(Count("pk"))
        return dict.fromkeys(Choice.values, 0) | {choice: number for choice, number in rows if choice is not None}


class Voice(OfMeeting):
    """Somebody who is entitled, and what they have said so far; deleted with the end of the poll."""

    spoken: bool  # of rows from by_name()
    recusal: int | None  # of rows from at_item()

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="voices")
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voices")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="voices")
    choice = models.CharField("ý kiến", max_length=10, choices=Choice.choices, null=True)  # noqa: DJ001 (None: not yet)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_voice_per_person_and_poll", fields=["poll", "attendance"]),
            models.CheckConstraint(
                name="voice_choice_is_known", condition=Q(choice=None) | Q(choice__in=Choice.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}"

    @property
    def by_themselves(self) -> bool:
        return self.entered_by is not None and self.entered_by.member_id == self.attendance.member_id
