"""A person's meetings as a calendar program reads them: iCalendar text (RFC 5545), kind, place and time alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils import timezone

from meetings.lifecycle import State
from meetings.models import Kind, Meeting, ProgrammeLine
from members.policy import may

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation, User

A_YEAR = timedelta(days=365)
_LONGEST_LINE = 75  # octets, the line's end not counted
_KNOWN = [State.CALLED, State.OPEN, State.CLOSED, State.SEALED, State.CANCELLED]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the calendar: a moment, or a day that is not fixed yet."""

    uid: str
    sequence: int
    summary: str
    place: str
    begins: datetime | date
    minutes: int = 0
    status: str = "CONFIRMED"


def entries_of(user: User, now: datetime, host: str) -> list[Entry]:
    """The meetings of the person's own cells that they may see, and the days planned without a meeting."""
    return [*_meetings(user, now, host), *_lines(user, now, host)]


def _meetings(user: User, now: datetime, host: str) -> list[Entry]:
    rows = Meeting.objects.for_user(user).filter(cell__in=user.cell_ids, state__in=_KNOWN, starts_at__gte=now - A_YEAR)
    rows = rows.filter(called_at__isnull=False).in_list().order_by("starts_at", "pk")
    planned: Any = rows.annotate(planned=Sum("items__minutes"))
    return [
        Entry(
            uid=f"meeting-{row.pk}@{host}",
            sequence=row.version,
            summary=str(Kind(row.kind).label),
            place=row.place,
            begins=row.starts_at,
            minutes=row.planned or 0,
            status="CANCELLED" if row.state == State.CANCELLED else "CONFIRMED",
        )
        for row in planned
        if may(user, "meeting.see", row)
    ]


def _lines(user: User, now: datetime, host: str) -> list[Entry]:
    rows = ProgrammeLine.objects.for_user(user).filter(day__gte=timezone.localdate(now))
    return [
        Entry(
            uid=f"line-{line.pk}@{host}",
            sequence=line.programme.version,
            summary=f"Dự kiến: {Kind(line.kind).label}",
            place=line.programme.usual_place,
            begins=line.day,
            status="TENTATIVE",
        )
        for line in rows.select_related("programme", "meeting").order_by("day", "pk")
        if line.day is not None and (not line.is_planned or (line.meeting and line.meeting.state == State.PLAN))
    ]


def months_of(user: User, cell: Organisation, year: int) -> list[tuple[int, list[Meeting], list[ProgrammeLine]]]:
    """Each month with the meetings that the person may see, and the lines behind which none of them stands."""
    meetings = _shown_to(user, cell, year)
    shown = {row.pk for row in meetings if row.state != State.CANCELLED}
    lines = ProgrammeLine.objects.for_user(user).filter(programme__cell=cell, programme__year=year)
    waiting = [line for line in lines.select_related("programme", "meeting") if line.meeting_id not in shown]
    return [
        (
            month,
            [row for row in meetings if timezone.localtime(row.starts_at).month == month],
            sorted((line for line in waiting if line.month == month), key=lambda line: line.day or date.max),
        )
        for month in range(1, 13)
    ]


def _shown_to(user: User, cell: Organisation, year: int) -> list[Meeting]:
    """A plan only for those who may see plans; the committee's own meetings only for the committee."""
    rows = Meeting.objects.for_user(user).filter(cell=cell, starts_at__year=year).in_list()
    visible = (row for row in rows.order_by("starts_at") if may(user, "meeting.see", row))
    return [row for row in visible if row.state != State.PLAN or may(user, "plan.see", row)]


def to_ics(entries: Iterable[Entry], now: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chibo//Sinh hoat chi bo//VI",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape('Sinh hoạt chi bộ')}",
    ]
    for entry in entries:
        lines += ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{_utc(now)}", *_when(entry)]
        lines += [f"SEQUENCE:{entry.sequence}", f"SUMMARY:{escape(entry.summary)}"]
        lines += [f"LOCATION:{escape(entry.place)}"] if entry.place else []
        lines += [f"STATUS:{entry.status}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _when(entry: Entry) -> list[str]:
    if isinstance(entry.begins, datetime):
        lasts = [f"DURATION:PT{entry.minutes}M"] if entry.minutes else []
        return [f"DTSTART:{_utc(entry.begins)}", *lasts]
    # The last day itself is not part of an all-day entry.
    days = [entry.begins, entry.begins + timedelta(days=1)]
    return [f"{name};VALUE=DATE:{day:%Y%m%d}" for name, day in zip(("DTSTART", "DTEND"), days, strict=True)]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def fold(line: str) -> str:
    """At most 75 octets a line; the rest goes on after a space, and no letter is cut in two."""
    found, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LONGEST_LINE:
            found, length = found + "\r\n ", 1
        found, length = found + letter, length + size
    return found
