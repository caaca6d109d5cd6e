"""The one way to change a review: claim it, do the work, leave one event; and the one way to change its state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from critique.cycle import guards
from critique.cycle.models import Cycle, CycleEvent
from critique.lifecycle import TRANSITIONS, State
from members.access import require
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import User


def claim(
    cycle: Cycle,
    states: Collection[State],
    what: str,
    *,
    by: User,
    at: datetime,
    key: UUID | None = None,
    **data: Any,
) -> CycleEvent:
    """Hold the cycle's row, count its version up and write the event. Call inside a transaction.

    `data` holds keys of rows and choices, never a word that somebody wrote. Raises Refused when the cycle is not in
    one of the states, AlreadyDone when the key was used before.
    """
    moved = Cycle.objects.filter(pk=cycle.pk, state__in=states).update(version=F("version") + 1)
    cycle.refresh_from_db(fields=["version", "state"])
    if key is not None and CycleEvent.objects.filter(cycle=cycle, key=key).exists():
        raise AlreadyDone
    if not moved:
        raise wrong_state(cycle)
    return CycleEvent.objects.create(
        cycle=cycle, number=cycle.version, what=what, actor=by, happened_at=at, key=key, data=data
    )


def hold(cycle: Cycle, states: Collection[State]) -> None:
    """Hold the cycle's row without an event: for saving what is typed, which nobody keeps a diary of."""
    cycle.state = Cycle.objects.select_for_update().values_list("state", flat=True).get(pk=cycle.pk)
    if cycle.state not in states:
        raise wrong_state(cycle)


def wrong_state(cycle: Cycle) -> Refused:
    return Refused(f"Đợt kiểm điểm đang ở bước “{State(cycle.state).label}” nên không làm được việc này.")


@transaction.atomic
def move(
    cycle: Cycle, name: str, *, by: User, at: datetime, key: UUID | None = None, changes: dict[str, Any] | None = None
) -> CycleEvent:
    """Take one transition of the table: rights, claim, guards, then the state and the named columns."""
    step = TRANSITIONS[name]
    require(by, step.needs, cycle)
    event = claim(cycle, step.source, name, by=by, at=at, key=key)
    for guard in step.guards:
        guards.GUARDS[guard](cycle)
    for column, value in (changes or {}).items():
        setattr(cycle, column, value)
    cycle.state = step.target
    cycle.save(update_fields=["state", *(changes or {})])
    return event
