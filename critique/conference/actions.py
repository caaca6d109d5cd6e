"""The conference of a yearly review, a meeting as any other: planning it, and going on from one person to the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from critique.conference.keeper import COLLECTIVE, PERSONS, moved
from critique.cycle.models import Cycle
from critique.hearing.actions import hearing as hearings
from critique.hearing.models import Hearing
from critique.lifecycle import NOT_CLOSED, Considering
from meetings.actions import planning
from meetings.models import Kind, Meeting
from members.access import require
from members.changes import claim
from members.models import User
from members.refusal import Refused

if TYPE_CHECKING:
    from critique.hearing.order import Turn
    from members.press import Press


@transaction.atomic
def plan_conference(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None, **fields: Any) -> Meeting:
    """The meeting with the agenda of QĐ 366, Điều 7; the review's day follows it. One conference a review.

    `fields`: starts_at, place, chair, minute_taker, purpose. Without a collective to review its line is left out.
    """
    require(by, "cycle.plan", cycle)
    claim(cycle, NOT_CLOSED, "plan_conference", by=by, at=at, key=key)
    cycle.refresh_from_db(fields=["meeting", "due_on"])
    if cycle.has_conference:
        raise Refused("Đợt kiểm điểm này đã có hội nghị.")
    topic = f"năm {cycle.year}"
    meeting = planning.plan_meeting(cycle.cell, kind=Kind.CONFERENCE, topic=topic, by=by, at=at, key=key, **fields)
    if not cycle.participants.filter(member=None, writes=True).exists():
        _leave_out_collective(meeting)
    cycle.meeting = meeting
    cycle.save(update_fields=["meeting"])
    moved(meeting)
    return meeting


def _leave_out_collective(meeting: Meeting) -> None:
    """The day stays a day: its minutes go to the persons."""
    line = meeting.items.get(step=COLLECTIVE)
    meeting.items.filter(step=PERSONS).update(minutes=F("minutes") + line.minutes)
    line.delete()


@transaction.atomic
def go_on(
    hearing: Hearing, following: Turn | None, *, by: User, at: datetime, key: Press | None = None
) -> Hearing | None:
    """This one is concluded and the next one begins: one click, an event for each. None after the last.

    Refused as `close` refuses; then nobody begins. Of two desks that press at once the second finds it concluded.
    """
    require(by, "hearing.close", hearing)
    hearings.close(hearing, by=by, at=at, key=key)
    if following is None:
        return None
    if following.state == Considering.WAITING:
        return hearings.begin(following.row, by=by, at=at)
    return Hearing.objects.with_people().of(following.row).first()
