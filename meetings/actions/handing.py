"""That somebody who was away or has no device was given the sheet of what a meeting came to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.lifecycle import OVER
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import Attendance
    from members.models import User
    from members.press import Press


@transaction.atomic
def hand_over(row: Attendance, *, done: bool, by: User, at: datetime, key: Press | None = None) -> None:
    """Tick it now, or take the tick back."""
    require(by, "handout.give", row)
    claim(row.meeting, OVER, "hand_over", by=by, at=at, key=key, attendance=row.pk, done=done)
    if row.is_guest:
        raise Refused("Tờ kết quả trao cho đảng viên.")
    row.handed_at = at if done else None
    row.save(update_fields=["handed_at"])
