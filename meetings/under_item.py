"""What stands under one agenda item, as its page at the desk asks for it: one query each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.models import Outcome, Remark, Task, Turn, Vote
from members.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Collection

    from meetings.models import AgendaItem

_LINES = Asked(lambda item: Remark.objects.filter(item=item, vote=None).in_lines())
_IN_FULL = Asked(lambda item, keys: Remark.objects.filter(item=item).in_full(keys))
_CAME_TO = Asked(lambda item: Outcome.objects.filter(item=item))
_VOTES = Asked(lambda item: Vote.objects.filter(item=item))
_TASKS = Asked(lambda item: Task.objects.filter(item=item).with_owner())
_TURNS = Asked(lambda item: Turn.objects.filter(item=item).listed().with_asker())


def lines(item: AgendaItem) -> list[Remark]:
    """Its remarks with their first words alone, without those reserved on a vote."""
    return _LINES(item.pk, meeting=item.meeting, item=item)


def in_full(item: AgendaItem, keys: Collection[int]) -> list[Remark]:
    """These remarks, and those reserved on a vote."""
    return _IN_FULL(item.pk, sorted(keys), meeting=item.meeting, item=item)


def came_to(item: AgendaItem) -> list[Outcome]:
    return _CAME_TO(item.pk, meeting=item.meeting, item=item)


def votes(item: AgendaItem) -> list[Vote]:
    return _VOTES(item.pk, meeting=item.meeting, item=item)


def tasks(item: AgendaItem) -> list[Task]:
    """Each with its owner."""
    return _TASKS(item.pk, meeting=item.meeting, item=item)


def turns(item: AgendaItem) -> list[Turn]:
    """Without those that were taken back; each with who has entered it."""
    return _TURNS(item.pk, meeting=item.meeting, item=item)
