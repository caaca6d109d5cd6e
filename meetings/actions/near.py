"""What a press in the room has to know, asked once the meeting is held: everybody else who presses waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, FilteredRelation, Q

from meetings.models import ON_THE_FLOOR, ON_THE_WAY, Attendance, Turn, TurnState, Voice
from members.asked import Asked
from members.changes import reload

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from meetings.models import AgendaItem, Poll


def _with_floor(item: int, pk: int) -> QuerySet[Attendance]:
    """A row of the roll with the item, with the turn that it waits with there, and with who has the floor and where."""
    own = FilteredRelation("turns", condition=Q(turns__item=item, turns__state=TurnState.WAITING))
    there = FilteredRelation("meeting__turns", condition=Q(meeting__turns__state__in=ON_THE_FLOOR))
    found = Attendance.objects.at_item(item).beside(item).filter(pk=pk).annotate(own=own, floor=there)
    return found.annotate(waits=F("own__pk"), speaking=F("floor__speaker"), speaking_at=F("floor__item"))  # type: ignore[no-redef]


_PERSON = Asked(lambda item, pk: Attendance.objects.at_item(item).filter(pk=pk))
_STANDING = Asked(_with_floor)
_TURNS = Asked(lambda meeting, item, speaker: Turn.objects.filter(meeting=meeting).near(item, speaker))
_OWN_VOICE = Asked(lambda item, poll, member: Voice.objects.at_item(item).filter(poll=poll, attendance__member=member))
_VOICE = Asked(lambda item, poll, person: Voice.objects.at_item(item).filter(poll=poll, attendance=person))


@dataclass(frozen=True, slots=True)
class Near:
    """What a step has to know of the list, however long it is: who has the floor in this meeting, and where this person
    has it or waits for it on this item."""

    speaking: Turn | None
    own: Turn | None


def near(item: AgendaItem, speaker: Attendance) -> Near:
    found = _TURNS(item.meeting_id, item.pk, speaker.pk)
    speaking = next((turn for turn in found if turn.state in ON_THE_FLOOR), None)
    own = next((turn for turn in found if (turn.item_id, turn.speaker_id) == (item.pk, speaker.pk)), None)
    return Near(speaking, own)


def person_at(item: AgendaItem, row: Attendance) -> Attendance | None:
    """The row of the roll as it stands, with whether they step aside for this item."""
    return next(iter(_PERSON(item.pk, row.pk)), None)


def standing(item: AgendaItem, row: Attendance) -> Attendance | None:
    """The same; `waits` is the key of the turn that they wait with on this item, `speaking` the row that has the floor
    in the meeting, `speaking_at` on which item. `item` is brought up to how far it is.

    None where the row is not of the item's meeting, or gone.
    """
    found = next(iter(_STANDING(item.pk, row.pk)), None)
    if found is None:
        reload(item, *ON_THE_WAY)
    else:
        for name in ON_THE_WAY:
            setattr(item, name, getattr(found, f"item_{name}"))
    return found


def own_voice(poll: Poll, member: int | None) -> Voice | None:
    """What this member has said so far, with the poll and the row of the roll as they stand; None: not entitled."""
    return next(iter(_OWN_VOICE(poll.item_id, poll.pk, member)), None) if member else None


def voice_of(poll: Poll, person: Attendance) -> Voice | None:
    """The same of a row of the roll."""
    return next(iter(_VOICE(poll.item_id, poll.pk, person.pk)), None)
