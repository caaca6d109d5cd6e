"""Loading a review: one that is being prepared is for whoever prepares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.cycle.models import Cycle
from critique.lifecycle import State
from members.access import load_one, require
from members.asked import Asked

if TYPE_CHECKING:
    from members.access import MemberRequest


_CYCLE = Asked(
    lambda known, pk: (
        Cycle.objects.at_hand(known, pk).select_related("cell", "meeting", "proceedings").defer("proceedings__body")
    )
)


def load_cycle(request: MemberRequest, pk: int, action: str) -> Cycle:
    """A review that is being prepared asks for the right to prepare it."""
    cycle = load_one(request, _CYCLE, Cycle, action, pk)
    if cycle.state == State.PLAN:
        require(request.user, "cycle.plan", cycle)
    return cycle
