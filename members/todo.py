"""What waits for somebody, as the first page says it: every app gives its own list as `todos(user, cell, now)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Todo:
    what: str
    url: str
    about: str = ""
    when: str = ""
    late: bool = False


def by_day(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
