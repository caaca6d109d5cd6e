"""What may refuse a move of a review: only rights, state and arithmetic. Advice lives in reading_period.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from critique.lifecycle import Considering
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.cycle.models import Cycle


def days_in_order(cycle: Cycle) -> None:
    if cycle.meets_on < cycle.due_on:
        raise Refused("Ngày họp kiểm điểm không thể trước hạn nộp bản kiểm điểm.", field="meets_on")


def somebody_writes(cycle: Cycle) -> None:
    if not cycle.participants.filter(writes=True, member__isnull=False).exists():
        raise Refused("Danh sách chưa có đồng chí nào thuộc đối tượng kiểm điểm.")


def somebody_has_submitted(cycle: Cycle) -> None:
    if not cycle.participants.filter(writes=True, review__submitted_at__isnull=False).exists():
        raise Refused("Chưa có bản kiểm điểm nào được nộp nên chưa có gì để đọc.")


def every_hearing_is_over(cycle: Cycle) -> None:
    """Nothing about a person stays half said: they have seen it and could answer, and it has a conclusion."""
    rows = cycle.participants.filter(hearing__state=Considering.GOING).select_related("member")
    if going := [row.whose for row in rows]:
        raise Refused(f"Phần góp ý về {', '.join(going)} chưa kết thúc.")
    sent = Q(hearing__opinions__recorded_at__isnull=True, hearing__opinions__dropped_at__isnull=True)
    if cycle.participants.filter(sent, hearing__opinions__isnull=False).exists():
        raise Refused("Còn ý kiến gửi thư ký chưa ghi vào biên bản, cũng chưa gạch bỏ hay rút lại.")


def not_handed_up(cycle: Cycle) -> None:
    cycle.refresh_from_db(fields=["handed_up_at"])
    if cycle.handed_up_at is not None:
        raise Refused("Hồ sơ xếp loại đã nộp lên cấp trên; muốn mở lại thì rút lại hồ sơ trước.")


GUARDS: dict[str, Callable[[Cycle], None]] = {
    guard.__name__: guard
    for guard in (days_in_order, somebody_writes, somebody_has_submitted, every_hearing_is_over, not_handed_up)
}
