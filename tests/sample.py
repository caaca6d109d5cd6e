"""What is tried at great length is tried in part, another part each week; `make long` tries all of it.

Whoever wants to see last week's failure again names its week: `CHIBO_WEEK=2026-W48`.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = os.environ.get("CHIBO_LONG") == "1"
_YEAR, _NUMBER, _ = datetime.now(tz=UTC).isocalendar()
WEEK = os.environ.get("CHIBO_WEEK", f"{_YEAR}-W{_NUMBER:02}")

Item = TypeVar("Item")

#: For a proof that the suite has no time for, not even in part.
only_long = pytest.mark.skipif(not LONG, reason="make long tries it")


def this_weeks(items: Sequence[Item], *, of: int = 3) -> Sequence[Item]:
    """Every third of them, or what `of` says: in so many weeks all have had their turn."""
    return items if LONG else items[int(WEEK.rpartition("W")[2]) % of :: of]


def tries(examples: int) -> int:
    """How many made-up values a property is held against; all of them by `make long`."""
    return examples if LONG else examples * 2 // 5
