"""A day as people write it into a list. Only the day first is read; whatever had to be guessed is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})(?:\s+0?0:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_CLOSED = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MONTH = re.compile(r"(?:\d{1,2}\s*[/.-]\s*)?(\d{4})")
_SERIAL = re.compile(r"[1-6]\d{4}")  # days since the end of 1899: how Excel keeps one
_EXCEL_BEGAN = date(1899, 12, 30)

NO_DAY = "không đọc được “{text}”: hãy ghi như 19/05/1980"
MONTH_FIRST = "“{text}” giống tháng/ngày/năm: hãy ghi ngày trước, và xem lại cả cột"
YEAR_ONLY = "“{text}” chưa đủ ngày, tháng, năm"


@dataclass(frozen=True, slots=True)
class Read:
    """`day` as it was understood; `note` what was guessed for that; `problem` why there is none."""

    day: date | None = None
    note: str = ""
    problem: str = ""
    year_only: bool = False


def read_day(text: str, today: date, least_age: int = 0) -> Read:
    """`least_age`: whoever was born that day is at least so many years old, which settles a year of two figures."""
    text = text.strip()
    if not text:
        return Read()
    if _SERIAL.fullmatch(text):
        day = _EXCEL_BEGAN + timedelta(days=int(text))
        return Read(day, note=f"“{text}” là số ngày của Excel, đọc là {day:%d/%m/%Y}")
    if _MONTH.fullmatch(text):
        return Read(problem=YEAR_ONLY.format(text=text), year_only=True)
    parts = _parts(text)
    if parts is None:
        return Read(problem=NO_DAY.format(text=text[:40]))
    day_of, month, year = parts
    short = year < 100
    if short:
        year += 2000 if 2000 + year <= today.year - least_age else 1900
    try:
        day = date(year, month, day_of)
    except ValueError:
        swapped = month > 12 and day_of <= 12 and month <= 31
        return Read(problem=(MONTH_FIRST if swapped else NO_DAY).format(text=text[:40]))
    return Read(day, note=f"“{text}” đọc là {day:%d/%m/%Y}" if short else "")


def looks_like_a_day(text: str) -> bool:
    return bool(_parts(text.strip()) or _MONTH.fullmatch(text.strip()))


def _parts(text: str) -> tuple[int, int, int] | None:
    """Day, month, year."""
    if found := _DAY_FIRST.fullmatch(text) or _CLOSED.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    return None
