"""Votes by count, by hands, open in the room or by slips that a team has counted, and who stepped aside for an item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from guideline.votes import ORDINARY, Majority
from meetings.models.evening import Attendance, UnderItemQuerySet
from meetings.models.meeting import AgendaItem, Meeting, OfMeeting


class Way(models.TextChoices):
    HANDS = "hands", "giơ tay"
    ROOM = "room", "công khai, ghi trên máy và giơ tay"
    SECRET = "secret", "bỏ phiếu kín"


class Vote(OfMeeting):
    """A vote by count. How many could vote, and of how many, is read off the roll for the moment of the vote.

    The rule is copied, so that the paper says in ten years what was counted by.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    question = models.CharField("nội dung biểu quyết", max_length=500)
    kind = models.CharField(max_length=24, default=ORDINARY.key)  # a key of guideline.votes, or "local-" and a ruling
    kind_name = models.CharField(max_length=160, default=ORDINARY.name)
    majority = models.CharField(max_length=16, default=Majority.HALF.value)
    source = models.CharField(max_length=300, default=ORDINARY.source)
    way = models.CharField("cách biểu quyết", max_length=8, choices=Way.choices, default=Way.HANDS)
    taken_at = models.DateTimeField()  # the moment for which the roll is asked who was here
    entitled = models.PositiveSmallIntegerField()  # who were here at that moment and may vote
    base = models.PositiveSmallIntegerField()  # of how many the majority is counted, here or not
    in_favour = models.PositiveSmallIntegerField("tán thành")
    against = models.PositiveSmallIntegerField("không tán thành")
    other = models.PositiveSmallIntegerField("ý kiến khác")
    on_devices = models.PositiveSmallIntegerField("ghi trên máy", null=True)  # of a vote that was open in the room
    issued = models.PositiveSmallIntegerField("phiếu phát ra", null=True)  # the slips of a secret vote
    returned = models.PositiveSmallIntegerField("phiếu thu về", null=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True)
    recorded_at = models.DateTimeField()

    objects = UnderItemQuerySet["Vote"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="votes_add_up", condition=Q(entitled__gte=F("in_favour") + F("against") + F("other"))
            ),
            models.CheckConstraint(
                name="slips_of_a_vote_add_up",
                condition=Q(~Q(way=Way.SECRET), issued=None, returned=None, invalid=None)
                | Q(
                    way=Way.SECRET,
                    issued__isnull=False,
                    returned__isnull=False,
                    invalid__isnull=False,
                    issued__lte=F("entitled"),
                    returned__lte=F("issued"),
                    returned=F("in_favour") + F("against") + F("other") + F("invalid"),
                ),
            ),
            models.CheckConstraint(
                name="a_way_of_voting_is_known_and_counted",
                condition=Q(way__in=[Way.HANDS, Way.SECRET], on_devices=None)
                | Q(
                    way=Way.ROOM,
                    on_devices__isnull=False,
                    on_devices__gt=0,
                    on_devices__lte=F("in_favour") + F("against") + F("other"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def needed(self) -> int:
        return Majority(self.majority).needed(self.base)

    @property
    def passed(self) -> bool:
        return Majority(self.majority).reached(self.in_favour, self.base)

    @property
    def is_secret(self) -> bool:
        return self.way == Way.SECRET

    @property
    def hands(self) -> int:
        """Everybody who said something that counts; of a secret vote the valid slips."""
        return self.in_favour + self.against + self.other

    @property
    def by_hand(self) -> int:
        """Of a vote that was open in the room: who raised a hand and is on no device."""
        return self.hands - (self.on_devices or 0)

    @property
    def took_part(self) -> int:
        """How many people there must have been: whoever raised a hand, or was handed a slip."""
        return self.issued if self.issued is not None else self.hands

    @property
    def silent(self) -> int:
        """Who could vote and did not."""
        return self.entitled - self.hands

    @property
    def percent(self) -> float:
        """Of the base that the verdict has too."""
        return 100 * self.in_favour / self.base if self.base else 0.0

    @property
    def share(self) -> str:
        return Majority(self.majority).words


class Recusal(OfMeeting):
    """Somebody steps aside for one item: leaves its discussion and its votes, and is not in the base of these."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="recusals")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Attendance, models.CASCADE, related_name="recusals")
    reason = models.CharField("lý do", max_length=300, blank=True)

    objects = UnderItemQuerySet["Recusal"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_recusal_per_person_and_item", fields=["item", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Teller(OfMeeting):
    """Somebody of the team that counted the slips of a secret vote."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tellers")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="tellers")
    person = models.ForeignKey(Attendance, models.PROTECT, related_name="counted")
    leads = models.BooleanField(default=False)

    objects = UnderItemQuerySet["Teller"].as_manager()

    class Meta:
        ordering: ClassVar = ["-leads", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_teller_per_person_and_vote", fields=["vote", "person"]),
            models.UniqueConstraint(name="one_leads_the_tellers", fields=["vote"], condition=Q(leads=True)),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
