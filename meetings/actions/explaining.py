"""What a cell says to the committee above about something that it has not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from meetings.models import Explanation
from meetings.needs import NEEDS
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from members.models import Organisation, User
    from members.press import Press


@transaction.atomic
def explain(
    cell: Organisation, *, about: str, month: date, text: str, by: User, at: datetime, key: Press | None = None
) -> Explanation:
    """Beside what was said of it before; nothing is taken off a list by it."""
    require(by, "need.explain", cell)
    if about not in NEEDS or not NEEDS[about].explained:
        raise Refused("Việc này chi bộ không phải nêu lý do.")
    claim(cell, None, "explain", by=by, at=at, key=key, about=about)
    said = {"about": about, "month": month.replace(day=1), "text": text}
    return Explanation.objects.create(cell=cell, **said, said_by=by, said_at=at)
