"""What self-criticism asks of somebody next, for the first page. Three queries, and the days off where they count."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from critique.cycle.eligibility import Reason
from critique.cycle.models import WORDS_OF_HEARING, Participant
from critique.cycle.reading_period import latest
from critique.letters.todo import Asked, asked_of
from critique.levels.standing import with_decision
from critique.lifecycle import WRITING, Considering, State
from critique.remedies.register import due_for
from critique.writing.content import FIRST
from critique.writing.models import SelfReview
from members.policy import may
from rulings.holidays import days_off

if TYPE_CHECKING:
    from members.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Waiting:
    what: str
    url: str
    about: str
    when: str
    late: bool


def waiting(user: User, cell: Organisation, now: datetime, off: Collection[date]) -> list[Waiting]:
    today = timezone.localdate(now)
    lately = Q(cycle__state__in=WRITING) | Q(cycle__state=State.CLOSED, cycle__closed_at__year__gte=today.year - 1)
    whose = Q(member=user.member_id) | Q(member__isnull=True)
    rows = with_decision(Participant.objects.filter(lately, whose, cycle__cell=cell))
    found: list[Waiting] = []
    rows = rows.select_related("cycle", "review", "hearing").defer("note", "review__body", *WORDS_OF_HEARING)
    for row in rows.order_by("cycle__year", F("member").desc(nulls_last=True)):
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
            found.append(Waiting("Mở thời gian đọc bản kiểm điểm", here, str(cycle), _until(last), today > last))
    found += [Waiting(due.what, due.url, due.about, "", due.late) for due in due_for(user, cell, today)]
    return found + said(asked_of(user, cell, now, off))


def days_off_of(cell: Organisation) -> Any:
    """Read once, and only when something is counted with them."""
    return SimpleLazyObject(lambda: days_off(cell))


def said(rows: Iterable[Asked]) -> list[Waiting]:
    return [Waiting(row.what, row.url, row.about, _until(row.until) if row.until else "", row.late) for row in rows]


def _own(row: Participant, today: date) -> list[Waiting]:
    """Writing, answering what was said about oneself, reading what the others wrote."""
    cycle, about, found = row.cycle, str(row.cycle), []
    review, hearing = getattr(row, "review", None), getattr(row, "hearing", None)
    if review and row.writes and not row.on_paper and review.submitted_at is None:
        url = reverse("self-review-write", args=[review.pk, FIRST])
        found.append(Waiting("Viết bản kiểm điểm", url, about, _until(cycle.due_on), today > cycle.due_on))
    if hearing is not None and hearing.state == Considering.GOING and hearing.seen_at is None:
        what = "Xem và trả lời ý kiến góp ý về mình"
        found.append(Waiting(what, hearing.get_absolute_url(), about, "", late=False))
    if cycle.state == State.READING and (row.writes or row.reason in (Reason.NEW, Reason.GUEST)):
        what, when = "Đọc bản kiểm điểm của các đồng chí", f"trước ngày {cycle.meets_on:%d/%m/%Y}"
        found.append(Waiting(what, cycle.get_absolute_url(), about, when, today > cycle.meets_on))
    return found


def _levels(row: Participant, user: User) -> list[Waiting]:
    """A level that the person has not been told yet; for the leaders, what is still to be handed up."""
    cycle, found = row.cycle, []
    if row.decided_at is not None and (row.told_at or 0) < row.decided_at:  # type: ignore[attr-defined]
        url = reverse("level", args=[row.pk])
        found.append(Waiting("Đã có mức xếp loại của đồng chí", url, str(cycle), "", late=False))
    if cycle.state == State.HELD and cycle.handed_up_at is None and may(user, "rating.send", cycle):
        url = reverse("level-list", args=[cycle.pk])
        found.append(Waiting("Nộp hồ sơ xếp loại lên cấp trên", url, str(cycle), "", late=False))
    return found


def _collective(row: Participant, review: SelfReview | None, today: date) -> list[Waiting]:
    """The report of the committee as a whole, for whoever is on it."""
    if row.cycle.state not in WRITING or review is None or not row.writes or review.submitted_at:
        return []
    url, due = reverse("self-review-write", args=[review.pk, FIRST]), row.cycle.due_on
    return [Waiting("Viết báo cáo kiểm điểm của tập thể chi uỷ", url, str(row.cycle), _until(due), today > due)]


def _until(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
