"""Loading a review: one that is being prepared is for whoever prepares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.cycle.models import Cycle
from critique.lifecycle import State
from members.access import load, require

if TYPE_CHECKING:
    from members.access import MemberRequest


def load_cycle(request: MemberRequest, pk: int, action: str) -> Cycle:
    """A review that is being prepared asks for the right to prepare it."""
    rows = Cycle.objects.select_related("cell", "meeting", "proceedings").defer("proceedings__body")
    cycle: Cycle = load(request, rows, action, pk=pk)
    if cycle.state == State.PLAN:
        require(request.user, "cycle.plan", cycle)
    return cycle
