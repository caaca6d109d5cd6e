"""Who may be written to by e-mail: an upper app says who has agreed; as long as none says so, nobody is written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

SOURCES: list[Callable[[Iterable[int]], set[int]]] = []


def who_agreed(members: Iterable[int | None]) -> set[int]:
    """Of these members, by their keys, those who have agreed to get mail. One query for each source."""
    known = {member for member in members if member is not None}
    return {member for source in SOURCES for member in source(known)}
