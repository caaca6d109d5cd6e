"""What work and topics from above ask of whoever answers for the cell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from errands.models import Charge, State
from members.asked import Asked
from members.policy import may
from members.todo import Todo, until

if TYPE_CHECKING:
    from datetime import datetime

    from errands.models import Errand
    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # what the cell has said it is doing comes back in the last week before its day


_OPEN = Asked(lambda cell, now: Charge.objects.in_cell(cell).open_at(now).select_related("errand"))


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """What nobody has said anything of yet, and what falls due. One query, none for those who do not report."""
    if not may(user, "errand.report", cell):
        return []
    today, rows = timezone.localdate(now), _OPEN(cell.pk, now)
    work = [row.errand for row in rows if not row.errand.kind and _is_asked(row, today)]
    return _work(work, cell, today) + _topics([row.errand for row in rows], cell, today)


def _work(asked: list[Errand], cell: Organisation, today: date) -> list[Todo]:
    if not asked:
        return []
    what, url = "Báo kết quả việc cấp trên giao", reverse("charge-list", args=[cell.pk])
    about, days = _about(asked, "việc"), [one.due_on for one in asked if one.due_on]
    return [until(what, url, about, min(days), today) if days else Todo(what, url, about)]


def _topics(asked: list[Errand], cell: Organisation, today: date) -> list[Todo]:
    """Of this year and later ones; what has its month from above stands there without anybody's doing."""
    waiting: dict[int, list[Errand]] = {}
    for one in asked:
        if one.year is not None and one.year >= today.year and one.month is None:
            waiting.setdefault(one.year, []).append(one)
    what = "Xếp nội dung cấp trên giao vào chương trình năm {}"
    return [
        Todo(what.format(year), reverse("programme", args=[cell.pk, year]), _about(rows, "nội dung"))
        for year, rows in sorted(waiting.items())
    ]


def _about(asked: list[Errand], counted: str) -> str:
    return asked[0].text if len(asked) == 1 else f"{len(asked)} {counted}"


def _is_asked(row: Charge, today: date) -> bool:
    falls_due = row.errand.due_on is not None and row.errand.due_on <= today + AHEAD
    return falls_due or row.state == State.WAITING
