"""What waits for somebody, as the first page says it: every app gives its own list as `todos(user, cell, now)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Todo:
    what: str
    url: str
    about: str = ""
    when: str = ""
    late: bool = False
    now: bool = False  # is going on this minute
    day: date | None = None  # by which it is to be done; without one it waits already
    news: bool = False  # is only to be read: nothing waits for it


def in_order(todos: Iterable[Todo], today: date) -> list[Todo]:
    """What is going on, what is overdue, what has a day that is near, what waits without one, then the later days; last
    what is only to be read. Within each by its day.
    """
    soon = today + NEAR

    def place(todo: Todo) -> tuple[bool, bool, bool, bool, date]:
        near = todo.day is not None and todo.day <= soon
        return not todo.now, not todo.late, todo.news, not near, todo.day or date.min

    return sorted(todos, key=place)


def until(what: str, url: str, about: str, day: date, today: date) -> Todo:
    """What is to be done by that day, and is overdue after it."""
    return Todo(what, url, about, by_day(day), day < today, day=day)


def by_day(day: date) -> str:
    return f"hạn {day:%d/%m/%Y}"
