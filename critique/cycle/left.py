"""What of yearly reviews is not finished in a cell that is about to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.cycle.models import Cycle
from critique.lifecycle import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Organisation


def unfinished_reviews(cell: Organisation) -> Iterator[str]:
    """Reviews that were not closed."""
    if running := Cycle.objects.in_cell(cell).exclude(state=State.CLOSED).count():
        yield f"{running} đợt kiểm điểm chưa kết thúc"
