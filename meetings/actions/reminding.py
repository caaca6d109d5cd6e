"""Who is to be written to: about a meeting that comes soon, and to the secretary about a day without a meeting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.utils import timezone

from meetings.lifecycle import State
from meetings.models import Attendance, Mark, Meeting, ProgrammeLine, Reminder, Task
from meetings.wording import screen_moment, weekday
from meetings.year import secretary_on
from members.mailing import who_agreed
from members.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.mail.backends.base import BaseEmailBackend

ABOUT_MEETING = "meeting"
DAYS_FOR_LINES = 7
_GREETING = "Kính gửi đồng chí,\n\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person; about a meeting, or about a programme line that has none."""

    to: User
    subject: str
    body: str
    about: str  # for whoever starts the command; never more than kind, time and cell
    meeting: Meeting | None = None
    line: ProgrammeLine | None = None


def letters(now: datetime, days: int) -> list[Letter]:
    """Everybody who is to be written to and has not been yet."""
    return [*_about_meetings(now, days), *_about_lines(now)]


def _about_meetings(now: datetime, days: int) -> list[Letter]:
    soon = Meeting.objects.filter(state=State.CALLED, starts_at__gt=now, starts_at__lte=now + timedelta(days=days))
    meetings = {meeting.pk: meeting for meeting in soon.select_related("cell").order_by("starts_at", "pk")}
    rows = Attendance.objects.filter(meeting__in=meetings, member__isnull=False).exclude(mark=Mark.EXCUSED)
    invited = [(row.meeting_id, row.member_id) for row in rows.order_by("pk") if row.may_come]
    accounts = _reachable({member for _, member in invited})
    written = set(Reminder.objects.filter(meeting__in=meetings, what=ABOUT_MEETING).values_list("meeting_id", "to_id"))
    waiting = [(meetings[pk], accounts[member]) for pk, member in invited if member in accounts]
    due = _due_tasks(meetings.values(), accounts)
    return [
        _about(meeting, account, due[meeting.pk, account.member_id])
        for meeting, account in waiting
        if (meeting.pk, account.pk) not in written
    ]


def _reachable(members: set[int | None]) -> dict[int | None, User]:
    """Whoever has an address and has agreed to be written to."""
    agreed = who_agreed(members)
    accounts = User.objects.filter(member__in=agreed, email__gt="", is_active=True).select_related("member")
    return {account.member_id: account for account in accounts}


def _due_tasks(meetings: Iterable[Meeting], owners: dict[int | None, User]) -> Counter[tuple[int, int | None]]:
    """How many tasks of each person are due by each meeting."""
    due: Counter[tuple[int, int | None]] = Counter()
    tasks = list(Task.objects.unfinished().filter(owner__in=[pk for pk in owners if pk], due_on__isnull=False))
    for meeting in meetings:
        day = timezone.localdate(meeting.starts_at)
        own = [task for task in tasks if task.cell_id == meeting.cell_id and task.due_on and task.due_on <= day]
        due.update((meeting.pk, task.owner_id) for task in own)
    return due


def _about(meeting: Meeting, account: User, due: int) -> Letter:
    when = screen_moment(meeting.starts_at)
    body = (
        f"{_GREETING}Nhắc đồng chí dự {meeting.get_kind_display().lower()}: {when}, tại {meeting.place}.\n\n"
        f"{_tasks(due)}Mời đồng chí đăng nhập để xem nội dung; nếu không dự được, xin báo vắng và nêu lý do.\n"
    )
    subject = f"Nhắc lịch sinh hoạt ngày {timezone.localdate(meeting.starts_at):%d/%m/%Y}"
    about = f"{meeting.get_kind_display()}, {when}, {meeting.cell}"
    return Letter(account, subject, body, about, meeting=meeting)


def _tasks(due: int) -> str:
    return f"Đồng chí có {due} nhiệm vụ đến hạn.\n\n" if due else ""


def _about_lines(now: datetime) -> list[Letter]:
    """A week ahead, once: the day stands in the programme and no meeting behind it."""
    today = timezone.localdate(now)
    rows = ProgrammeLine.objects.filter(
        day__gte=today, day__lte=today + timedelta(days=DAYS_FOR_LINES), reminded_at__isnull=True
    )
    found = []
    for line in rows.select_related("programme__cell", "meeting").order_by("day", "pk"):
        secretary = secretary_on(line.cell, today) if not line.is_planned else None
        account = _reachable({secretary.pk}).get(secretary.pk) if secretary is not None else None
        if account is not None and line.day is not None:
            day = f"{weekday(line.day)}, {line.day:%d/%m/%Y}"
            kind = line.get_kind_display()
            body = (
                f"{_GREETING}Chương trình năm ghi {kind.lower()} vào {day}, đến nay chưa có kế hoạch buổi họp.\n\n"
                "Mời đồng chí đăng nhập để lập kế hoạch từ chương trình năm.\n"
            )
            about = f"{kind}, {day}, {line.cell}: chưa có kế hoạch"
            found.append(
                Letter(account, f"Chưa có kế hoạch sinh hoạt ngày {line.day:%d/%m/%Y}", body, about, line=line)
            )
    return found


def send(letter: Letter, connection: BaseEmailBackend, *, at: datetime) -> None:
    """Send one mail and write down that it went; what the mail server raises goes to the caller, unrecorded."""
    EmailMessage(letter.subject, letter.body, to=[letter.to.email], connection=connection).send()
    if letter.meeting is not None:
        Reminder.objects.create(meeting=letter.meeting, to=letter.to, what=ABOUT_MEETING, sent_at=at)
    if letter.line is not None:
        letter.line.reminded_at = at
        letter.line.save(update_fields=["reminded_at"])
