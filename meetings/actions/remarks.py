"""Opening an empty remark: the one way in which somebody's words get a place in the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from meetings.actions.core import read_again, refuse_if_apart, refuse_unless_may_come
from meetings.actions.votes import recount
from meetings.models import AgendaItem, Attendance, Mark, Remark, Vote
from meetings.presence import room_of, rooms_of_votes, steady
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User


def open_remark(item: AgendaItem, speaker: Attendance, vote: Vote | None, *, by: User, at: datetime) -> Remark:
    """Whoever speaks is here; whom the roll had not reached is marked so. Call with the meeting claimed."""
    refuse_if_apart(item)
    if speaker.meeting_id != item.meeting_id or (vote is not None and vote.item_id != item.pk):
        raise Refused("Người phát biểu không thuộc buổi họp này.", field="speaker")
    if vote is None:
        refuse_unless_heard(item, speaker, at)
    else:
        read_again(speaker)
        refuse_unless_may_come(speaker)
        if not any(speaker in room.voters() for one, room in rooms_of_votes(item.meeting) if one == vote):
            raise Refused("Chỉ đảng viên chính thức có mặt mới bảo lưu ý kiến về biểu quyết.", field="speaker")
    if speaker.mark != Mark.PRESENT:  # the roll had not reached them
        Attendance.objects.filter(pk=speaker.pk).update(mark=Mark.PRESENT)
        recount(item.meeting)
    return Remark.objects.create(
        meeting=item.meeting, item=item, speaker=speaker, vote=vote, entered_by=by, entered_at=at
    )


def refuse_unless_heard(item: AgendaItem, speaker: Attendance, at: datetime, *, now: bool = False) -> None:
    """With the sentence of who may speak, of the row and the item as they are now.

    `now`: they are to speak at this moment; otherwise they may have spoken at any time of the item.
    """
    read_again(speaker)
    refuse_unless_may_come(speaker)
    item.refresh_from_db(fields=["started_at", "ended_at"])
    room = room_of(item.meeting, steady(item.meeting, at), item)
    if why := (room.now() if now else room).why_silent(speaker):
        raise Refused(why, field="speaker")
