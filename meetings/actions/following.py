"""Promises: giving a task, hearing about it at later meetings, finishing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions.core import refuse_if_apart
from meetings.lifecycle import TAKING_MINUTES, TOOK_PLACE, State
from meetings.models import AgendaItem, Meeting, Task, TaskNote, TaskReport, TaskState
from meetings.models.meeting import held_at
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, User
    from members.press import Press


def _check_due(meeting: Meeting, due_on: date | None) -> None:
    if due_on is not None and due_on < meeting.day:
        raise Refused("Thời hạn không thể trước ngày họp.", field="due_on")


@transaction.atomic
def assign_task(
    meeting: Meeting,
    *,
    text: str,
    owner: Member | None,
    due_on: date | None,
    item: AgendaItem | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Task:
    require(by, "meeting.run", meeting)
    _check_due(meeting, due_on)
    claim(meeting, TAKING_MINUTES, "assign_task", by=by, at=at, key=key, text=text)
    if item is not None:
        refuse_if_apart(item)
    return Task.objects.create(cell=meeting.cell, meeting=meeting, item=item, text=text, owner=owner, due_on=due_on)


@transaction.atomic
def edit_task(
    task: Task,
    *,
    text: str,
    owner: Member | None,
    due_on: date | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """Reword a task before the minutes that give it are sealed."""
    require(by, "meeting.run", task)
    _check_due(task.meeting, due_on)
    claim(task.meeting, TAKING_MINUTES, "edit_task", by=by, at=at, key=key, task=task.pk, was=task.text)
    task.text, task.owner, task.due_on = text, owner, due_on
    task.save(update_fields=["text", "owner", "due_on"])


@transaction.atomic
def remove_task(task: Task, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "meeting.run", task)
    claim(task.meeting, TAKING_MINUTES, "remove_task", by=by, at=at, key=key, text=task.text)
    if task.reports.exists():
        raise Refused("Nhiệm vụ này đã được báo cáo ở buổi họp sau nên không bỏ được.")
    Task.objects.filter(pk=task.pk).delete()


@transaction.atomic
def report_task(
    task: Task,
    meeting: Meeting,
    *,
    state: str,
    result: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> TaskReport:
    """What this meeting heard about an earlier promise. The task takes the state that was reported last."""
    require(by, "task.report", meeting)
    if task.cell_id != meeting.cell_id or task.meeting.held_at >= meeting.held_at:
        raise Refused("Nhiệm vụ này không phải của một buổi họp trước của chi bộ.")
    if meeting.of_committee and not task.meeting.of_committee:
        raise Refused("Nhiệm vụ do chi bộ giao thì báo cáo ở buổi sinh hoạt chi bộ.")
    if state not in TaskState.values:
        raise Refused("Xin chọn tình trạng thực hiện.", field="state")
    if state == TaskState.DROPPED and not result.strip():
        raise Refused("Thôi thực hiện thì cần ghi lý do.", field="result")
    preparing = {State.PLAN, State.CALLED}
    heard = {"task": task.pk, "state": state, "result": result.strip()}
    claim(meeting, TAKING_MINUTES | preparing, "report_task", by=by, at=at, key=key, **heard)
    report, _ = TaskReport.objects.update_or_create(
        meeting=meeting,
        task=task,
        defaults={"state": state, "result": result.strip(), "entered_by": by, "entered_at": at},
    )
    _settle(task)
    return report


@transaction.atomic
def note_task(task: Task, *, state: str, text: str, by: User, at: datetime, key: Press | None = None) -> TaskNote:
    """The owner's own word between two meetings; the state of the task stays until a meeting has heard it."""
    require(by, "task.note", task)
    if state not in (TaskState.GOING, TaskState.DONE):
        raise Refused("Xin chọn đang thực hiện hoặc đã hoàn thành.", field="state")
    if not text.strip():
        raise Refused("Xin ghi kết quả, minh chứng.", field="text")
    claim(task.meeting, TOOK_PLACE, "note_task", by=by, at=at, key=key, task=task.pk, state=state)
    task.refresh_from_db(fields=["state"])
    if task.state == TaskState.DROPPED:
        raise Refused("Nhiệm vụ này đã thôi thực hiện.")
    return TaskNote.objects.create(task=task, state=state, text=text.strip(), entered_by=by, entered_at=at)


def forget_reports(meeting: Meeting) -> None:
    """A meeting that is not held has heard nothing; what was entered stays in its events."""
    for report in meeting.reports.select_related("task"):
        report.delete()
        _settle(report.task)


def _settle(task: Task) -> None:
    """The state of a task is what the latest meeting heard, in whatever order the reports were entered."""
    last = task.reports.order_by(held_at("meeting__"), "meeting_id").last()
    task.state = last.state if last is not None else TaskState.OPEN
    task.save(update_fields=["state"])
