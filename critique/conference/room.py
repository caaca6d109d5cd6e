"""A consideration as a page of the desk: under which line of the agenda, what lies open, who follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from critique.conference.keeper import COLLECTIVE, PERSONS, cycle_of
from critique.hearing.order import onward
from critique.hearing.seats import turns_of
from meetings.models import AgendaItem

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.hearing.models import Hearing, HearingOpinion
    from critique.hearing.order import Turn
    from critique.hearing.page import Shown
    from members.models import User

HEARD_UNDER = {COLLECTIVE: True, PERSONS: False}  # step → whether the collective is heard under it


def item_of(hearing: Hearing) -> AgendaItem | None:
    """The line of the conference's agenda under which it is heard; None for one that has no such meeting."""
    step = COLLECTIVE if hearing.of_collective else PERSONS
    if hearing.cycle is None or hearing.cycle.meeting is None:
        return None
    found: AgendaItem | None = AgendaItem.objects.with_people().filter(meeting=hearing.cycle.meeting, step=step).first()
    return found


def review_of(item: AgendaItem) -> Cycle | None:
    """The review whose people are heard under this line; None where nobody is."""
    return cycle_of(item.meeting) if item.step in HEARD_UNDER else None


@dataclass(frozen=True, slots=True)
class Turns:
    """Everybody who is heard under one line, in the conference's order; `here`: who is shown."""

    all: list[Turn]
    here: Turn | None
    onward: Turn | None

    @classmethod
    def under(cls, item: AgendaItem, cycle: Cycle, here: int = 0, shown_to: User | None = None) -> Turns:
        found = [turn for turn in turns_of(cycle, shown_to) if turn.row.of_collective == HEARD_UNDER[item.step]]
        return cls(found, next((turn for turn in found if turn.row.pk == here), None), onward(found, here))

    @property
    def place(self) -> int:
        return self.all.index(self.here) + 1 if self.here is not None else 0


@dataclass(frozen=True, slots=True)
class Folded:
    """The opinion that is being written with its boxes; the earlier ones a line each, and open the one asked for."""

    current: HearingOpinion | None
    lines: list[tuple[HearingOpinion, bool]]
    focus: int = 0  # in whose words one writes

    @classmethod
    def of(cls, shown: Shown, asked: int) -> Folded:
        current = shown.opinions[-1] if shown.opinions else None
        fresh = next((one.pk for one in shown.opinions if one.pk == asked), 0)
        writes = shown.records and shown.hearing.seen_at is None
        last = current.pk if current is not None and writes else 0
        lines = [(one, one.pk == asked) for one in shown.opinions[-2::-1]]
        return cls(current, lines, fresh or last)
