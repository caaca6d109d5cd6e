"""The roll of a meeting that is on follows the register: added, corrected, struck, each with its reason on the row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings.actions.planning import called_to
from meetings.actions.votes import recount
from meetings.lifecycle import TAKING_MINUTES
from meetings.models import DOES, Attendance, Mark, Meeting, held
from meetings.wording import paper_time
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
    standing = (entry.standing or "") if entry is not None else TenureKind.LEFT
    position = entry.post_words if entry is not None else ""
    if row is None and entry is None:
        return False
    if row is not None and (row.standing, row.name, row.position) == (standing, str(member), position):
        return False
    row = row or Attendance(meeting=meeting, member=member)
    told: dict[str, Any] = {"who": member.pk, "standing": standing, "was": row.standing}
    claim(meeting, TAKING_MINUTES, "follow_register", by=by, at=at, **told)
    if row.standing != standing:
        row.note = _note(meeting, member, row, standing, at)
    row.standing, row.name, row.position = standing, str(member), position
    if not row.may_come:
        _refuse_to_strike(meeting, row)
        row.mark, row.reason, row.arrived_at, row.left_at = Mark.NONE, "", None, None
    row.save()
    return True


def _note(meeting: Meeting, member: Member, row: Attendance, standing: str, at: datetime) -> str:
    """ "bổ sung lúc 19 giờ 20 phút: đảng viên chính thức từ ngày 01/12/2026"."""
    day = timezone.localdate(meeting.starts_at)
    held_on = Tenure.objects.on(day).filter(member=member, organisation_id=meeting.cell_id, kind__in=STANDINGS)
    tenure = held_on.filter(kind=standing).first()
    since = f" từ ngày {tenure.starts_on:%d/%m/%Y}" if tenure is not None else ""
    what = "bổ sung" if row.pk is None else f"sửa, trước là {row.standing_word.lower()},"
    return f"{what} lúc {paper_time(at)}: {TenureKind(standing).label.lower()}{since}"


def _refuse_to_strike(meeting: Meeting, row: Attendance) -> None:
    """Whoever led or spoke was there, whatever the register says later: the standing starts after the meeting."""
    day = timezone.localdate(meeting.starts_at)
    after = f"Xin ghi tư cách này từ sau buổi họp ngày {day:%d/%m/%Y}, hoặc sửa ở bàn thư ký trước."
    for one in held(meeting, meeting.seat_changes.with_holders()):
        if one.member.pk == row.member_id:
            raise Refused(f"Đồng chí {row.name} {DOES[one.seat]} buổi họp ấy. {after}", field="starts_on")
    if row.pk is not None and row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản. {after}", field="starts_on")
