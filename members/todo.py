"""What waits for somebody, as the first page says it: every app gives its own list as `todos(user, cell, now)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Todo:
    what: str
    url: str
    about: str = ""
    when: str = ""
    late: bool = False
    now: bool = False  # is going on this minute
    day: date | None = None  # by which it is to be done; without one it waits already


def in_order(todos: Iterable[Todo]) -> list[Todo]:
    """What is going on, then what is overdue, what waits already, and the rest by its day: the most urgent on top."""
    return sorted(todos, key=lambda todo: (not todo.now, not todo.late, todo.day or date.min))


def until(what: str, url: str, about: str, day: date, today: date) -> Todo:
    """What is to be done by that day, and is overdue after it."""
    return Todo(what, url, about, by_day(day), day < today, day=day)


def by_day(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
