"""Chair and minute-taker while the meeting is on: somebody else takes a seat, and whoever holds one is here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions.planning import hand_over
from meetings.actions.votes import recount
from meetings.clock import CLOCKS_DIFFER, minute
from meetings.lifecycle import TAKING_MINUTES, State
from meetings.models import DOES, Attendance, Mark, Meeting, Seat, SeatChange
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, User
    from members.press import Press


@transaction.atomic
def change_seat(
    meeting: Meeting,
    *,
    seat: str,
    member: Member,
    since: datetime | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """`member` holds the seat from `since` on; without a time, or from the opening, it was never anybody else's.

    Once a line of the agenda was begun there is a time. After the end somebody else enters it, because whoever holds
    a seat confirms the minutes. The same time again corrects the change before. Lines of the agenda that have not
    begun go over with the seat.
    """
    require(by, "meeting.run", meeting)
    if seat not in Seat.values:
        raise Refused("Xin chọn chủ trì hoặc người ghi biên bản.", field="seat")
    claim(meeting, TAKING_MINUTES, "change_seat", by=by, at=at, key=key, seat=seat, member=member.pk)
    meeting.refresh_from_db(fields=["chair", "minute_taker", "opened_at", "closed_at"])
    former, row = getattr(meeting, seat), meeting.attendances.filter(member=member).first()
    if row is None or not row.may_come:
        raise Refused("Đồng chí này không có tên trong danh sách dự họp.", field="member")
    if former == member:
        raise Refused(f"Đồng chí {row.name} đang {DOES[Seat(seat)]} rồi.", field="member")
    if meeting.state == State.CLOSED and member.pk == by.member_id:
        raise Refused("Buổi họp đã kết thúc nên không tự ghi mình vào; xin nhờ đồng chí khác ghi.", field="member")
    if since is None and meeting.items.filter(started_at__isnull=False).exists():
        raise Refused("Đã có nội dung được bắt đầu; xin ghi giờ đổi.", field="since")
    opened = minute(meeting.opened_at) if meeting.opened_at else at
    moment = since if since is not None and since > opened else None
    _write(meeting, Seat(seat), member, moment, by, at)
    setattr(meeting, seat, member)
    meeting.save(update_fields=[seat])
    _is_here(row, moment, meeting.closed_at)
    hand_over(meeting, {seat: former}, {seat: member})
    recount(meeting)


def _write(meeting: Meeting, seat: Seat, member: Member, since: datetime | None, by: User, at: datetime) -> None:
    """One row for a change in the middle; none where the seat was this person's from the beginning."""
    last = meeting.seat_changes.filter(seat=seat).last()
    if since is not None and since > (meeting.closed_at or at + CLOCKS_DIFFER):
        raise Refused("Giờ này chưa tới." if meeting.closed_at is None else "Giờ này sau khi kết thúc.", field="since")
    if last is not None and (since is None or since < last.since):
        raise Refused("Giờ này trước lần đổi đã ghi. Xin ghi giờ muộn hơn, hoặc đúng giờ ấy để sửa.", field="since")
    if last is not None and since == last.since:
        if member == last.was:
            last.delete()
        else:
            last.member, last.entered_by, last.entered_at = member, by, at
            last.save(update_fields=["member", "entered_by", "entered_at"])
    elif since is not None:
        was = getattr(meeting, seat)
        SeatChange.objects.create(
            meeting=meeting, seat=seat, was=was, member=member, since=since, entered_by=by, entered_at=at
        )


def _is_here(row: Attendance, since: datetime | None, end: datetime | None) -> None:
    """Whom the roll has not reached yet is here; whoever was marked absent is asked about first."""
    if row.mark not in (Mark.PRESENT, Mark.NONE):
        raise Refused(f"Đồng chí {row.name} đang ghi vắng. Xin sửa điểm danh trước.", field="member")
    if row.arrived_at is not None and (since is None or row.arrived_at > since):
        raise Refused(f"Đồng chí {row.name} được ghi là đến muộn hơn giờ này.", field="since")
    if not row.stayed_to(end):
        raise Refused(f"Đồng chí {row.name} được ghi là đã về sớm.", field="member")
    if row.mark != Mark.PRESENT:
        row.mark = Mark.PRESENT
        row.save(update_fields=["mark"])
