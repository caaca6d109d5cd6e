"""Tasks on the minutes: what came of the earlier ones, and what this meeting gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Column, Table, para
from meetings.models import TaskState
from meetings.wording import count, sentence, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.facts import Evening
    from meetings.models import AgendaItem, Task


def promises(evening: Evening) -> Block:
    if not evening.promised:
        return para("Không có nhiệm vụ còn lại từ các kỳ trước.")
    rows = []
    for number, task in enumerate(evening.promised, start=1):
        report = evening.reports.get(task.pk)
        said = f"{TaskState(report.state).label}. {sentence(report.result)}".strip() if report else "Chưa báo cáo."
        rows.append((str(number), task.text, _owner_and_due(task), said))
    columns = (
        Column("TT", 10, "center"),
        Column("Nhiệm vụ", 60),
        Column("Người thực hiện, thời hạn", 40),
        Column("Kết quả", 55),
    )
    return Table(columns, tuple(rows))


def _owner_and_due(task: object) -> str:
    owner = getattr(task, "owner", None)
    due = getattr(task, "due_on", None)
    parts = [str(owner) if owner else "Chi bộ", short_day(due) if due else ""]
    text = ", ".join(part for part in parts if part)
    return text[0].upper() + text[1:]


def given(evening: Evening, item: AgendaItem | None) -> list[Block]:
    """The tasks of one item, before the votes that adopt them; numbered through the whole paper."""
    here = item.pk if item else None
    return table_of([(number, task) for number, task in enumerate(evening.tasks, start=1) if task.item_id == here])


def table_of(tasks: Sequence[tuple[int, Task]]) -> list[Block]:
    """Who does what until when, each under its number; no table where nobody was given anything."""
    columns = (
        Column("TT", 10, "center"),
        Column("Nhiệm vụ", 88),
        Column("Người thực hiện", 42),
        Column("Thời hạn", 25, "center"),
    )
    rows = tuple(
        (
            str(number),
            task.text,
            str(task.owner) if task.owner else "Chi bộ",
            short_day(task.due_on) if task.due_on else "",
        )
        for number, task in tasks
    )
    return [Table(columns, rows)] if rows else []


def assigned(evening: Evening) -> list[Block]:
    """Where the tasks stand, and those that no item gave. That there are none is said once the meeting is over."""
    if not evening.tasks and evening.meeting.closed_at is None:
        return []
    if not evening.tasks:
        return [para("Không giao nhiệm vụ mới.")]
    giving = [str(number) for number, item in enumerate(evening.items, start=1) if given(evening, item)]
    under = sum(task.item_id is not None for task in evening.tasks)
    where = [para(f"Đã giao {count(under)} nhiệm vụ, ghi ở nội dung {', '.join(giving)}, mục II.")] if giving else []
    return [*where, *given(evening, None)]
