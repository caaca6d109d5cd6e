"""The conference of Lan's cell: she chairs it, Hoa keeps its minutes, Bình is on the committee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from critique.conference import actions
from meetings.actions import evening, planning
from meetings.models import AgendaItem, Meeting
from tests.factories import at

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from tests.conftest import Cast

PLANNED = at("2026-11-20 08:00")
MORNING = at("2026-12-04 08:00")


def plan(cast: Cast, cycle: Cycle, **changes: Any) -> Meeting:
    usual = {"starts_at": MORNING, "place": "Hội trường", "chair": cast.lan, "minute_taker": cast.hoa, "purpose": ""}
    return actions.plan_conference(cycle, by=cast.account(cast.lan), at=PLANNED, **{**usual, **changes})


def open_it(cast: Cast, conference: Meeting) -> Meeting:
    """Everybody is here, and its first item is on."""
    who: dict[str, Any] = {"by": cast.account(cast.lan)}
    planning.call(conference, at=PLANNED, **who)
    evening.open_meeting(conference, at=MORNING, **who)
    evening.mark_rest_present(conference, at=MORNING, **who)
    evening.start_item(item(conference, "opening"), at=MORNING, **who)
    return Meeting.objects.with_people().get(pk=conference.pk)


def item(meeting: Meeting, step: str) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__cell").get(meeting=meeting, step=step)
