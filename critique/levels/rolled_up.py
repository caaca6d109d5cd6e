"""What the cells below a committee have handed up of a year's levels, as plain values in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from critique.cycle.models import Cycle, Participant
from critique.levels.models import LevelEntry
from critique.levels.standing import Standing, counted, with_last_count
from critique.official_forms.model import Level
from members.models import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User
    from members.names import Titled


@dataclass(frozen=True, slots=True)
class Handed:
    """One cell. `people`: how many are judged; `levels`: how many the cell proposes for each; `decided`: of people.

    `collective` is the level that the cell proposes for its own committee; None where it has none.
    """

    cell: Titled
    handed_up_at: datetime | None
    collective: Level | None
    people: int
    levels: tuple[tuple[Level, int], ...]
    decided: int

    def number(self, level: Level) -> int:
        return dict(self.levels).get(level, 0)

    @property
    def unproposed(self) -> int:
        return self.people - sum(number for _, number in self.levels)


def handed_up(committee: Organisation, year: int, user: User) -> list[Handed]:
    """Every cell below in the order of the register, with what it has handed up. Four queries."""
    cells = Organisation.objects.for_user(user).below(committee).followed([])
    rows = Cycle.objects.for_user(user).handed_up_elsewhere(user.cell_ids).filter(year=year)
    cycles = {row.cell_id: row for row in rows.filter(cell__in=[cell.pk for cell in cells])}
    steps: dict[int, list[LevelEntry]] = {}
    for step in LevelEntry.objects.filter(participant__cycle__in=cycles.values()).defer("words").order_by("number"):
        steps.setdefault(step.participant_id, []).append(step)
    found: dict[int, list[Standing]] = {}
    for row in with_last_count(Participant.objects.filter(cycle__in=cycles.values())).defer("note"):
        own = tuple(steps.get(row.pk, ()))
        if row.writes or own:
            found.setdefault(row.cycle_id, []).append(Standing(row, own, row.voted_at))
    return [
        _handed(cell, cycle, found.get(cycle.pk, []))
        if (cycle := cycles.get(cell.pk))
        else Handed(cell, None, None, 0, (), 0)
        for cell in cells
    ]


def _handed(cell: Titled, cycle: Cycle, standings: list[Standing]) -> Handed:
    people = [one for one in standings if one.row.member_id is not None]
    collective = next((one.proposed for one in standings if one.row.member_id is None), None)
    return Handed(
        cell,
        cycle.handed_up_at,
        collective,
        len(people),
        tuple(counted(one.proposed for one in people)),
        sum(one.decision is not None for one in people),
    )
