"""What the actions of a meeting share: its moves from state to state, and what refuses in more than one of them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from meetings import guards
from meetings.facts import is_apart
from meetings.lifecycle import TRANSITIONS
from meetings.models import DOES, Attendance, Meeting, Poll, held
from members import changes
from members.changes import Often
from members.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models import AgendaItem
    from members.models import User


move = partial(changes.move, TRANSITIONS, guards.GUARDS)


A_WHILE = timedelta(minutes=5)
OFTEN_ENOUGH = 20  # presses of one kind by one person in a while
ROLL_COLUMNS = ["name", "standing", "position", "mark", "reason", "apology", "arrived_at", "left_at"]


def read_again(row: Attendance) -> None:
    """The row as it is, once the meeting is held: another desk may have changed it, or taken the guest off."""
    copy_roll(row, Attendance.objects.filter(pk=row.pk).first())


def copy_roll(row: Attendance, found: Attendance | None) -> Attendance:
    """What was just read of it, which is given back."""
    if found is None:
        raise Refused(f"Đồng chí {row.name} vừa được bỏ tên khỏi danh sách dự họp.")
    for name in ROLL_COLUMNS:
        setattr(row, name, getattr(found, name))
    return found


def refuse_unless_may_come(row: Attendance) -> None:
    if not row.may_take_part:
        raise Refused(f"Đồng chí {row.name}: {row.standing_word.lower()}.", field="speaker")


def lately(what: str, by: User, at: datetime) -> Often:
    """What `refuse_if_too_often` judges by, for whoever holds the meeting."""
    return Often(what, by, at - A_WHILE)


def refuse_if_too_often(meeting: Meeting) -> None:
    """A member's own voice or asking, to and fro: each press is an event that stays. Call with the meeting held, where
    `lately` was counted.
    """
    if meeting.done_lately is None:
        raise ValueError("The meeting was held without counting.")
    if meeting.done_lately >= OFTEN_ENOUGH:
        raise Refused("Đồng chí vừa đổi nhiều lần liền. Xin đợi vài phút rồi đổi tiếp; điều đã ghi vẫn giữ nguyên.")


def refuse_if_spoke(row: Attendance) -> None:
    if row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản nên không thể ghi vắng.")
    if row.voices.said().exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến ở biểu quyết đang mở nên không thể ghi vắng.")


def refuse_if_seated(
    row: Attendance, *, here: bool, arrived_at: datetime | None = None, left_at: datetime | None = None
) -> None:
    """Whoever chairs or takes the minutes is neither away nor out of the room while they do."""
    meeting = Meeting.objects.with_people().get(pk=row.meeting_id)
    for one in held(meeting, meeting.seat_changes.with_holders()):
        if one.member.pk != row.member_id:
            continue
        does = f"Đồng chí {row.name} {DOES[one.seat]} buổi họp"
        if not here:
            raise Refused(f"{does} nên không thể ghi vắng. Nếu là đồng chí khác, xin đổi ở “Chủ trì, thư ký” trước.")
        since = one.since or meeting.opened_at
        if arrived_at is not None and since is not None and arrived_at.replace(second=59) > since.replace(second=59):
            raise Refused(f"{does} trước giờ này; xin đổi ở “Chủ trì, thư ký” trước.", field="arrived_at")
        until = one.until or meeting.closed_at
        if left_at is not None and (until is None or left_at < until):
            raise Refused(f"{does} cả sau giờ này; xin đổi ở “Chủ trì, thư ký” trước.", field="left_at")


def refuse_while_voting(meeting: Meeting, item: AgendaItem | None = None, *, but: AgendaItem | None = None) -> None:
    """A vote that is open is never dropped silently. `item`: of this item; `but`: of any other than this one."""
    open_now: Poll | None = meeting.polls.alive().first()
    if open_now is None or (item is not None and open_now.item_id != item.pk):
        return
    if but is not None and open_now.item_id == but.pk:
        return
    raise Refused(f"Biểu quyết “{open_now.question}” còn mở. {guards.HOW_TO_END}")


def refuse_if_apart(item: AgendaItem) -> None:
    """What is said about people under this item never enters the meeting's own record."""
    if is_apart(item.meeting, item):
        raise Refused("Ý kiến, kết luận về tập thể, cá nhân được ghi ở phần kiểm điểm, không ghi ở đây.")
