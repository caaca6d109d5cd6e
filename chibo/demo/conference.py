"""Last year's conference in the demonstration: held as a meeting, its whole minutes sealed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from critique.conference.actions import plan_conference
from meetings.actions import evening, minutes, planning
from meetings.actions.minutes import rendered_paper
from meetings.models import Meeting, Seat

if TYPE_CHECKING:
    from datetime import date

    from chibo.demo.build import Stage
    from critique.cycle.models import Cycle

ROOM = "Hội trường tầng 3"


def convene(stage: Stage, cycle: Cycle, day: date) -> Meeting:
    """Called a week before; everybody is there; the items run one after another through the day."""
    lead = stage.account("thanh")
    seats: dict[str, Any] = {"chair": stage.cast["thanh"], "minute_taker": stage.cast["hoa"]}
    before: dict[str, Any] = {"by": lead, "at": stage.at(day - timedelta(days=7), 8)}
    meeting = plan_conference(cycle, starts_at=stage.at(day, 8), place=ROOM, purpose="", **seats, **before)
    planning.call(meeting, **before)
    who: dict[str, Any] = {"by": lead, "at": stage.at(day, 8)}
    evening.open_meeting(meeting, **who)
    evening.mark_rest_present(meeting, **who)
    moment = stage.at(day, 8)
    for item in meeting.items.select_related("meeting__cell"):
        evening.start_item(item, by=lead, at=moment)
        moment += timedelta(minutes=item.minutes)
        evening.end_item(item, by=lead, at=moment)
    return meeting


def seal(stage: Stage, meeting: Meeting, day: date) -> None:
    """Both confirm the whole minutes, with what was said of everybody."""
    lead, end = stage.account("thanh"), stage.at(day, 16, 50)
    evening.read_back(meeting, by=lead, at=end)
    evening.close(meeting, opened_at=stage.at(day, 8), closed_at=end, by=lead, at=end)
    for seat, key in ((Seat.MINUTE_TAKER, "hoa"), (Seat.CHAIR, "thanh")):
        held = Meeting.objects.with_people().get(pk=meeting.pk)
        seen = rendered_paper(held, whole=True).fingerprint
        minutes.sign(held, seat=seat, seen=seen, by=stage.account(key), at=stage.at(day, 17, 10))
