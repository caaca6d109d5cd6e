"""What the yearly review asks of somebody next, for the first page. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from critique.content import FIRST
from critique.eligibility import Reason
from critique.levels import with_decision
from critique.lifecycle import WRITING, State
from critique.models import Participant
from critique.register import due_for
from critique.window import latest
from members.policy import may

if TYPE_CHECKING:
    from members.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Waiting:
    what: str
    url: str
    about: str
    when: str
    late: bool


def waiting(user: User, cell: Organisation, today: date) -> list[Waiting]:
    now = Q(cycle__state__in=WRITING) | Q(cycle__state=State.CLOSED, cycle__closed_at__year__gte=today.year - 1)
    rows = with_decision(Participant.objects.filter(now, member=user.member_id, cycle__cell=cell))
    found: list[Waiting] = []
    for row in rows.select_related("cycle", "review").defer("note", "review__body").order_by("cycle__year"):
        cycle = row.cycle
        cycle.cell = cell
        about, here = str(cycle), cycle.get_absolute_url()
        review = getattr(row, "review", None)
        if row.decided_at is not None and (row.told_at or 0) < row.decided_at:  # type: ignore[attr-defined]
            found.append(
                Waiting("Đã có mức xếp loại của đồng chí", reverse("level", args=[row.pk]), about, "", late=False)
            )
        if cycle.state == State.HELD and cycle.handed_up_at is None and may(user, "rating.send", cycle):
            url = reverse("level-list", args=[cycle.pk])
            found.append(Waiting("Nộp hồ sơ xếp loại lên cấp trên", url, about, "", late=False))
        if cycle.state == State.CLOSED:
            continue
        if review and row.writes and not row.on_paper and review.submitted_at is None:
            url = reverse("self-review-write", args=[review.pk, FIRST])
            found.append(Waiting("Viết bản kiểm điểm", url, about, _until(cycle.due_on), today > cycle.due_on))
        if cycle.state == State.READING and (row.writes or row.reason in (Reason.NEW, Reason.GUEST)):
            when = f"trước ngày {cycle.meets_on:%d/%m/%Y}"
            found.append(Waiting("Đọc bản kiểm điểm của các đồng chí", here, about, when, today > cycle.meets_on))
        if cycle.state == State.OPEN and may(user, "cycle.run", cycle):
            last = latest(cycle)
            found.append(Waiting("Mở thời gian đọc bản kiểm điểm", here, about, _until(last), today > last))
    found += [Waiting(due.what, due.url, due.about, "", due.late) for due in due_for(user, cell, today)]
    return found


def _until(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
