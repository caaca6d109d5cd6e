"""What comes next for a cell: the days of its rule with what stands on them, and what a new plan begins with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings.lifecycle import State
from meetings.models import MONTHLY, DayWay, Kind, Meeting, MeetingDay, ProgrammeLine
from members import roster
from members.models import TenureKind
from rulings.holidays import FIXED
from rulings.models import DayOff

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from members.models import Member, Organisation

SHOWN = 6
SATURDAY = 5


@dataclass(slots=True)
class Occurrence:
    """One coming meeting of the month: its day, what the programme says of it, the meeting once there is one."""

    day: date
    line: ProgrammeLine | None = None
    meeting: Meeting | None = None
    notes: list[str] = field(default_factory=list)


def rule_of(cell: Organisation) -> MeetingDay | None:
    return MeetingDay.objects.filter(cell=cell).first()


def coming(rule: MeetingDay, today: date, count: int = SHOWN, *, plans: bool = True) -> list[Occurrence]:
    """The next days of the rule. A month whose regular meeting the programme has on another day, or that is planned on
    another day, shows that day. `plans`: also those that are not announced yet. Three queries.
    """
    days = list(islice(rule.from_day(today), count))
    lines, meetings = _lines(rule.cell, days), _meetings(rule.cell, days, plans=plans)
    off = _days_off(rule.cell, days)
    found = []
    for day in days:
        one = Occurrence(day, lines.get((day.year, day.month)), meetings.get((day.year, day.month)))
        if one.meeting is not None:
            one.day = timezone.localdate(one.meeting.starts_at)
        elif one.line is not None and one.line.day is not None:
            one.day = one.line.day
        if one.meeting is None:
            one.notes = notes(one.day, off, rule)
        found.append(one)
    return found


def notes(day: date, off: dict[date, str], rule: MeetingDay | None = None) -> list[str]:
    """Advice only. A weekend that the rule itself names was chosen."""
    found = []
    if name := off.get(day) or FIXED.get((day.month, day.day)):
        found.append(f"Trùng ngày nghỉ: {name}.")
    chosen = rule is not None and rule.way == DayWay.WEEKDAY and rule.weekday == day.weekday()
    if day.weekday() >= SATURDAY and not chosen:
        found.append("Rơi vào Chủ nhật." if day.weekday() > SATURDAY else "Rơi vào thứ Bảy.")
    return found


def _days_off(cell: Organisation, days: list[date]) -> dict[date, str]:
    rows = DayOff.objects.reaching(cell).filter(day__gte=days[0].replace(day=1)) if days else DayOff.objects.none()
    return {row.day: row.name for row in rows}


def _lines(cell: Organisation, days: Iterable[date]) -> dict[tuple[int, int], ProgrammeLine]:
    years = {day.year for day in days}
    rows = ProgrammeLine.objects.filter(programme__cell=cell, programme__year__in=years, kind__in=MONTHLY)
    return {(row.programme.year, row.month): row for row in rows.select_related("programme", "meeting")}


def _meetings(cell: Organisation, days: list[date], *, plans: bool) -> dict[tuple[int, int], Meeting]:
    if not days:
        return {}
    first, last = days[0].replace(day=1), days[-1]
    rows = Meeting.objects.filter(cell=cell, kind__in=MONTHLY, starts_at__year__range=(first.year, last.year))
    hidden = [State.CANCELLED] if plans else [State.CANCELLED, State.PLAN]
    rows = rows.exclude(state__in=hidden).select_related("paper").order_by("-starts_at")
    there = ((timezone.localdate(row.starts_at), row) for row in rows)
    return {(day.year, day.month): row for day, row in there}


def last_minute_taker(cell: Organisation, people: Iterable[Member]) -> Member | None:
    """Who wrote the last minutes of the cell, where they can still be named."""
    rows = Meeting.objects.filter(cell=cell, minute_taker__isnull=False).exclude(state=State.CANCELLED)
    last = rows.exclude(kind=Kind.COMMITTEE).order_by("-starts_at").values_list("minute_taker", flat=True).first()
    return next((one for one in people if one.pk == last), None)


def usual(cell: Organisation, kind: str, entries: list[roster.Entry], today: date) -> dict[str, Any]:
    """What a plan begins with: the next day of the rule or of the programme, the usual place, the secretary, and who
    wrote the last minutes. Each can be changed; what is not known stays empty.
    """
    people = [entry.member for entry in entries]
    begins: dict[str, Any] = {"minute_taker": last_minute_taker(cell, people)}
    begins["chair"] = secretary_or_acting(entries)
    rule = rule_of(cell)
    line = _next_line(cell, kind, today)
    day = line.day if line is not None else None
    if day is None and rule is not None and kind in MONTHLY:
        day = next((one.day for one in coming(rule, today) if one.meeting is None), None)
    time = line.programme.usual_time if line is not None and line.programme.usual_time else rule.time if rule else None
    if day is not None and time is not None:
        begins["starts_at"] = timezone.make_aware(datetime.combine(day, time))
    begins["place"] = (line.programme.usual_place if line else "") or (rule.place if rule else "") or _last_place(cell)
    return begins


def first_day(cell: Organisation, figure: int | None) -> dict[str, Any]:
    """What a cell that has kept no day yet is asked about: the day of the guideline or of the committee, and where it
    met last.
    """
    return {"day": figure, "place": _last_place(cell)}


def _next_line(cell: Organisation, kind: str, today: date) -> ProgrammeLine | None:
    rows = ProgrammeLine.objects.filter(programme__cell=cell, kind=kind, day__gte=today)
    free = rows.filter(meeting=None) | rows.filter(meeting__state=State.CANCELLED)
    return free.select_related("programme").order_by("day").first()


def _last_place(cell: Organisation) -> str:
    rows = Meeting.objects.filter(cell=cell).exclude(state=State.CANCELLED).exclude(place="")
    return rows.exclude(kind=Kind.COMMITTEE).order_by("-starts_at").values_list("place", flat=True).first() or ""


def secretary_or_acting(entries: Iterable[roster.Entry]) -> Member | None:
    """Who chairs as a rule: the secretary, and where there is none the deputy."""
    by_post = {post: entry.member for entry in entries for post in entry.posts}
    return by_post.get(TenureKind.SECRETARY) or by_post.get(TenureKind.DEPUTY)
