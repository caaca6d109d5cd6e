"""What the desk does with one click where it took two."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions import evening
from meetings.clock import minute
from meetings.lifecycle import RUNNING
from meetings.models import AgendaItem, Attendance, Mark, Meeting
from meetings.wording import paper_time
from members.access import require
from members.changes import hold
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


@transaction.atomic
def go_on(item: AgendaItem, *, by: User, at: datetime, key: Press | None = None) -> AgendaItem | None:
    """End the running item and begin the next that nobody has begun: one click, two events. None after the last.

    Of two desks that press at once the second finds it ended, is told so, and begins nothing.
    """
    require(by, "meeting.run", item)
    hold(item.meeting, RUNNING, key=key)
    item.refresh_from_db(fields=["started_at", "ended_at"])
    if item.ended_at is not None:
        raise AlreadyDone(
            f"Nội dung “{item.title}” vừa được kết thúc từ một bàn ghi khác; lần bấm này không ghi thêm gì."
        )
    if item.started_at is None:
        raise Refused("Nội dung này chưa bắt đầu nên chưa kết thúc được.")
    evening.end_item(item, by=by, at=at, key=key)
    following = item.meeting.items.after(item)
    if following is not None:
        evening.start_item(following, by=by, at=at)
    return following


def arrive(row: Attendance, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Came in at this moment, which is never before the opening; when they left stays as it was."""
    require(by, "meeting.run", row)
    opened = minute(row.meeting.opened_at) if row.meeting.opened_at else at
    evening.come_and_go(row, arrived_at=max(minute(at), opened), left_at=row.left_at, by=by, at=at, key=key)


@transaction.atomic
def come_in(meeting: Meeting, *, number: int | None, by: User, at: datetime, key: Press | None = None) -> Attendance:
    """Whoever shows this number of the roll is here: in time while no line was begun, from then on at this moment.

    The same number again is no harm: they are here already.
    """
    require(by, "meeting.run", meeting)
    hold(meeting, RUNNING, key=key)
    rows = meeting.attendances.select_related("member").filter(roll_number__isnull=False)
    row = rows.filter(roll_number=number).first()
    if row is None:
        raise Refused("Buổi này không có số điểm danh ấy. Xin xem lại số, hoặc tìm theo tên.", field="number")
    row.meeting = meeting
    if row.left_at is not None:
        raise Refused(
            f"Đồng chí {row.name} được ghi đã về lúc {paper_time(row.left_at)}. Nếu trở lại, xin sửa giờ ở dòng ấy.",
            field="number",
        )
    if row.mark == Mark.PRESENT:
        return row
    if meeting.items.filter(started_at__isnull=False).exists():
        arrive(row, by=by, at=at, key=key)
    else:
        evening.mark(row, mark=Mark.PRESENT, by=by, at=at, key=key)
    return row
