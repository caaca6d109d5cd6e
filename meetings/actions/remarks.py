"""Opening an empty remark: the one way in which somebody's words get a place in the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from meetings.actions.core import copy_roll, read_again, refuse_if_apart, refuse_unless_may_come
from meetings.actions.standing import person_at
from meetings.actions.votes import recount
from meetings.models import AgendaItem, Attendance, Mark, Remark, Vote
from meetings.presence import room_with, rooms_of_votes, steady
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User


def open_remark(
    item: AgendaItem, speaker: Attendance, vote: Vote | None, *, judged: bool = False, by: User, at: datetime
) -> Remark:
    """Whoever speaks is here; whom the roll had not reached is marked so. Call with the meeting held.

    `judged`: the speaker has been looked at already, for this moment.
    """
    if not judged:
        _judge(item, speaker, vote, at)
    if speaker.mark != Mark.PRESENT:  # the roll had not reached them
        Attendance.objects.filter(pk=speaker.pk).update(mark=Mark.PRESENT)
        recount(item.meeting)
    return Remark.objects.create(
        meeting=item.meeting, item=item, speaker=speaker, vote=vote, entered_by=by, entered_at=at
    )


def _judge(item: AgendaItem, speaker: Attendance, vote: Vote | None, at: datetime) -> None:
    refuse_if_apart(item)
    if speaker.meeting_id != item.meeting_id or (vote is not None and vote.item_id != item.pk):
        raise Refused("Người phát biểu không thuộc buổi họp này.", field="speaker")
    if vote is None:
        item.refresh_from_db(fields=["started_at", "ended_at"])
        refuse_unless_in_the_room(item, speaker, person_at(item, speaker), at)
        return
    read_again(speaker)
    refuse_unless_may_come(speaker)
    if not any(speaker in room.voters() for one, room in rooms_of_votes(item.meeting) if one == vote):
        raise Refused("Chỉ đảng viên chính thức có mặt mới bảo lưu ý kiến về biểu quyết.", field="speaker")


def refuse_unless_in_the_room(
    item: AgendaItem, speaker: Attendance, found: Attendance | None, at: datetime, *, now: bool = False
) -> Attendance:
    """With the sentence of who may speak. `found`: the person's row as it is now, under an item that was just read;
    `now`: they are to speak at this moment, otherwise they may have spoken at any time of the item.
    """
    row = copy_roll(speaker, found)
    refuse_unless_may_come(speaker)
    room = room_with([row], item.meeting, steady(item.meeting, at), item)
    if why := (room.now() if now else room).why_silent(speaker):
        raise Refused(why, field="speaker")
    return row
