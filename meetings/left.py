"""What of meetings is not finished in a cell that is about to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.lifecycle import State
from meetings.models import Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Organisation


def unfinished_meetings(cell: Organisation) -> Iterator[str]:
    """Meetings, by the state that they stand in."""
    rows = Meeting.objects.in_cell(cell)
    if planned := rows.filter(state__in=[State.PLAN, State.CALLED]).count():
        yield f"{planned} buổi họp đang chuẩn bị, chưa họp và chưa huỷ"
    if unsealed := rows.filter(state__in=[State.OPEN, State.CLOSED]).count():
        yield f"{unsealed} buổi họp chưa ký xong biên bản"
