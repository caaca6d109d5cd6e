"""How far a list is that comes in, for whoever waits before the page.

It stands beside the database: nobody sees into a transaction before it ends, and SQLite lets nobody else write
meanwhile. What is told is a number that may be gone; on a second machine nothing is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import caches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from members.models import User
    from members.press import Press

STEP = 250  # rows at a time
SECONDS = 120


def _place(by: User, key: UUID) -> str:
    return f"import-{by.pk}-{key}"


def far(by: User, key: UUID) -> dict[str, int] | None:
    """Of one's own press: how many rows are written, and of how many. None where nothing is known."""
    told: dict[str, int] | None = caches["papers"].get(_place(by, key))
    return told


class Progress:
    """Of one list: `parts` hands it out some rows at a time and tells how many have been written."""

    def __init__(self, by: User, key: Press | None, total: int) -> None:
        self.place = None if key is None else _place(by, key.key)
        self.total = total
        self.done = 0

    def parts(self, rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
        for at in range(0, len(rows), STEP):
            part = rows[at : at + STEP]
            yield part
            self.done += len(part)
            if self.place is not None:
                caches["papers"].set(self.place, {"done": self.done, "total": self.total}, SECONDS)
