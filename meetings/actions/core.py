"""The one way to change a meeting: claim it, do the work, leave one event; and the one way to change its state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Value

from meetings import guards
from meetings.facts import step_of
from meetings.lifecycle import TRANSITIONS, State
from meetings.models import Attendance, Meeting, MeetingEvent
from members.access import require
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from meetings.models import AgendaItem
    from members.models import User


def claim(
    meeting: Meeting,
    states: Collection[State],
    what: str,
    *,
    by: User,
    at: datetime,
    key: UUID | None = None,
    **data: Any,
) -> MeetingEvent:
    """Hold the meeting's row, count its version up and write the event. Call inside a transaction.

    Raises Refused when the meeting is not in one of the states, AlreadyDone when the key was used before.
    """
    hold(meeting, states, key)
    return record(meeting, what, by=by, at=at, key=key, **data)


def hold(meeting: Meeting, states: Collection[State], key: UUID | None) -> None:
    """The first half of a claim, for a caller that knows what the event says only after its work. Two queries."""
    moved = Meeting.objects.filter(pk=meeting.pk, state__in=states).update(version=F("version") + 1)
    done = Value(False) if key is None else Exists(MeetingEvent.objects.filter(meeting=meeting.pk, key=key))
    held = Meeting.objects.filter(pk=meeting.pk).annotate(done=done).values_list("version", "state", "done")
    meeting.version, meeting.state, already = held.get()
    if already:
        raise AlreadyDone
    if not moved:
        raise wrong_state(meeting)


def record(
    meeting: Meeting, what: str, *, by: User, at: datetime, key: UUID | None = None, **data: Any
) -> MeetingEvent:
    """The other half: the event of the version that was just counted."""
    return MeetingEvent.objects.create(
        meeting=meeting, number=meeting.version, what=what, actor=by, happened_at=at, key=key, data=data
    )


def wrong_state(meeting: Meeting) -> Refused:
    return Refused(f"Buổi họp đang ở bước “{State(meeting.state).label}” nên không làm được việc này.")


@transaction.atomic
def move(
    meeting: Meeting,
    name: str,
    *,
    by: User,
    at: datetime,
    key: UUID | None = None,
    changes: dict[str, Any] | None = None,
    **data: Any,
) -> MeetingEvent:
    """Take one transition of the table: rights, claim, guards, then the state and the named columns."""
    step = TRANSITIONS[name]
    require(by, step.needs, meeting)
    event = claim(meeting, step.source, name, by=by, at=at, key=key, **data)
    for column, value in (changes or {}).items():
        setattr(meeting, column, value)
    for guard in step.guards:
        guards.GUARDS[guard](meeting)
    meeting.state = step.target
    meeting.save(update_fields=["state", *(changes or {})])
    return event


def refuse_unless_may_come(row: Attendance) -> None:
    if not row.is_guest and not row.may_come:
        raise Refused(f"Đồng chí {row.name}: {row.standing_word.lower()}.", field="speaker")


def refuse_if_spoke(row: Attendance) -> None:
    if row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản nên không thể ghi vắng.")


def refuse_if_apart(item: AgendaItem) -> None:
    """What is said about people under this item never enters the meeting's own record."""
    step = step_of(item.meeting, item)
    if step is not None and step.apart:
        raise Refused("Ý kiến, kết luận về tập thể, cá nhân được ghi ở phần kiểm điểm, không ghi ở đây.")
