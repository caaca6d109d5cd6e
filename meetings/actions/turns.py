"""What else ends a turn or takes somebody off the speaking list: an item that is over, whoever leaves, the seal.

Each is called with the meeting held and before the event of what is done, which tells what came of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from meetings.models import AgendaItem, Attendance, FloorStep, Meeting, Remark, Turn, TurnState
from meetings.presence import steady

if TYPE_CHECKING:
    from meetings.models.floor import TurnQuerySet


def stop(turn: Turn, moment: datetime) -> None:
    """The turn is over; a pause that was on counts to nobody."""
    if turn.paused_at is not None:
        turn.paused_seconds += max(0, int((moment - turn.paused_at).total_seconds()))
        turn.paused_at = None
    turn.state, turn.ended_at = TurnState.DONE, max(moment, turn.started_at or moment)
    turn.save(update_fields=["state", "paused_at", "paused_seconds", "ended_at"])


def leave_floor(meeting: Meeting, at: datetime, *, staying: AgendaItem | None = None) -> dict[str, Any]:
    """Everything of the list is over, except on `staying`, the item that goes on."""
    rows = meeting.turns.all()
    return _over(meeting, rows if staying is None else rows.exclude(item=staying), at)


def leave_item(item: AgendaItem, at: datetime) -> dict[str, Any]:
    return _over(item.meeting, item.turns.all(), at)


def leave_room(row: Attendance, at: datetime, *, item: AgendaItem | None = None) -> dict[str, Any]:
    """Of somebody who is not here any more, or of `item` alone not in the discussion."""
    rows = row.turns.all()
    return _over(row.meeting, rows if item is None else rows.filter(item=item), at)


def unsaid(remark: Remark, at: datetime) -> dict[str, Any]:
    """The remark is taken out: whoever was saying it has finished."""
    return _over(remark.meeting, Turn.objects.filter(remark=remark), at)


def forget(meeting: Meeting) -> None:
    """Who asked, when and how long is nobody's business once the minutes are sealed: the remark says what was said."""
    meeting.turns.all().delete()
    meeting.floor_steps.all().delete()


def _over(meeting: Meeting, rows: TurnQuerySet, at: datetime) -> dict[str, Any]:
    """What the event says of it; nothing where nobody was on the list. No step before it is undone any more."""
    dropped = list(rows.waiting().values_list("pk", flat=True))
    ended = rows.on_the_floor().first()
    if not dropped and ended is None:
        return {}
    Turn.objects.filter(pk__in=dropped).update(state=TurnState.WITHDRAWN)
    if ended is not None:
        stop(ended, steady(meeting, at))
    FloorStep.objects.filter(meeting=meeting).delete()
    told = {"dropped": dropped, "ended": ended.pk if ended else None}
    return {name: found for name, found in told.items() if found}
