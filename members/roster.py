"""Who belongs to a cell on a day, with standing and posts, sorted the Vietnamese way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from members.models import STANDINGS, TAKING_PART, Member, Tenure, TenureKind
from members.names import sort_key
from members.roles import LEADERS, ON_COMMITTEE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from members.models import Organisation


@dataclass(slots=True)
class Entry:
    member: Member
    standing: TenureKind | None = None
    posts: list[TenureKind] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.member.pk

    @property
    def leads(self) -> bool:
        return not set(LEADERS).isdisjoint(self.posts)

    @property
    def on_committee(self) -> bool:
        return not set(ON_COMMITTEE).isdisjoint(self.posts)

    @property
    def rank(self) -> int:
        """The secretary first, then the deputy, then the others of the committee."""
        ranks = (rank for rank, post in enumerate(ON_COMMITTEE) if post.value in self.posts)
        return min(ranks, default=len(ON_COMMITTEE))

    @property
    def post_words(self) -> str:
        return ", ".join(str(post.label) for post in self.posts)


def on_day(cell: Organisation, day: date) -> list[Entry]:
    """Everybody with a standing in the cell that day except those who have left. One query."""
    entries: dict[int, Entry] = {}
    for tenure in Tenure.objects.on(day).filter(organisation=cell).select_related("member__account").order_by("kind"):
        entry = entries.setdefault(tenure.member_id, Entry(tenure.member))
        kind = TenureKind(tenure.kind)
        if kind in STANDINGS:
            entry.standing = kind
        else:
            entry.posts.append(kind)
    here = [e for e in entries.values() if e.standing not in (None, TenureKind.LEFT)]
    return sorted(here, key=lambda entry: sort_key(entry.member.full_name))


def committee_on_day(cell: Organisation, day: date) -> list[Entry]:
    """Who sits on the committee that day, the secretary first; where there is none, secretary and deputy."""
    seated = [entry for entry in on_day(cell, day) if entry.standing in TAKING_PART and entry.on_committee]
    return sorted(seated, key=lambda entry: entry.rank)


def running_out(
    cell: int | Organisation, day: date, left_since: date, admitted_in: Collection[int]
) -> QuerySet[Tenure, Tenure]:
    """Standings of that day whose holder the calendar says something of: on probation, lately gone and nowhere else on
    this server, or admitted in one of these years.
    """
    elsewhere = Tenure.objects.on(day).filter(kind__in=TAKING_PART).exclude(organisation=cell)
    gone = Q(kind=TenureKind.LEFT, starts_on__gte=left_since) & ~Q(member__in=elsewhere.values("member"))
    aged = Q(member__admitted_on__year__in=admitted_in, kind__in=TAKING_PART)
    rows = Tenure.objects.on(day).filter(gone | aged | Q(kind=TenureKind.PROBATIONARY), organisation=cell)
    return rows.select_related("member")


def tally(entries: list[Entry]) -> list[tuple[str, int]]:
    """How many there are of each standing, in the order of the standings; what nobody has is left out."""
    held = Counter(entry.standing for entry in entries)
    return [(str(kind.label), held[kind]) for kind in STANDINGS if held[kind]]


def without_account(cell: Organisation, entries: list[Entry]) -> int:
    """How many of those whose file the cell keeps use a device and cannot come in yet."""
    ours = (entry.member for entry in entries if entry.member.organisation_id == cell.pk)
    return sum(one.has_device and getattr(one, "account", None) is None for one in ours)


def former(cell: Organisation, day: date) -> list[Member]:
    """Whose file the cell still keeps although they have left or have no standing there on that day."""
    here = Tenure.objects.on(day).filter(organisation=cell, kind__in=STANDINGS).exclude(kind=TenureKind.LEFT)
    people = Member.objects.filter(organisation=cell).exclude(pk__in=here.values("member"))
    return sorted(people, key=lambda member: sort_key(member.full_name))


def people_today(cell: Organisation) -> list[Member]:
    """Who is in the cell today, to choose from."""
    return [entry.member for entry in on_day(cell, timezone.localdate())]
