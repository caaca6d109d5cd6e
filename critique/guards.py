"""What may refuse a move of a review: only rights, state and arithmetic. Advice lives in critique.window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.models import Cycle


def days_in_order(cycle: Cycle) -> None:
    if cycle.meets_on < cycle.due_on:
        raise Refused("Ngày họp kiểm điểm không thể trước hạn nộp bản kiểm điểm.", field="meets_on")


def somebody_writes(cycle: Cycle) -> None:
    if not cycle.participants.filter(writes=True).exists():
        raise Refused("Danh sách chưa có đồng chí nào thuộc đối tượng kiểm điểm.")


def somebody_has_submitted(cycle: Cycle) -> None:
    if not cycle.participants.filter(writes=True, review__submitted_at__isnull=False).exists():
        raise Refused("Chưa có bản kiểm điểm nào được nộp nên chưa có gì để đọc.")


def not_handed_up(cycle: Cycle) -> None:
    cycle.refresh_from_db(fields=["handed_up_at"])
    if cycle.handed_up_at is not None:
        raise Refused("Hồ sơ xếp loại đã nộp lên cấp trên; muốn mở lại thì rút lại hồ sơ trước.")


GUARDS: dict[str, Callable[[Cycle], None]] = {
    guard.__name__: guard for guard in (days_in_order, somebody_writes, somebody_has_submitted, not_handed_up)
}
