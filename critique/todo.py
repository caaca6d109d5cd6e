"""What self-criticism asks of somebody next, for the first page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from critique.cycle.eligibility import Reason
from critique.cycle.models import WORDS_OF_HEARING, Participant
from critique.cycle.reading_period import latest
from critique.letters import todo as letters
from critique.levels.standing import with_decision
from critique.lifecycle import WRITING, Considering, State
from critique.remedies import register
from critique.writing.content import FIRST
from critique.writing.models import SelfReview
from members.asked import Asked
from members.policy import may
from members.todo import Todo, until
from rulings.holidays import later_days_off

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from members.models import Organisation, User


def todos(user: User, cell: Organisation, now: datetime, off: Collection[date] | None = None) -> list[Todo]:
    """The review's year, then what the register and letters ask; `off`: the days off, where they are known."""
    off = later_days_off(cell) if off is None else off
    return [
        *_review(user, cell, timezone.localdate(now), off),
        *register.todos(user, cell, now),
        *letters.todos(user, cell, now, off),
    ]


def _review(user: User, cell: Organisation, today: date, off: Collection[date]) -> list[Todo]:
    found: list[Todo] = []
    for row in _MINE(cell.pk, user.member_id, today.year - 1):
        cycle = row.cycle
        cycle.cell = cell
        if row.of_collective:
            found += _collective(row, getattr(row, "review", None), today) if may(user, "cycle.plan", cell) else []
            continue
        found += _levels(row, user)
        if cycle.state != State.CLOSED:
            found += _own(row, today)
        if cycle.state == State.OPEN and may(user, "cycle.run", cycle):
            last, here = latest(cycle, off), cycle.get_absolute_url()
            found.append(until("Mở thời gian đọc bản kiểm điểm", here, str(cycle), last, today))
    return found


def _mine(cell: int, me: int | None, last_year: int) -> QuerySet[Participant]:
    """Of the reviews that still ask something: this person's part, and the committee's as a whole. One query."""
    lately = Q(cycle__state__in=WRITING) | Q(cycle__state=State.CLOSED, cycle__closed_at__year__gte=last_year)
    whose = Q(member=me) | Q(member__isnull=True)
    rows = with_decision(Participant.objects.filter(lately, whose, cycle__cell=cell))
    rows = rows.select_related("cycle", "review", "hearing").defer("note", "review__body", *WORDS_OF_HEARING)
    return rows.order_by("cycle__year", F("member").desc(nulls_last=True))


_MINE = Asked(_mine)


def _own(row: Participant, today: date) -> list[Todo]:
    """Writing, answering what was said about oneself, reading what the others wrote."""
    cycle, about, found = row.cycle, str(row.cycle), []
    review, hearing = getattr(row, "review", None), getattr(row, "hearing", None)
    if review and row.writes and not row.on_paper and review.submitted_at is None:
        url = reverse("self-review-write", args=[review.pk, FIRST])
        found.append(until("Viết bản kiểm điểm", url, about, cycle.due_on, today))
    if hearing is not None and hearing.state == Considering.GOING and hearing.seen_at is None:
        what = "Xem và trả lời ý kiến góp ý về mình"
        found.append(Todo(what, hearing.get_absolute_url(), about))
    if cycle.state == State.READING and (row.writes or row.reason in (Reason.NEW, Reason.GUEST)):
        what, when = "Đọc bản kiểm điểm của các đồng chí", f"trước ngày {cycle.meets_on:%d/%m/%Y}"
        found.append(Todo(what, cycle.get_absolute_url(), about, when, today > cycle.meets_on, day=cycle.meets_on))
    return found


def _levels(row: Participant, user: User) -> list[Todo]:
    """A level that the person has not been told yet; for the leaders, what is still to be handed up."""
    cycle, found = row.cycle, []
    if row.decided_at is not None and (row.told_at or 0) < row.decided_at:  # type: ignore[attr-defined]
        url = reverse("level", args=[row.pk])
        found.append(Todo("Đã có mức xếp loại của đồng chí", url, str(cycle), news=True))
    if cycle.state == State.MET and cycle.handed_up_at is None and may(user, "level.send", cycle):
        url = reverse("level-list", args=[cycle.pk])
        found.append(Todo("Nộp hồ sơ xếp loại lên cấp trên", url, str(cycle)))
    return found


def _collective(row: Participant, review: SelfReview | None, today: date) -> list[Todo]:
    """The report of the committee as a whole, for whoever is on it."""
    if row.cycle.state not in WRITING or review is None or not row.writes or review.submitted_at:
        return []
    url, due = reverse("self-review-write", args=[review.pk, FIRST]), row.cycle.due_on
    return [until("Viết báo cáo kiểm điểm của tập thể chi uỷ", url, str(row.cycle), due, today)]
