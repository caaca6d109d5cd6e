"""What self-criticism and the protection of its data ask of somebody next, for the first page. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from critique.content import FIRST
from critique.due import asked_of, days_off_in, rows_for
from critique.eligibility import Reason
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


def waiting(user: User, cell: Organisation, now: datetime) -> list[Waiting]:
    today, known = timezone.localdate(now), rows_for(user, cell, now)
    rows = Participant.objects.filter(member=user.member_id, cycle__cell=cell, cycle__state__in=WRITING)
    found: list[Waiting] = []
    for row in rows.select_related("cycle", "review").defer("note", "review__body").order_by("cycle__year"):
        cycle = row.cycle
        cycle.cell = cell
        about, here = str(cycle), cycle.get_absolute_url()
        review = getattr(row, "review", None)
        if review and row.writes and not row.on_paper and review.submitted_at is None:
            url = reverse("self-review-write", args=[review.pk, FIRST])
            found.append(Waiting("Viết bản kiểm điểm", url, about, _until(cycle.due_on), today > cycle.due_on))
        if cycle.state == State.READING and (row.writes or row.reason in (Reason.NEW, Reason.GUEST)):
            when = f"trước ngày {cycle.meets_on:%d/%m/%Y}"
            found.append(Waiting("Đọc bản kiểm điểm của các đồng chí", here, about, when, today > cycle.meets_on))
        if cycle.state == State.OPEN and may(user, "cycle.run", cycle):
            last = latest(cycle, days_off_in(known))
            found.append(Waiting("Mở thời gian đọc bản kiểm điểm", here, about, _until(last), today > last))
    found += [Waiting(due.what, due.url, due.about, "", due.late) for due in due_for(user, cell, today, known)]
    for one in asked_of(user, cell, today, known):
        found.append(Waiting(one.what, one.url, one.about, _until(one.until) if one.until else "", one.late))
    return found


def _until(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
