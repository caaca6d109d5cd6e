"""A score sheet with its criteria: the lines in order, sums of the main lines, totals, grades; and a cell's year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from guideline import scoring
from guideline.model import Kind as RuleKind
from meetings import rules
from meetings.lifecycle import State
from meetings.models import Meeting, ScoreLine, ScoreSheet
from meetings.models.evening import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from guideline.criteria import CriteriaSet, Criterion, Grade
    from members.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Row:
    """A main line with its sums, or a line that gets points; a main line without sub-lines is both."""

    criterion: Criterion
    line: ScoreLine | None
    proposed: Decimal | None
    points: Decimal | None
    confirmed: Decimal | None

    @property
    def is_main(self) -> bool:
        return not self.criterion.parent


@dataclass(frozen=True, slots=True)
class Scored:
    """`criteria` is the sheet for this kind of meeting; a line that it does not know is not shown."""

    sheet: ScoreSheet
    criteria: CriteriaSet
    lines: Sequence[ScoreLine]

    def rows(self) -> list[Row]:
        """Every main line, each followed by its sub-lines. A main line has a sum once all its sub-lines have."""
        by_code = {line.code: line for line in self.lines}
        found: list[Row] = []
        for main, subs in self.criteria.groups():
            under = [(one, by_code[one.code]) for one in (subs or (main,)) if one.code in by_code]
            if not under:
                continue
            kept = [line for _, line in under]
            if subs:
                found.append(Row(main, None, _sum(kept, "proposed"), _sum(kept, "points"), _sum(kept, "confirmed")))
            found += [Row(one, line, line.proposed, line.points, line.confirmed) for one, line in under]
        return found

    def most(self, code: str) -> int | None:
        """The most that the line can get; None in a frame without points."""
        return next(one.max_points for one in self.criteria.criteria if one.code == code)

    @property
    def total(self) -> Decimal | None:
        """The committee's; None until every line has its points, and in a frame without points."""
        return _sum(self.lines, "points") if self.criteria.scored else None

    @property
    def confirmed_total(self) -> Decimal | None:
        return _sum(self.lines, "confirmed") if self.criteria.scored else None

    @property
    def grade(self) -> Grade | None:
        return None if self.total is None else self.criteria.grade_of(self.total, self.short("points"))

    @property
    def confirmed_grade(self) -> Grade | None:
        total = self.confirmed_total
        return None if total is None else self.criteria.grade_of(total, self.short("confirmed"))

    def short(self, name: str) -> list[str]:
        """The lines, main or not, that have not their full points in that column."""
        return [row.criterion.code for row in self.rows() if getattr(row, name) != row.criterion.max_points]


def _sum(lines: Iterable[ScoreLine], name: str) -> Decimal | None:
    figures = [getattr(line, name) for line in lines]
    return None if None in figures or not figures else scoring.total(figures)


def scored(sheet: ScoreSheet) -> Scored:
    """One query for the lines, one more where a committee's own breakdown is in use."""
    return scored_as(sheet, rules.criteria_by_key(sheet.criteria))


def scored_as(sheet: ScoreSheet, criteria: CriteriaSet, lines: Iterable[Any] | None = None) -> Scored:
    """With the criteria that its key names, fetched before; and with its lines, where these were: `figures_of`."""
    criteria = criteria.for_kind(RuleKind(sheet.meeting.kind))
    known = {one.code for one in criteria.criteria}
    found = sheet.lines.all() if lines is None else lines
    return Scored(sheet, criteria, [line for line in found if line.code in known])


def figures_of(sheets: Iterable[ScoreSheet]) -> dict[int, list[Any]]:
    """By sheet: its lines in order, as plain values without their evidence; a year of fifty cells has six thousand."""
    rows = ScoreLine.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).order_by("sheet", "position")
    found: dict[int, list[Any]] = {}
    for row in rows.values_list(
        "sheet_id", "code", "proposed", "points", "reason", "confirmed", "confirmed_reason", named=True
    ):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def settled_of(meeting: Meeting) -> Scored | None:
    """The sheet that the minutes state: one on which the committee has given every figure. Two queries."""
    sheet = ScoreSheet.objects.filter(meeting=meeting, settled_at__isnull=False).select_related("vote").first()
    if sheet is None:
        return None
    sheet.meeting = meeting
    return scored(sheet)


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting of a year with its sheet, if it has one that is settled or confirmed; `counted` is of members."""

    meeting: Meeting
    counted: int
    scored: Scored | None


@dataclass(frozen=True, slots=True)
class Year:
    """A cell's sheets of one year. Means are of the meetings that have the figure."""

    held: tuple[Held, ...]

    @property
    def mean(self) -> Decimal | None:
        return self._mean("total")

    @property
    def confirmed_mean(self) -> Decimal | None:
        return self._mean("confirmed_total")

    def grades(self) -> list[tuple[str, int, int]]:
        """Name of the grade, how often the committee gave it, how often it was confirmed; best first."""
        sheets = [one.scored for one in self.held if one.scored is not None]
        names = dict.fromkeys(grade.name for sheet in sheets for grade in sheet.criteria.grades)
        return [
            (
                name,
                sum(sheet.grade is not None and sheet.grade.name == name for sheet in sheets),
                sum(sheet.confirmed_grade is not None and sheet.confirmed_grade.name == name for sheet in sheets),
            )
            for name in names
        ]

    def _mean(self, name: str) -> Decimal | None:
        found = [getattr(one.scored, name) for one in self.held if one.scored is not None]
        figures = [figure for figure in found if figure is not None]
        return scoring.total(figures) / len(figures) if figures else None


def year_of(cell: Organisation, year: int, user: User) -> Year:
    """The meetings held that year that this account may know of, in their order. Three queries in all."""
    rows = (
        Meeting.objects.for_user(user)
        .filter(cell=cell, state__in=[State.CLOSED, State.SEALED], opened_at__year=year)
        .of_the_month()
        .annotate(counted=Count("attendances", filter=Q(attendances__standing__in=COUNTED)))
        .order_by("opened_at", "pk")
    )
    meetings: list[Any] = list(rows)
    sheets = ScoreSheet.objects.filter(meeting__in=meetings).prefetch_related("lines").select_related("meeting")
    found = {sheet.meeting_id: sheet for sheet in sheets if sheet.settled_at or sheet.confirmed_at}
    criteria = {key: rules.criteria_by_key(key) for key in {sheet.criteria for sheet in found.values()}}
    return Year(
        tuple(
            Held(
                meeting,
                meeting.counted,
                scored_as(sheet, criteria[sheet.criteria]) if (sheet := found.get(meeting.pk)) else None,
            )
            for meeting in meetings
        )
    )
