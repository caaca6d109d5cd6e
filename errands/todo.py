"""What work from above asks of whoever answers for the cell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from errands.models import Charge, State
from members.policy import may
from members.todo import Todo, until

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # what the cell has said it is doing comes back in the last week before its day


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """What nobody has said anything of yet, and what falls due. One query, none for those who do not report."""
    if not may(user, "errand.report", cell):
        return []
    today, rows = timezone.localdate(now), Charge.objects.in_cell(cell).open_at(now).with_errand()
    asked = [row.errand for row in rows if row.state == State.WAITING or _falls_due(row, today)]
    if not asked:
        return []
    what, url = "Báo kết quả việc cấp trên giao", reverse("charge-list", args=[cell.pk])
    about, days = (
        asked[0].text if len(asked) == 1 else f"{len(asked)} việc",
        [one.due_on for one in asked if one.due_on],
    )
    return [until(what, url, about, min(days), today) if days else Todo(what, url, about)]


def _falls_due(row: Charge, today: date) -> bool:
    return row.errand.due_on is not None and row.errand.due_on <= today + AHEAD
