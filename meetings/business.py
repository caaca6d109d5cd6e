"""What other apps bring before a meeting: each fills the list when it starts, and a meeting knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Business:
    """One sentence that everybody of the cell and the printed notice may carry, and the page behind it."""

    sentence: str
    url: str


SOURCES: list[Callable[[Meeting, datetime], list[Business]]] = []


# What other apps want done whenever the clock calls (`manage.py remind`).
CHORES: list[Callable[[datetime], None]] = []


def brought_before(meeting: Meeting, now: datetime) -> list[Business]:
    """What falls due by the meeting's day; once it was announced, as it stood then."""
    return [one for source in SOURCES for one in source(meeting, now)]
