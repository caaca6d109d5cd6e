"""One cell's year as it is read: the lines of its programme, what is asked from above, and the guideline's advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from guideline import rulebook as rules
from guideline.programme import Planned, check_programme
from meetings.extension import Topic, asked_of
from meetings.models import MONTHLY, WITH_TOPIC, Kind, Programme, ProgrammeLine
from members import roster
from members.models import TAKING_PART, TenureKind
from members.names import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guideline import checks
    from members.models import Member, Organisation

MONTHS = range(1, 13)
_SUITS = {
    Kind.REGULAR: MONTHLY,
    Kind.THEMATIC: WITH_TOPIC,
    Kind.COMBINED: (Kind.COMBINED, Kind.REGULAR, Kind.THEMATIC),
}


def suits(asked: Topic, line: ProgrammeLine) -> bool:
    """Whether what is asked can be taken up at this kind of meeting."""
    return line.kind in _SUITS.get(asked.kind, ())


@dataclass(slots=True)
class Year:
    """A programme with its lines and what is asked of it from above, in three queries."""

    programme: Programme
    lines: list[ProgrammeLine] = field(default_factory=list)
    asked: list[Topic] = field(default_factory=list)

    @property
    def cell(self) -> Organisation:
        return self.programme.cell

    @classmethod
    def of(cls, programme: Programme) -> Year:
        people = ("preparer", "presenter", "self_critic")
        lines = list(programme.lines.select_related(*people, "meeting"))
        return cls(programme, lines, asked_of(programme.cell, programme.year))

    def asks(self) -> dict[int, list[Topic]]:
        """What each line is asked to take up, by its key: placed there by the cell, or standing in its month."""
        found: dict[int, list[Topic]] = {line.pk: [] for line in self.lines}
        for one in self.asked:
            fitting = [line for line in self.lines if line.month == one.month and suits(one, line)]
            if one.line in found:
                found[one.line].append(one)
            elif fitting:
                found[min(fitting, key=lambda line: len(found[line.pk])).pk].append(one)
        return found

    def unplaced(self) -> list[Topic]:
        """Asked for the year without a month, and put into none yet."""
        return [one for one in self.asked if one.month is None and one.line is None]

    def without_line(self) -> list[Topic]:
        """Asked for a month in which no meeting of that kind stands."""
        taken = {one.pk for asked in self.asks().values() for one in asked}
        return [one for one in self.asked if one.month is not None and one.pk not in taken]


def day_for_people(year: int) -> date:
    """Who can be named in a year's programme: those of its first day, or of today once the year has begun."""
    return max(date(year, 1, 1), timezone.localdate())


def months_open(year: int, today: date) -> tuple[int, ...]:
    """What one comes for: the running month and the next one of this year, the first of one to come."""
    if year == today.year:
        return today.month, today.month + 1
    return (1,) if year > today.year else ()


def people_for(year: Year) -> list[Member]:
    """Who takes part in the life of the cell, and whoever is named already, by given name."""
    entries = roster.on_day(year.programme.cell, day_for_people(year.programme.year))
    here = {entry.member.pk: entry.member for entry in entries if entry.standing in TAKING_PART}
    for line in year.lines:
        here |= {person.pk: person for person in (line.preparer, line.presenter, line.self_critic) if person}
    return sorted(here.values(), key=lambda person: sort_key(person.full_name))


def full_members(cell: Organisation, day: date) -> list[Member]:
    """By given name; who takes turns."""
    return [entry.member for entry in roster.on_day(cell, day) if entry.standing == TenureKind.FULL]


def secretary_on(cell: Organisation, day: date) -> Member | None:
    entries = roster.on_day(cell, day)
    return next((entry.member for entry in entries if TenureKind.SECRETARY in entry.posts), None)


def take_turns(order: Sequence[Member], named: Iterable[Member | None], *, last: Member | None) -> list[Member | None]:
    """Fill what is empty in turn, going on after `last`; whoever is named already has had that turn."""
    row = list(named)
    start = list(order).index(last) + 1 if last is not None and last in order else 0
    waiting = [*order[start:], *order[:start]]
    turns = {person: row.count(person) for person in waiting}
    for place, person in enumerate(row):
        if person is None and waiting:
            row[place] = chosen = min(waiting, key=turns.__getitem__)
            turns[chosen] += 1
    return row


def advice(year: Year) -> tuple[checks.Finding, ...]:
    """What the guideline would have of this year's programme."""
    planned = (
        Planned(line.month, rules.Kind(line.kind), line.topic, bool(line.preparer_id or line.presenter_id))
        for line in year.lines
    )
    reported = year.programme.reported_at is not None
    return check_programme(planned, _rulebooks(year.programme), reported=reported)


def _rulebooks(programme: Programme) -> dict[int, rules.Rulebook]:
    """The guideline of each month; a month before the first guideline has none."""
    found = {}
    for month in MONTHS:
        try:
            day = date(programme.year, month, programme.fixed_day or 1)
            found[month] = rules.in_force(day).on(day)
        except rules.NoRulebookError:
            continue
    return found
