"""What the register says of a cell as a whole: counts, what falls due, which promises are not in it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from critique.lifecycle import Remedying
from critique.remedies.models import Remedy, RemedyCheck
from meetings.extension import Business
from meetings.lifecycle import State
from meetings.models import Kind
from members.asked import Asked
from members.names import sort_key
from members.policy import may
from members.scoping import known_to
from members.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from critique.cycle.models import Cycle
    from meetings.models import Meeting
    from members.models import Member, Organisation, User

AGAIN_DAYS = 30  # after the last check, for as long as it is not put right

_UNFINISHED = [Remedying.NOT_YET, Remedying.GOING]
_WAITING = Q(checks__checked_at__isnull=True, checks__dropped_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the cell as a whole, never of a person."""

    open: int
    due: int
    overdue: int
    done: int
    closed: int


def counts(cell: Organisation, today: date) -> Counts:
    """One query. `due`: with a check on or before that day; `done`: put right, the committee has not closed it yet."""
    rows = Remedy.objects.filter(cell=cell)
    is_open = ~Q(state=Remedying.CLOSED)
    year = Q(closed_at__gte=timezone.make_aware(datetime(today.year, 1, 1)))  # noqa: DTZ001
    found = rows.aggregate(
        open=Count("pk", distinct=True, filter=is_open),
        due=Count("pk", distinct=True, filter=is_open & _WAITING & Q(checks__due_on__lte=today)),
        overdue=Count("pk", distinct=True, filter=Q(state__in=_UNFINISHED, due_on__lt=today)),
        done=Count("pk", distinct=True, filter=Q(state=Remedying.DONE)),
        closed=Count("pk", distinct=True, filter=Q(state=Remedying.CLOSED) & year),
    )
    return Counts(**found)


def named_in(rows: Iterable[Remedy]) -> list[Member]:
    """Whose items these are, by given name."""
    found = {row.about_id: row.about for row in rows if row.about}
    return sorted(found.values(), key=lambda member: sort_key(member.full_name))


_TAKEN_UP = Asked(lambda cycle: Remedy.objects.filter(cycle=cycle).values_list("review_id", flat=True))


def taken_up(cycle: Cycle) -> set[int | None]:
    """Which self-reviews of this year have their promises in the register."""
    return {*_TAKEN_UP(cycle.pk)}


def earlier_days(remedy: Remedy) -> list[date]:
    """The days by which it was promised before: putting it off stays visible."""
    said = [data.get("due_on") for data in remedy.events.values_list("data", flat=True) if "due_on" in data]
    days = [date.fromisoformat(day) for day in said if day]
    return [day for day in dict.fromkeys(days) if day != remedy.due_on]


def _due(cell: int, day: date, then: datetime) -> QuerySet[RemedyCheck, int]:
    """The items of the cell that were to be looked at by that day, as it stood then."""
    rows = RemedyCheck.objects.filter(remedy__cell=cell, planned_at__lte=then, due_on__lte=day)
    rows = rows.filter(Q(checked_at__isnull=True) | Q(checked_at__gt=then))
    rows = rows.filter(Q(dropped_at__isnull=True) | Q(dropped_at__gt=then))
    return rows.order_by().values_list("remedy", flat=True).distinct()


_DUE = Asked(_due)


def before_meeting(meeting: Meeting, now: datetime) -> list[Business]:
    """How many remedies fall due by the meeting's day, as it stood when the meeting was announced: no name, no word."""
    if meeting.kind == Kind.COMMITTEE or meeting.state == State.CANCELLED:
        return []
    count = len(_DUE(meeting.cell_id, timezone.localdate(meeting.starts_at), meeting.called_at or now))
    if not count:
        return []
    sentence = f"Rà soát việc khắc phục hạn chế sau kiểm điểm: {count} việc đến hạn"
    return [Business(sentence, reverse("remedy-list", args=[meeting.cell_id]))]


def _open(known: Q, cell: int) -> QuerySet[Remedy, Any]:
    """What is not closed, each with the day on which it is looked at next."""
    rows: Any = Remedy.objects.filter(known).open().in_cell(cell).order_by()
    rows = rows.annotate(looked_at=Min("checks__due_on", filter=_WAITING))
    found: QuerySet[Remedy, Any] = rows.values_list("about_id", "helper_id", "state", "due_on", "looked_at")
    return found


_OPEN = Asked(_open)


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """One's own items that fall due, and those that one helps with; for the committee the cell's. One query."""
    today = timezone.localdate(now)
    mine = checks = done = 0
    late = False
    for about, helper, state, due_on, looked_at in _OPEN(known_to(user, Remedy), cell.pk):
        overdue = state in _UNFINISHED and due_on is not None and due_on < today
        falls_due = looked_at is not None and looked_at <= today
        checks += falls_due
        done += state == Remedying.DONE
        if user.member_id in (about, helper) and (overdue or (falls_due and state in _UNFINISHED)):
            mine, late = mine + 1, late or overdue
    url, found = reverse("remedy-list", args=[cell.pk]), []
    if mine:
        what = "Khắc phục hạn chế của mình hoặc giúp đồng chí khác"
        found.append(Todo(what, url, f"{mine} việc đến hạn", late=late))
    if checks and may(user, "remedy.check", cell):
        found.append(Todo("Rà soát việc khắc phục hạn chế", url, f"{checks} việc đến hạn"))
    if done and may(user, "remedy.close", cell):
        found.append(Todo("Kết luận việc đã khắc phục", url, f"{done} việc chờ chi uỷ"))
    return found
