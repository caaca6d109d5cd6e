"""Who has opened a self-review, for its author: names and times, never a count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from critique.writing.models import SelfReview


@dataclass(slots=True)
class Reader:
    name: str
    first: datetime
    last: datetime
    printed: bool = False


def readers_of(review: SelfReview) -> list[Reader]:
    """In the order in which they first opened it."""
    found: dict[int, Reader] = {}
    for line in review.readings.select_related("reader"):
        reader = found.setdefault(line.reader_id, Reader(line.reader.full_name, line.read_at, line.read_at))
        reader.last = line.read_at
        reader.printed = reader.printed or line.way == "paper"
    return list(found.values())
