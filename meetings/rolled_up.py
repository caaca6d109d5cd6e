"""What the cells below a committee have sealed in a month or a year, as plain values in one place.

Cells stand in the order of the register, whatever their figures are: nothing is compared and nobody is ranked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from meetings import rules
from meetings.lifecycle import State
from meetings.models import WITH_TOPIC, Attendance, Mark, Meeting, ScoreSheet
from meetings.models.evening import COUNTED
from meetings.rolled_months import Month, by_month
from meetings.scored import Scored, figures_of, scored_as
from members.days import moment, months_after
from members.models import Organisation, TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from members.models import User
    from members.names import Titled


@dataclass(frozen=True, slots=True)
class Met:
    """One sealed meeting. `strength`: all members but those here for a while; `counted`: of whom the rate is reckoned.

    `points` and `grade` are the superior's where they have confirmed the sheet, else the committee's own; None
    without a settled sheet. `remarks`: why points were taken off, in the words of whoever gave them.
    """

    pk: int
    day: date
    kind: str
    topic: str
    strength: int
    counted: int
    present: int
    points: Decimal | None
    grade: str
    confirmed: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One cell with what it has sealed in that time, oldest first."""

    cell: Titled
    meetings: tuple[Met, ...]

    @property
    def strength(self) -> int | None:
        """As the last of its minutes has it."""
        return self.meetings[-1].strength if self.meetings else None

    @property
    def rate(self) -> float | None:
        """Of the whole time, in per cent: everybody who came among everybody who counts."""
        counted = sum(met.counted for met in self.meetings)
        return 100 * sum(met.present for met in self.meetings) / counted if counted else None

    @property
    def mean(self) -> Decimal | None:
        figures = [met.points for met in self.meetings if met.points is not None]
        return sum(figures[1:], figures[0]) / len(figures) if figures else None

    @property
    def thematic(self) -> int:
        return sum(met.kind in WITH_TOPIC for met in self.meetings)

    def grades(self) -> list[tuple[str, int]]:
        """How many of its meetings have which grade, in the order in which they came."""
        return list(Counter(met.grade for met in self.meetings if met.grade).items())


@dataclass(frozen=True, slots=True)
class RollUp:
    """`month` is None for a whole year, which also has its `months`. `first`: the number of its first line."""

    year: int
    month: int | None
    lines: tuple[Line, ...]
    months: tuple[Month, ...] = ()
    first: int = 1

    @property
    def held(self) -> int:
        return sum(len(line.meetings) for line in self.lines)

    @property
    def cells_held(self) -> int:
        return sum(bool(line.meetings) for line in self.lines)

    @property
    def strength(self) -> int:
        return sum(line.strength or 0 for line in self.lines)


def cells_below(committee: Organisation, user: User) -> list[Titled]:
    """In the order of the register. One query."""
    return Organisation.objects.for_user(user).below(committee).followed([])


def roll_up(
    committee: Organisation, year: int, month: int | None, user: User, part: tuple[int, Sequence[Titled]] | None = None
) -> RollUp:
    """Only what this account may know of: minutes that are sealed. As many queries for 200 cells as for two.

    `part`: of these cells of the register alone, and the number of the first.
    """
    first, cells = part or (1, cells_below(committee, user))
    meetings = Meeting.objects.for_user(user).of_the_month().filter(cell__in=[cell.pk for cell in cells])
    start = date(year, month or 1, 1)
    span = moment(start), moment(months_after(start, 1 if month else 12))
    rows = list(meetings.filter(state=State.SEALED).between(*span).order_by("opened_at", "pk").defer("purpose", "dues"))
    came, sheets = _came(rows), _scored(rows)
    found: dict[int, list[Met]] = {}
    for row in rows:
        found.setdefault(row.cell_id, []).append(_met(row, came.get(row.pk, {}), sheets.get(row.pk)))
    lines = tuple(Line(cell, tuple(found.get(cell.pk, ()))) for cell in cells)
    return RollUp(year, month, lines, by_month(committee, year) if month is None else (), first)


def _came(meetings: Iterable[Meeting]) -> dict[int, dict[tuple[str, str], int]]:
    """By meeting: how many stood how and were marked how. One query."""
    rows = Attendance.objects.of_members().filter(meeting__in=meetings).exclude(standing=TenureKind.LEFT).order_by()
    found: dict[int, dict[tuple[str, str], int]] = {}
    for meeting, standing, mark, number in rows.values_list("meeting_id", "standing", "mark").annotate(Count("pk")):
        found.setdefault(meeting, {})[standing, mark] = number
    return found


def _scored(meetings: Iterable[Meeting]) -> dict[int, Scored]:
    """By meeting: what the committee has settled. One query for sheets, one for lines, one for local breakdowns."""
    sheets: Any = ScoreSheet.objects.filter(meeting__in=meetings, settled_at__isnull=False)
    kept = list(sheets.select_related("meeting").only("meeting__kind", "criteria"))
    criteria, lines = rules.criteria_by_keys({sheet.criteria for sheet in kept}), figures_of(kept)
    return {sheet.meeting_id: scored_as(sheet, criteria[sheet.criteria], lines.get(sheet.pk, ())) for sheet in kept}


def _met(row: Meeting, came: dict[tuple[str, str], int], sheet: Scored | None) -> Met:
    def number(counts: Any) -> int:
        return sum(found for (standing, mark), found in came.items() if counts(standing, mark))

    confirmed = sheet is not None and sheet.confirmed_total is not None
    points = grade = None
    if sheet is not None:
        points = sheet.confirmed_total if confirmed else sheet.total
        grade = sheet.confirmed_grade if confirmed else sheet.grade
    return Met(
        pk=row.pk,
        day=row.day,
        kind=row.kind,
        topic=row.topic,
        strength=number(lambda standing, _mark: standing != TenureKind.TEMPORARY_IN),
        counted=number(lambda standing, _mark: standing in COUNTED),
        present=number(lambda standing, mark: standing in COUNTED and mark == Mark.PRESENT),
        points=points,
        grade=grade.name if grade else "",
        confirmed=confirmed,
        remarks=_remarks(sheet, confirmed=confirmed),
    )


def _remarks(sheet: Scored | None, *, confirmed: bool) -> tuple[str, ...]:
    if sheet is None:
        return ()
    said = [line.confirmed_reason if confirmed and line.confirmed_reason else line.reason for line in sheet.lines]
    return tuple(dict.fromkeys(words.strip().rstrip(".") for words in said if words.strip()))
