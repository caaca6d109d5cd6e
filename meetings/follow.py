"""What is followed from one meeting to the next: promises with the owner's last word, and a year of one cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from meetings.lifecycle import State
from meetings.models import Kind, Meeting, Resolution, Task, TaskNote, TaskReport, TaskState
from meetings.models.meeting import held_at
from members.asked import Asked
from members.days import moment
from members.policy import may
from members.scoping import known_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Q, QuerySet

    from members.models import Organisation, User


@dataclass(slots=True)
class Promise:
    """A task as one meeting finds it: what was heard here, otherwise what its owner has said since the last time."""

    task: Task
    report: TaskReport | None = None  # at this meeting
    note: TaskNote | None = None  # said after the meeting before heard about it

    @property
    def result(self) -> str:
        if self.report is not None:
            return self.report.result
        return self.note.text if self.note is not None else ""


def promises(meeting: Meeting) -> list[Promise]:
    """Three queries, however many promises there are."""
    tasks = list(Task.objects.promised_before(meeting).select_related("owner", "meeting"))
    reports, notes = _reports(tasks), _notes(tasks)
    found = []
    for task in tasks:
        heard = [r for r in reports[task.pk] if r.meeting.held_at < meeting.held_at and r.meeting_id != meeting.pk]
        fresh = [n for n in notes[task.pk] if not heard or n.entered_at > heard[-1].entered_at]
        here = next((r for r in reports[task.pk] if r.meeting_id == meeting.pk), None)
        found.append(Promise(task, here, fresh[-1] if fresh else None))
    return found


_REPORTS = Asked(
    lambda tasks: (
        TaskReport.objects.filter(task__in=tasks).select_related("meeting").order_by(held_at("meeting__"), "meeting_id")
    )
)
_NOTES = Asked(lambda tasks: TaskNote.objects.filter(task__in=tasks).with_typist())


def _reports(tasks: Iterable[Task]) -> dict[int, list[TaskReport]]:
    """Of each task, in the order of the meetings."""
    found: dict[int, list[TaskReport]] = {task.pk: [] for task in tasks}
    for report in _REPORTS(list(found)):
        found[report.task_id].append(report)
    return found


def _notes(tasks: Iterable[Task]) -> dict[int, list[TaskNote]]:
    known = {task.pk: task for task in tasks}
    found: dict[int, list[TaskNote]] = {pk: [] for pk in known}
    for note in _NOTES(list(known)):
        note.task = known[note.task_id]
        found[note.task_id].append(note)
    return found


@dataclass(slots=True)
class Followed:
    """One task on the screen of the year."""

    task: Task
    overdue: bool
    reports: list[TaskReport]
    notes: list[TaskNote]
    next_meeting: Meeting | None  # at which it is to be reported
    may_note: bool
    may_see_meeting: bool

    @property
    def last_report(self) -> TaskReport | None:
        return self.reports[-1] if self.reports else None

    @property
    def is_open(self) -> bool:
        return self.task.state in (TaskState.OPEN, TaskState.GOING)


@dataclass(slots=True)
class Year:
    """A cell's tasks and resolutions of one year; counts are of the cell, never of a person."""

    year: int
    overdue: list[Followed] = field(default_factory=list)
    going: list[Followed] = field(default_factory=list)
    closed: list[Followed] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)

    @property
    def open(self) -> int:
        return len(self.overdue) + len(self.going)


def _tasks(known: Q, cell: int, first: datetime, end: datetime, *, current: bool) -> QuerySet[Task]:
    rows = Task.objects.filter(known).of_year(cell, first, end, current=current)
    return rows.select_related("owner", "meeting__paper")


def _resolutions(known: Q, cell: int, first: date, end: date, *, current: bool) -> QuerySet[Resolution]:
    rows = Resolution.objects.filter(known).of_year(cell, first, end, current=current)
    return rows.select_related("meeting", "number").prefetch_related("steps")


_TASKS_OF_THIS_YEAR = Asked(lambda *given: _tasks(*given, current=True))
_TASKS_OF_YEAR = Asked(lambda *given: _tasks(*given, current=False))
_RESOLUTIONS_OF_THIS_YEAR = Asked(lambda *given: _resolutions(*given, current=True))
_RESOLUTIONS_OF_YEAR = Asked(lambda *given: _resolutions(*given, current=False))


def year_of(cell: Organisation, year: int, user: User, today: date) -> Year:
    """Six queries: tasks, reports, notes, the meetings ahead, resolutions and their steps."""
    current = year == today.year
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    asked = _TASKS_OF_THIS_YEAR if current else _TASKS_OF_YEAR
    tasks = asked(known_to(user, Task), cell.pk, moment(first), moment(end), cell=cell)
    for task in tasks:
        if task.meeting.cell_id == cell.pk:
            task.meeting.cell = cell
    reports, notes, ahead = _reports(tasks), _notes(tasks), _ahead(cell, user)
    found = Year(year)
    for task in sorted(tasks, key=_nearest_first):
        followed = Followed(
            task,
            task.is_overdue(today),
            reports[task.pk],
            notes[task.pk],
            next((meeting for meeting in ahead if meeting.held_at > task.meeting.held_at), None),
            may(user, "task.note", task) and task.state in (TaskState.OPEN, TaskState.GOING),
            may(user, "meeting.see", task.meeting),
        )
        group = found.closed if not followed.is_open else found.overdue if followed.overdue else found.going
        group.append(followed)
    issued = _RESOLUTIONS_OF_THIS_YEAR if current else _RESOLUTIONS_OF_YEAR
    found.resolutions = issued(known_to(user, Resolution), cell.pk, first, end, cell=cell)
    return found


def _nearest_first(task: Task) -> tuple[bool, str, int]:
    """What has no date comes last, on every database."""
    return (task.due_on is None, str(task.due_on), task.pk)


_AHEAD = Asked(
    lambda cell, states: (
        Meeting.objects.filter(cell=cell, state__in=states).exclude(kind=Kind.COMMITTEE).order_by("starts_at")
    )
)


def _ahead(cell: Organisation, user: User) -> list[Meeting]:
    """Where the cell will hear about its tasks; a plan is known only to those who plan."""
    states = [State.CALLED, State.OPEN] + ([State.PLAN] if may(user, "plan.see", cell) else [])
    return _AHEAD(cell.pk, states)
