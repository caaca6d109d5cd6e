"""THE STORY: one meeting as every screen tells it, gathered once for each version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from meetings.facts import is_apart
from meetings.lifecycle import State
from meetings.models import Mark, Meeting
from meetings.passages import DISCUSSED_IN, passage_of

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models import AgendaItem, Attendance, Vote
    from meetings.passages import Passage

#: What other files of this app add to the story (parts.py), by name and in this order: each is asked once, after the
#: rest was gathered, and never while an item runs of which no word is shown. A panel finds its answer as
#: `story.parts.<name>`.
PARTS: dict[str, Callable[[Story], Any]] = {}


@dataclass
class Story:
    """What is shown of a meeting. It knows nobody: everybody of an audience is told the same."""

    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    running: AgendaItem | None = None
    upcoming: AgendaItem | None = None
    vote: Vote | None = None
    parts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, meeting: Meeting) -> Story:
        """From the rows as they stand: the agenda, the vote, the roll where it is asked for, and the parts."""
        items = list(meeting.items.with_presenter())
        running = next((item for item in items if item.progress == "running"), None)
        told = cls(meeting, items, running if meeting.state == State.OPEN else None)
        told.upcoming = told._next()
        if not told.is_apart:
            told._hear()
        return told

    def _hear(self) -> None:
        """What was voted on under the running item, and what the other rooms say."""
        if self.running is not None:
            self.vote = self.meeting.votes.under(self.running).last()
        for name, ask in PARTS.items():
            self.parts[name] = ask(self)

    def _next(self) -> AgendaItem | None:
        """What follows the running item, or the first that nobody has begun."""
        waiting = (item for item in self.items if item.progress == "waiting")
        after = self.running.position if self.running is not None else -1
        return next((item for item in waiting if item.position > after), None)

    @cached_property
    def rows(self) -> list[Attendance]:
        """Everybody on the roll, in no order that anybody reads; who steps aside for the running item says so."""
        found = self.meeting.attendances.order_by("pk")
        return list(found if self.running is None else found.at_item(self.running))

    @property
    def is_apart(self) -> bool:
        """An item runs of which no word is shown (docs/decisions/0017): neither who speaks nor who is next."""
        return self.running is not None and is_apart(self.meeting, self.running)

    @property
    def number(self) -> int:
        """Of the running item on the agenda."""
        return self.items.index(self.running) + 1 if self.running is not None else 0

    @property
    def due_at(self) -> datetime | None:
        """When the running item has had the minutes that the agenda gives it."""
        if self.running is None or self.running.counts_from is None:
            return None
        return self.running.counts_from + timedelta(minutes=self.running.minutes)

    @property
    def counted(self) -> int:
        return sum(row.counts for row in self.rows)

    @property
    def present(self) -> int:
        return sum(row.counts and row.mark == Mark.PRESENT for row in self.rows)

    @property
    def here(self) -> list[Attendance]:
        """The members who are on the roll as having come."""
        return [row for row in self.rows if row.member_id and row.mark == Mark.PRESENT]

    @property
    def draft(self) -> str:
        """What the draft under discussion is called, once members have it."""
        paper = self.meeting.thematic_paper
        on = self.running is not None and self.running.step in DISCUSSED_IN
        return self.meeting.topic if on and paper is not None and paper.shared_at else ""

    @property
    def passage(self) -> Passage | None:
        """The paragraph of it that the desk has chosen."""
        return passage_of(self.meeting, self.running)
