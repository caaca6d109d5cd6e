"""The roll of a meeting that is on follows the register: added, corrected, struck, each with its reason on the row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from meetings.actions import turns
from meetings.actions.planning import called_to, copy_from_register
from meetings.actions.votes import recount
from meetings.lifecycle import TAKING_MINUTES
from meetings.models import DOES, Attendance, Mark, Meeting, held
from meetings.papers.parts import time_of
from meetings.roll_numbers import hand_out
from members.changes import claim, hold
from members.models import STANDINGS, Tenure, TenureKind
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, Organisation, User
    from members.roster import Entry


def hold_rolls(cell: Organisation) -> None:
    """Before the register is held: whoever closes a meeting holds it first and then takes a number of the cell."""
    for meeting in Meeting.objects.taking_minutes(cell):
        hold(meeting)


def follow_register(cell: Organisation, people: Collection[Member], by: User | None, at: datetime) -> None:
    """For every meeting of the cell that is on, or is not sealed yet. Sealed papers stay as they are."""
    for meeting in Meeting.objects.taking_minutes(cell).with_people():
        entries = {entry.member.pk: entry for entry in called_to(meeting)}
        rows = {row.member_id: row for row in meeting.attendances.filter(member__in=people)}
        changed = [_follow(meeting, one, rows.get(one.pk), entries.get(one.pk), by, at) for one in people]
        if any(changed):
            recount(meeting)


def _follow(
    meeting: Meeting, member: Member, row: Attendance | None, entry: Entry | None, by: User | None, at: datetime
) -> bool:
    """Whether the roll has changed."""
    if row is None and entry is None:
        return False
    if row is None:
        row = Attendance(meeting=meeting, member=member)
        hand_out([row], meeting.attendances.values_list("roll_number", flat=True))
    was, word = (row.standing, row.name, row.position), row.standing_word.lower()
    copy_from_register(row, str(member), entry)
    if row.pk is not None and was == (row.standing, row.name, row.position):
        return False
    if row.pk is not None and not row.may_come:
        turns.leave_room(row, at)
    told: dict[str, Any] = {"who": member.pk, "standing": row.standing, "was": was[0]}
    claim(meeting, TAKING_MINUTES, "follow_register", by=by, at=at, **told)
    if row.standing != was[0]:
        row.note = f"lúc {time_of(meeting, at)}, {_what(meeting, row)}"
        row.note += f" (trước đó ghi: {word})" if row.pk is not None else ""
    if not row.may_come:
        _refuse_to_strike(meeting, row)
        row.mark, row.reason, row.arrived_at, row.left_at = Mark.NONE, "", None, None
    row.save()
    return True


def _what(meeting: Meeting, row: Attendance) -> str:
    """ "bổ sung: đảng viên chính thức từ ngày 01/12/2026": what was done to the list, by nobody who is named in it."""
    day = meeting.day
    held_on = Tenure.objects.on(day).filter(member=row.member, organisation_id=meeting.cell_id, kind__in=STANDINGS)
    tenure = held_on.filter(kind=row.standing).first()
    since = f" từ ngày {tenure.starts_on:%d/%m/%Y}" if tenure is not None else ""
    if row.standing == TenureKind.LEFT:
        still_here = meeting.of_committee and held_on.exclude(kind=TenureKind.LEFT).exists()
        why = "không còn trong chi uỷ" if still_here else f"không còn sinh hoạt tại chi bộ{since}"
        return f"đưa ra khỏi danh sách: {why}"
    return f"{'bổ sung:' if row.pk is None else 'sửa thành'} {row.standing_word.lower()}{since}"


def _refuse_to_strike(meeting: Meeting, row: Attendance) -> None:
    """Who led, spoke or voted was there, whatever the register says later: a standing starts after the meeting."""
    day = meeting.day
    after = f"Xin ghi tư cách này từ sau buổi họp ngày {day:%d/%m/%Y}, hoặc sửa ở bàn thư ký trước."
    for one in held(meeting, meeting.seat_changes.with_holders()):
        if one.member.pk == row.member_id:
            raise Refused(f"Đồng chí {row.name} {DOES[one.seat]} buổi họp ấy. {after}", field="starts_on")
    if row.pk is not None and row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản. {after}", field="starts_on")
    if row.pk is not None and row.voices.said().exists():
        raise Refused(
            f"Đồng chí {row.name} đã có ý kiến ở biểu quyết đang mở. Xin công bố hoặc rút biểu quyết ấy trước.",
            field="starts_on",
        )
