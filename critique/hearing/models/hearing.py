"""Self-criticism and criticism in the room: what was said of one person, their answer, and the chair's conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.cycle.models import COLLECTIVE, Cycle, Participant
from critique.lifecycle import Considering
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from meetings.models import Meeting
from members.models import Changing, Event, Member, Organisation, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime

    from members.press import Press

CONCLUSION = {
    "merits": "ưu điểm",
    "faults": "hạn chế, khuyết điểm",
    "duties": "việc phải sửa",
    "due": "thời hạn",
}


class HearingQuerySet(CellScoped["Hearing"]):
    def with_people(self) -> Self:
        return self.select_related(
            "cell", "about", "meeting", "participant__member", "participant__cycle__cell", "participant__cycle__meeting"
        )

    def of(self, participant: Participant) -> Self:
        return self.filter(participant=participant)

    def changed_by(self, user: User, press: Press, what: str) -> Hearing | None:
        """Where this press has done that already: of an opinion that it removed nothing is left to ask."""
        known = Event.objects.of_kind(Hearing).done_by(user).from_press(press).filter(what=what)
        found: Hearing | None = self.with_people().filter(pk__in=known.values("thing_pk")).first()
        return found

    def going_in(self, cycle: Cycle, *, collective: bool) -> Hearing | None:
        """Who is being considered there now, the last that was begun: the collective, or somebody."""
        rows = self.filter(participant__cycle=cycle, about__isnull=collective, state=Considering.GOING)
        return rows.order_by("-begun_at", "-pk").first()

    def changed_since(self, meeting: Meeting, moment: datetime, by: User) -> bool:
        """Whether somebody else has done or typed something about anybody at this conference since then."""
        rows = self.filter(participant__cycle__meeting=meeting)
        done = Event.objects.of_kind(Hearing).filter(thing_pk__in=rows.order_by().values("pk"), happened_at__gt=moment)
        typed = (rows, HearingOpinion.objects.filter(hearing__in=rows.order_by().values("pk")))
        others = (one.filter(saved_at__gt=moment).exclude(saved_by=by).exists() for one in typed)
        return done.exclude(actor=by).exists() or any(others)

    def at_meetings(self) -> Self:
        """Outside the yearly reviews, the latest first."""
        return self.filter(meeting__isnull=False).select_related("about", "meeting").order_by("-pk")


class OpinionQuerySet(CellScoped["HearingOpinion"]):
    def with_people(self) -> Self:
        people = ("about", "meeting", "cell", "participant__cycle__meeting", "participant__cycle__cell")
        return self.select_related("speaker", "saved_by__member", *(f"hearing__{name}" for name in people))

    def sent(self) -> Self:
        """To the secretary, and neither recorded nor dropped yet."""
        return self.filter(recorded_at__isnull=True, dropped_at__isnull=True)

    def of_speaker(self, cycle: Cycle, member: Member | None) -> Self:
        return self.filter(hearing__participant__cycle=cycle, speaker=member).select_related("hearing__about")


class SeenWay(models.TextChoices):
    OWN = "own", "trên máy của mình"
    DEVICE = "device", "không dùng máy, đã đọc bản in hoặc nghe đọc"
    ROOM = "room", "đã nghe đọc tại phòng họp"


class Hearing(Bound, Changing):
    """The consideration of one person or of the collective (`about` is None), at the conference or at a meeting."""

    NAMED = "Phần góp ý này"
    ANEW = ("said_rev", "seen_at", "seen_by", "seen_way", "closed_at")
    BOUND_TO = ("cell_id", "mark", "participant_id", "meeting_id", "about_id")
    BOUND_WITH: ClassVar = {
        "presented": ("presented_rev",),
        "response": ("response_rev",),
        **dict.fromkeys(CONCLUSION, ("conclusion_rev",)),
    }

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="hearings")
    mark = models.UUIDField(default=uuid4, unique=True)  # says whose the sealed words are before there is a number
    participant = models.OneToOneField(Participant, models.PROTECT, null=True, related_name="hearing")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="hearings")
    about = models.ForeignKey(Member, models.PROTECT, null=True, related_name="hearings")
    presented = EncryptedText("tự trình bày", default=str)
    response = EncryptedText("tiếp thu, giải trình chung", default=str)
    merits = EncryptedText("ưu điểm", default=str)
    faults = EncryptedText("hạn chế, khuyết điểm", default=str)
    duties = EncryptedText("việc phải sửa", default=str)
    due = EncryptedText("thời hạn", default=str)
    presented_rev = models.PositiveIntegerField(default=0)
    response_rev = models.PositiveIntegerField(default=0)
    conclusion_rev = models.PositiveIntegerField(default=0)
    said_rev = models.PositiveIntegerField(default=0)  # counts what the person has to see: opinions, conclusions
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=Considering.choices, default=Considering.WAITING)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seen_way = models.CharField(max_length=6, choices=SeenWay.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    destroyed_on = models.DateField(null=True)  # its words have had their time

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="heard_once_at_a_meeting", fields=["meeting", "about"]),
            models.CheckConstraint(
                name="hearing_at_one_place",
                condition=Q(participant__isnull=False, meeting__isnull=True)
                | Q(participant__isnull=True, meeting__isnull=False, about__isnull=False),
            ),
            models.CheckConstraint(name="hearing_state_is_known", condition=Q(state__in=Considering.values)),
            models.CheckConstraint(
                name="hearing_seen_by_somebody",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True, seen_way="")
                | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(seen_way="")),
            ),
            models.CheckConstraint(
                name="hearing_closed_after_it_was_seen",
                condition=Q(state=Considering.CLOSED, closed_at__isnull=False, seen_at__isnull=False)
                | (~Q(state=Considering.CLOSED) & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Góp ý về {self.whose}"

    def get_absolute_url(self) -> str:
        return reverse("hearing", args=[self.pk])

    @property
    def cycle(self) -> Cycle | None:
        return self.participant.cycle if self.participant else None

    @property
    def held_at(self) -> Meeting | None:
        """The meeting in which it is heard, where the program knows it."""
        return self.participant.cycle.meeting if self.participant else self.meeting

    @property
    def name(self) -> str:
        return str(self.about) if self.about else COLLECTIVE

    @property
    def whose(self) -> str:
        return f"đồng chí {self.name}" if self.about else "tập thể chi uỷ"

    @property
    def of_collective(self) -> bool:
        return self.about_id is None

    @property
    def is_going(self) -> bool:
        return self.state == Considering.GOING

    @property
    def has_conclusion(self) -> bool:
        return any(getattr(self, name).strip() for name in CONCLUSION)


class OfHearing(models.Model):
    """What belongs to one hearing."""

    hearing: models.ForeignKey[Hearing, Hearing]

    class Meta:
        abstract = True

    @property
    def cell(self) -> Organisation:
        return self.hearing.cell

    @property
    def of_collective(self) -> bool:
        return self.hearing.of_collective


class OpinionKind(models.TextChoices):
    OPINION = "opinion", "Ý kiến góp ý"
    RESERVED = "reserved", "Ý kiến bảo lưu"


class Stance(models.TextChoices):
    ACCEPTS = "accepts", "Tiếp thu"
    EXPLAINS = "explains", "Giải trình"
    NOTHING = "nothing", "Không có ý kiến thêm"


class HearingOpinion(Bound, OfHearing):
    """What somebody said under their own name; the person's answer and the chair's word beside it.

    Sent beforehand it waits until the table has recorded it. Struck out it stays, out of force.
    """

    BOUND_TO = ("hearing_id", "number", "hearing.about_id", "speaker_id", "guest")
    BOUND_WITH: ClassVar = {
        "words": ("kind", "given_by_id", "words_rev"),
        "reply": ("stance", "reply_rev"),
        "ruling": ("ruling_rev",),
    }

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(Member, models.PROTECT, null=True, related_name="hearing_opinions")
    guest = models.CharField("đại biểu", max_length=160, blank=True)
    kind = models.CharField(max_length=8, choices=OpinionKind.choices, default=OpinionKind.OPINION)
    words = EncryptedText("ý kiến", default=str)
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True)
    reply = EncryptedText("trả lời", default=str)
    ruling = EncryptedText("kết luận của chủ trì", default=str)
    words_rev = models.PositiveIntegerField(default=0)
    reply_rev = models.PositiveIntegerField(default=0)
    ruling_rev = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearing_opinion_number_once", fields=["hearing", "number"]),
            models.CheckConstraint(
                name="no_opinion_without_a_name",
                condition=Q(speaker__isnull=False, guest="") | (Q(speaker__isnull=True) & ~Q(guest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Ý kiến {self.number}"

    @property
    def from_whom(self) -> str:
        return f"đồng chí {self.speaker}" if self.speaker else self.guest

    @property
    def is_waiting(self) -> bool:
        return self.recorded_at is None and self.dropped_at is None

    @property
    def in_force(self) -> bool:
        """Recorded and not struck out."""
        return self.recorded_at is not None and self.dropped_at is None

    @property
    def is_empty(self) -> bool:
        """Somebody has been given the word, and nothing is written down yet: nothing was said."""
        return not any(text.strip() for text in (self.words, self.reply, self.ruling))

    @property
    def is_answered(self) -> bool:
        """To explain takes words; to accept or to add nothing does not."""
        return self.stance in (Stance.ACCEPTS, Stance.NOTHING) or bool(self.reply.strip())
