"""What a press in the room has to know, asked once the meeting is held: everybody else who presses waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from meetings.models import ON_THE_FLOOR, AgendaItem, Attendance, Turn, Voice
from members.asked import Asked
from members.changes import reload

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from meetings.models import Poll


def _with_floor(item: int, pk: int) -> QuerySet[Attendance]:
    """A row of the roll with the item, and what the speaking list has of it. Looked up by keys and not joined: six
    tables in one join take PostgreSQL three times as long to plan."""
    own = Turn.objects.filter(speaker=OuterRef("pk"), item=item).not_over()
    busy = Turn.objects.filter(meeting=OuterRef("meeting")).on_the_floor()
    found = Attendance.objects.at_item(item).beside(item).filter(pk=pk)
    return found.annotate(own_turn=Subquery(own.order_by().values("state")[:1]), busy=Exists(busy))  # type: ignore[no-redef]


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


def turns_near(item: AgendaItem, speaker: Attendance) -> Near:
    found = _TURNS(item.meeting_id, item.pk, speaker.pk)
    speaking = next((turn for turn in found if turn.state in ON_THE_FLOOR), None)
    own = next((turn for turn in found if (turn.item_id, turn.speaker_id) == (item.pk, speaker.pk)), None)
    return Near(speaking, own)


def person_at(item: AgendaItem, row: Attendance) -> Attendance | None:
    """The row of the roll as it stands, with whether they step aside for this item."""
    return next(iter(_PERSON(item.pk, row.pk)), None)


def as_it_stands(item: AgendaItem, row: Attendance) -> Attendance | None:
    """The same; `own_turn` is the state of their turn on this item that is not over, `busy` whether anybody has the
    floor in the meeting. `item` is brought up to how far it is.

    None where the row is not of the item's meeting, or gone.
    """
    found = next(iter(_STANDING(item.pk, row.pk)), None)
    if found is None:
        reload(item, *AgendaItem.HOW_FAR)
    else:
        for name in AgendaItem.HOW_FAR:
            setattr(item, name, getattr(found, f"item_{name}"))
    return found


def own_voice(poll: Poll, member: int | None) -> Voice | None:
    """What this member has said so far, with the poll and the row of the roll as they stand; None: not entitled."""
    return next(iter(_OWN_VOICE(poll.item_id, poll.pk, member)), None) if member else None


def voice_of(poll: Poll, person: Attendance) -> Voice | None:
    """The same of a row of the roll."""
    return next(iter(_VOICE(poll.item_id, poll.pk, person.pk)), None)
