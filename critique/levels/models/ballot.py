"""The cell's ballot on levels: the rule it was counted by, the totals of each round, never who voted what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from critique.cycle.models import Cycle, OfCycle, OfCycleQuerySet, Participant
from critique.levels.voting import RULE_FIELDS, Base, Method, Threshold, VoteRule
from members.models import Member, Organisation, User
from members.scoping import CellScoped


class VoteColumns(models.Model):
    """How is voted, and which share each level needs."""

    method = models.CharField("cách biểu quyết", max_length=8, choices=Method.choices, blank=True)
    base = models.CharField("tính trên", max_length=8, choices=Base.choices, blank=True)
    need_excellent = models.CharField(max_length=16, choices=Threshold.choices, blank=True)
    need_good = models.CharField(max_length=16, choices=Threshold.choices, blank=True)
    need_done = models.CharField(max_length=16, choices=Threshold.choices, blank=True)
    need_not_done = models.CharField(max_length=16, choices=Threshold.choices, blank=True)

    class Meta:
        abstract = True

    def rule_with(self, source: str) -> VoteRule:
        return VoteRule.of({name: getattr(self, name) for name in RULE_FIELDS}, source)

    def copy_rule(self, rule: VoteRule) -> None:
        self.method, self.base = rule.method, rule.base
        for level, need in rule.needs.items():
            setattr(self, f"need_{level.value}", need)


class BallotQuerySet(OfCycleQuerySet["Ballot"]):
    def with_people(self) -> BallotQuerySet:
        people = ("cycle__cell", "cycle__meeting", "head", "chair", "head_signed_by__member", "chair_signed_by__member")
        return self.select_related(*people).prefetch_related("tellers")

    def waiting_for(self, cycle: Cycle, member: int) -> BallotQuerySet:
        """Rounds that wait for their figures, of which this person is on the counting team."""
        team = Q(head=member) | Q(tellers=member)
        return self.unconfirmed().filter(team, cycle=cycle).distinct()

    def unconfirmed(self) -> BallotQuerySet:
        """Both have not put their names to it yet."""
        return self.filter(confirmed_at__isnull=True)


class Ballot(OfCycle, VoteColumns):
    """One round. The rule is copied, so that the paper says in ten years what was counted by."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField("lần")
    source = models.CharField(max_length=300)
    head = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="tổ trưởng")
    tellers = models.ManyToManyField(Member, related_name="+", verbose_name="thành viên")
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="chủ trì")
    summoned = models.PositiveSmallIntegerField("được triệu tập", null=True)
    present = models.PositiveSmallIntegerField("có mặt", null=True)
    issued = models.PositiveSmallIntegerField("phiếu phát ra", null=True)
    returned = models.PositiveSmallIntegerField("phiếu thu về", null=True)
    valid = models.PositiveSmallIntegerField("phiếu hợp lệ", null=True)
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True)
    rev = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    counted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    head_signed_at = models.DateTimeField(null=True)
    head_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    chair_signed_at = models.DateTimeField(null=True)
    chair_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    document = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["round"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_ballot_a_round", fields=["cycle", "round"]),
            models.CheckConstraint(
                name="ballot_confirmed_by_both",
                condition=Q(confirmed_at__isnull=True)
                | Q(head_signed_at__isnull=False, chair_signed_at__isnull=False, counted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ballot_papers_add_up",
                condition=Q(returned__isnull=True)
                | Q(issued__gte=F("returned"), returned=F("valid") + F("invalid"), present__gte=F("issued")),
            ),
            models.CheckConstraint(
                name="ballot_present_were_summoned",
                condition=Q(present__isnull=True) | Q(summoned__gte=F("present")),
            ),
        ]

    def __str__(self) -> str:
        return f"Kiểm phiếu lần {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("ballot", args=[self.pk])

    @property
    def rule(self) -> VoteRule:
        return self.rule_with(self.source)

    @property
    def absent(self) -> int:
        return (self.summoned or 0) - (self.present or 0)


class BallotLine(models.Model):
    """The totals about one subject; all empty where this round was not about it. Nobody's vote is kept anywhere."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="lines")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="ballot_lines")
    excellent = models.PositiveSmallIntegerField(null=True)
    good = models.PositiveSmallIntegerField(null=True)
    done = models.PositiveSmallIntegerField(null=True)
    not_done = models.PositiveSmallIntegerField(null=True)
    unrated = models.PositiveSmallIntegerField(null=True)

    objects = CellScoped["BallotLine"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_line_per_subject", fields=["ballot", "participant"]),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, lần {self.ballot.round}"

    @property
    def cell(self) -> Organisation:
        return self.ballot.cycle.cell
