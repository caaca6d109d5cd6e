"""The day that a cell keeps: fixing it, and making a meeting of one of the coming days with one press."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from meetings.actions import planning, programme
from meetings.coming import coming, last_minute_taker, secretary_or_acting
from meetings.models import Kind, Meeting, MeetingDay
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import ProgrammeLine
    from members.models import Organisation, User
    from members.press import Press

COLUMNS = ("way", "day", "nth", "weekday", "time", "place")


@transaction.atomic
def fix_day(
    cell: Organisation,
    *,
    way: str,
    day: int | None,
    nth: int | None,
    weekday: int | None,
    time: time,
    place: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> MeetingDay:
    """Once for every year; meetings that are planned already stay where they are."""
    require(by, "programme.edit", cell)
    refuse_second(MeetingDay, cell, key)
    row = MeetingDay.objects.filter(cell=cell).first()
    values = dict(zip(COLUMNS, (way, day, nth, weekday, time, place), strict=True))
    if row is None:
        row = MeetingDay(cell=cell, **values)
        insert(row, "fix_meeting_day", by=by, at=at, key=key)
        return row
    claim(row, None, "fix_meeting_day", by=by, at=at, key=key)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*COLUMNS])
    return row


@transaction.atomic
def plan_day(rule: MeetingDay, *, day: date, by: User, at: datetime, key: Press | None = None) -> Meeting:
    """A meeting on one of the coming days: from the programme's line of that month, or a regular one."""
    require(by, "programme.edit", rule)
    refuse_second(Meeting, rule.cell, key)
    found = next((one for one in coming(rule, timezone.localdate(at)) if one.day == day), None)
    if found is None:
        raise Refused("Ngày này không còn là ngày sinh hoạt của chi bộ. Xin xem lại danh sách.")
    if found.meeting is not None:
        raise Refused(f"Tháng {day.month} đã có buổi sinh hoạt thường kỳ.")
    if found.line is not None:
        return _of_programme(found.line, rule, day, by, at, key)
    entries = roster.on_day(rule.cell, day)
    return planning.plan_meeting(
        rule.cell,
        kind=Kind.REGULAR,
        by=by,
        at=at,
        key=key,
        starts_at=timezone.make_aware(datetime.combine(day, rule.time)),
        place=rule.place,
        topic="",
        chair=secretary_or_acting(entries),
        minute_taker=last_minute_taker(rule.cell, [entry.member for entry in entries]),
        purpose="",
    )


def _of_programme(
    line: ProgrammeLine, rule: MeetingDay, day: date, by: User, at: datetime, key: Press | None
) -> Meeting:
    """What the programme leaves open, the rule fills in."""
    held = line.programme
    usual: dict[str, Any] = {} if held.usual_time else {"usual_time": rule.time}
    usual |= {} if held.usual_place else {"usual_place": rule.place}
    typed = programme.Typed(base=held.version, usual=usual, rows={} if line.day else {line.pk: {"day": day}})
    return programme.plan_line(line, typed, by=by, at=at, key=key)
