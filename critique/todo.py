"""What the yearly review asks of somebody next, for the first page. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse

from critique.content import FIRST
from critique.eligibility import Reason
from critique.lifecycle import WRITING, Considering, State
from critique.models import Participant, SelfReview
from critique.models.cycle import WORDS_OF_HEARING
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
    rows = Participant.objects.filter(cycle__cell=cell, cycle__state__in=WRITING)
    rows = rows.filter(Q(member=user.member_id) | Q(member__isnull=True))
    found: list[Waiting] = []
    rows = rows.select_related("cycle", "review", "hearing").defer("note", "review__body", *WORDS_OF_HEARING)
    for row in rows.order_by("cycle__year", F("member").desc(nulls_last=True)):
        cycle = row.cycle
        cycle.cell = cell
        about, here = str(cycle), cycle.get_absolute_url()
        review, hearing = getattr(row, "review", None), getattr(row, "hearing", None)
        if row.of_collective:
            found += _collective(row, review, today) if may(user, "cycle.plan", cell) else []
            continue
        if review and row.writes and not row.on_paper and review.submitted_at is None:
            url = reverse("self-review-write", args=[review.pk, FIRST])
            found.append(Waiting("Viết bản kiểm điểm", url, about, _until(cycle.due_on), today > cycle.due_on))
        if hearing is not None and hearing.state == Considering.GOING and hearing.seen_at is None:
            what = "Xem và trả lời ý kiến góp ý về mình"
            found.append(Waiting(what, hearing.get_absolute_url(), about, "", late=False))
        if cycle.state == State.READING and (row.writes or row.reason in (Reason.NEW, Reason.GUEST)):
            when = f"trước ngày {cycle.meets_on:%d/%m/%Y}"
            found.append(Waiting("Đọc bản kiểm điểm của các đồng chí", here, about, when, today > cycle.meets_on))
        if cycle.state == State.OPEN and may(user, "cycle.run", cycle):
            last = latest(cycle)
            found.append(Waiting("Mở thời gian đọc bản kiểm điểm", here, about, _until(last), today > last))
    found += [Waiting(due.what, due.url, due.about, "", due.late) for due in due_for(user, cell, today)]
    return found


def _collective(row: Participant, review: SelfReview | None, today: date) -> list[Waiting]:
    """The report of the committee as a whole, for whoever is on it."""
    if review is None or not row.writes or review.submitted_at:
        return []
    url, due = reverse("self-review-write", args=[review.pk, FIRST]), row.cycle.due_on
    return [Waiting("Viết báo cáo kiểm điểm của tập thể chi uỷ", url, str(row.cycle), _until(due), today > due)]


def _until(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
