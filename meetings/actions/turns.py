"""What else ends a turn or takes somebody off the speaking list: an item that is over, whoever leaves, the seal.

Each is called with the meeting held and before the event of what is done. An event of an item tells how many were not
heard; one that names a person tells nothing of it, for it would say when that person stopped speaking.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

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


def leave_floor(meeting: Meeting, at: datetime, *, staying: AgendaItem | None = None) -> dict[str, int]:
    """Everything of the list is over, except on `staying`, the item that goes on."""
    rows = meeting.turns.all()
    return _over(meeting, rows if staying is None else rows.exclude(item=staying), at)


def leave_item(item: AgendaItem, at: datetime) -> dict[str, int]:
    return _over(item.meeting, item.turns.all(), at)


def leave_room(row: Attendance, at: datetime, *, item: AgendaItem | None = None) -> None:
    """Of somebody who is not here any more, or of `item` alone not in the discussion."""
    rows = row.turns.all()
    _over(row.meeting, rows if item is None else rows.filter(item=item), at)


def unsaid(remark: Remark, at: datetime) -> None:
    """The remark is taken out: whoever was saying it has finished."""
    _over(remark.meeting, Turn.objects.filter(remark=remark), at)


def forget(meeting: Meeting) -> None:
    """Who asked, when and how long is nobody's business once the minutes are sealed: the remark says what was said.

    Nobody is called by the numbers of the roll any more either.
    """
    meeting.turns.all().delete()
    meeting.floor_steps.all().delete()
    meeting.attendances.update(roll_number=None)


def _over(meeting: Meeting, rows: TurnQuerySet, at: datetime) -> dict[str, int]:
    """How many were still waiting, for the event; nothing where nobody was. No step before it is undone any more."""
    dropped = list(rows.waiting().values_list("pk", flat=True))
    ended = rows.on_the_floor().first()
    if not dropped and ended is None:
        return {}
    Turn.objects.filter(pk__in=dropped).update(state=TurnState.WITHDRAWN)
    if ended is not None:
        stop(ended, steady(meeting, at))
    FloorStep.objects.filter(meeting=meeting).delete()
    return {"dropped": len(dropped)} if dropped else {}
