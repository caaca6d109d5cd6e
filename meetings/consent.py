"""What people have agreed to: an upper app says so; as long as none does, nobody is written to and nobody declined."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Answer = Callable[[Iterable[int]], set[int]]

SOURCES: list[Answer] = []  # of these members, who has agreed to get mail
DECLINED: list[Answer] = []  # of these members, who no longer wants to write on the screen


def who_agreed(members: Iterable[int | None]) -> set[int]:
    """Of these members, by their keys, those who have agreed to get mail. One query for each source."""
    return _asked(SOURCES, members)


def who_declined(members: Iterable[int | None]) -> set[int]:
    """Those who hand in on paper because they have taken back writing on the screen. One query for each source."""
    return _asked(DECLINED, members)


def _asked(sources: list[Answer], members: Iterable[int | None]) -> set[int]:
    known = {member for member in members if member is not None}
    return {member for source in sources for member in source(known)}
