"""Owns what leaves as an Excel file: one table on each sheet, figures as figures, and text that stays text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

#: What it is called over HTTP.
CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` on its tab; `head` line by line above the table; `columns`: title and width in letters; `foot`: below."""

    name: str
    head: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Value, ...], ...]
    total: bool = False  # the last row adds up the others
    foot: str = ""


def to_xlsx(sheets: Sequence[Sheet], day: date) -> bytes:
    """`day`: of the paper; the hour is nobody's business."""
    from documents.xlsx_written import written  # a quarter of a second, which nobody else waits for

    return written(sheets, day)
