"""What whoever takes over a cell finds open: from the rows that other pages show, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.cycle.models import Cycle
from errands.models import Charge
from meetings.lifecycle import State
from meetings.models import Exchange, Matter, Meeting, Task
from members.posts.giving import held

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation, Tenure

MOST = 200


@dataclass(frozen=True, slots=True)
class Handover:
    """Letters, notes and what somebody is writing are not among it: they are nobody's to hand over."""

    posts: list[Tenure]
    ahead: list[Meeting]
    unsigned: list[Meeting]
    returned: list[Exchange]
    tasks: list[tuple[Task, bool]]  # with whether it is overdue
    cycles: list[Cycle]
    matters: list[Matter]
    charges: list[Charge]

    @classmethod
    def of(cls, cell: Organisation, now: datetime) -> Handover:
        """Seven queries."""
        today = timezone.localdate(now)
        meetings = list(Meeting.objects.not_over().in_cell(cell).order_by("starts_at")[:MOST])
        tasks = Task.objects.unfinished().in_cell(cell).with_meeting().order_by("due_on", "pk")[:MOST]
        return cls(
            held(cell),
            [one for one in meetings if one.state != State.CLOSED],
            [one for one in meetings if one.state == State.CLOSED],
            list(Exchange.objects.waiting_for(cell)[:MOST]),
            [(one, one.is_overdue(today)) for one in tasks],
            list(Cycle.objects.in_cell(cell).still_open().newest_first()[:MOST]),
            list(Matter.objects.in_cell(cell).open().with_people()[:MOST]),
            list(Charge.objects.in_cell(cell).open_at(now).with_errand()[:MOST]),
        )
