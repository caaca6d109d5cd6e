"""Advice about the reading window: three working days before the meeting (366-QĐ/TW, Điều 7). Refuses nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.lifecycle import State
from critique.official_forms.days import working_days_before, working_days_between
from guideline.model import Clause, Evidence
from rulings.holidays import days_off

if TYPE_CHECKING:
    from critique.cycle.models import Cycle

DAYS = 3
CLAUSE = Clause("QĐ 366-QĐ/TW", date(2025, 8, 30), "Điều 7", Evidence.SEEN)


def latest(cycle: Cycle, off: Collection[date] | None = None) -> date:
    """The last day on which opening is in time; `off`: the days off, where they are known already."""
    return working_days_before(cycle.meets_on, DAYS, days_off(cycle.cell) if off is None else off)


def sentence(cycle: Cycle, today: date) -> str:
    """What to say about the window today; empty when there is nothing to say."""
    if cycle.state not in (State.OPEN, State.READING):
        return ""
    off = days_off(cycle.cell)
    if cycle.state == State.OPEN:
        last = latest(cycle, off)
        return (
            f"Mở hôm nay thì chỉ còn {working_days_between(today, cycle.meets_on, off)} ngày làm việc trước ngày họp; "
            f"bản kiểm điểm cần đến người dự họp trước ít nhất {DAYS} ngày làm việc. Có thể lùi ngày họp."
            if today > last
            else f"Mở chậm nhất ngày {last:%d/%m/%Y}: bản kiểm điểm đến người dự họp trước ít nhất {DAYS} "
            "ngày làm việc (đã trừ ngày nghỉ lễ đã ghi)."
        )
    if cycle.reading_at is not None:
        days = working_days_between(timezone.localdate(cycle.reading_at), cycle.meets_on, off)
        if days < DAYS:
            return f"Đã mở trước ngày họp {days} ngày làm việc; hướng dẫn cần ít nhất {DAYS} ngày."
    return ""
