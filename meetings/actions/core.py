"""What the actions of a meeting share: its moves from state to state, and what refuses in more than one of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from meetings import guards
from meetings.facts import step_of
from meetings.lifecycle import TRANSITIONS
from members import changes
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Attendance


move = partial(changes.move, TRANSITIONS, guards.GUARDS)


def refuse_unless_may_come(row: Attendance) -> None:
    if not row.is_guest and not row.may_come:
        raise Refused(f"Đồng chí {row.name}: {row.standing_word.lower()}.", field="speaker")


def refuse_if_spoke(row: Attendance) -> None:
    if row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản nên không thể ghi vắng.")


def refuse_if_apart(item: AgendaItem) -> None:
    """What is said about people under this item never enters the meeting's own record."""
    step = step_of(item.meeting, item)
    if step is not None and step.apart:
        raise Refused("Ý kiến, kết luận về tập thể, cá nhân được ghi ở phần kiểm điểm, không ghi ở đây.")
