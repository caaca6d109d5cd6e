"""How a paper of the Party says a day and a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date, datetime


def paper_day(day: date) -> str:
    """ "ngày 05 tháng 12 năm 2026": a leading 0 for days below 10 and for months 1 and 2 (HD 36, HD 05)."""
    return f"ngày {day.day:02d} {paper_month(day)} năm {day.year}"


def paper_month(day: date) -> str:
    return f"tháng {day.month:02d}" if day.month < 3 else f"tháng {day.month}"


def paper_time(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M} phút"
