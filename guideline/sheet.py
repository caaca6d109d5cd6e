"""The shape of a score sheet: lines with points or without, grades, and a set that must add up to load."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from guideline.model import Clause, Evidence, Kind, problems_with_clause

CELL_KINDS = frozenset(Kind) - {Kind.COMMITTEE, Kind.CONFERENCE}
FULL = 100


class Measure(StrEnum):
    """What on record a line of a score sheet is read from; `guideline.scoring` has one reader for each."""

    TIME = "time"
    ATTENDANCE = "attendance"
    EXCUSED = "excused"
    ATTENDANCE_AND_EXCUSED = "attendance_and_excused"
    PREPARED_CONTENT = "prepared_content"
    COMMITTEE = "committee"
    NOTICE = "notice"
    PAPERS = "papers"
    COMMITTEE_NOTICE_PAPERS = "committee_notice_papers"
    PREPARATION = "preparation"
    STEPS = "steps"
    CONTENT = "content"
    COMMENDATION = "commendation"
    SPEAKERS = "speakers"
    MINUTES_BOOK = "minutes_book"
    IDEOLOGY = "ideology"
    HANDBOOK = "handbook"
    CONDUCT = "conduct"
    CHAIRING = "chairing"
    PRINCIPLES = "principles"
    TASKS_DONE = "tasks_done"
    CONCLUDED = "concluded"
    ADOPTED = "adopted"
    POSTED = "posted"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Grade:
    """A rating (xếp loại) from so many points."""

    code: str
    name: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Band:
    """So many points from a percentage on; for the time, from so many minutes beside the minimum, or a share of it."""

    at_least: int
    points: int
    over: bool = False  # the bound itself does not belong to it
    of_minimum: bool = False  # in percent of the minimum length instead of minutes beside it


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line; `judged` is for people alone. `moves_to` gets its points in meetings of other kinds.

    `required`: without its full points there is no best grade. No guideline asks that; committees do.
    """

    code: str
    title: str
    max_points: int | None
    clause: Clause
    parent: str = ""
    measure: Measure | None = None
    bands: tuple[Band, ...] = ()
    judged: bool = False
    kinds: frozenset[Kind] = CELL_KINDS
    moves_to: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """One score sheet for meetings of these kinds; without points it is a frame that people judge by."""

    key: str
    title: str
    clause: Clause
    criteria: tuple[Criterion, ...]
    grades: tuple[Grade, ...]
    kinds: frozenset[Kind] = CELL_KINDS

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{self.key}: {problem}")

    @property
    def of_committee(self) -> bool:
        """A committee's own sheet, entered with its document."""
        return self.clause.evidence is Evidence.LOCAL

    @property
    def scored(self) -> bool:
        return bool(self.grades)

    @property
    def total(self) -> int | None:
        """The most that can be reached; None for a set without points."""
        return sum(line.max_points or 0 for line in self.leaves()) if self.scored else None

    def leaves(self) -> tuple[Criterion, ...]:
        """The lines that get points: those without sub-lines."""
        parents = {line.parent for line in self.criteria}
        return tuple(line for line in self.criteria if line.code not in parents)

    def groups(self) -> tuple[tuple[Criterion, tuple[Criterion, ...]], ...]:
        """The main lines in order, each with its sub-lines; a line without any stands alone."""
        return tuple((line, self.under(line.code)) for line in self.criteria if not line.parent)

    def under(self, code: str) -> tuple[Criterion, ...]:
        return tuple(line for line in self.criteria if line.parent == code)

    @property
    def required(self) -> tuple[str, ...]:
        """The lines that the best grade asks full points of."""
        return tuple(line.code for line in self.criteria if line.required)

    def grade_of(self, points: Decimal | int, short: Collection[str] = ()) -> Grade:
        """`short`: lines without their full points. ValueError for a set without grades."""
        barred = not set(self.required).isdisjoint(short)
        for grade in self.grades[1:] if barred else self.grades:
            if points >= grade.at_least:
                return grade
        raise ValueError(f"{self.key} has no grade for {points}")

    def for_kind(self, kind: Kind) -> "CriteriaSet":
        """The sheet for one kind of meeting: lines that it does not have are gone, their points where they belong."""
        gone = [line for line in self.criteria if kind not in line.kinds]
        if not gone or kind not in self.kinds:
            return self
        extra = Counter[str]()
        for line in gone:
            extra[line.moves_to] += line.max_points or 0
        kept = (line for line in self.criteria if line not in gone)
        lines = (
            replace(line, max_points=(line.max_points or 0) + extra[line.code]) if line.code in extra else line
            for line in kept
        )
        return replace(self, criteria=tuple(lines), kinds=frozenset({kind}))

    def _problems(self) -> Iterable[str]:
        codes = Counter(line.code for line in self.criteria)
        for code, times in codes.items():
            if times > 1:
                yield f"the line {code} stands twice"
        if not self.criteria:
            yield "it has no lines"
        yield from problems_with_clause(self.clause, localised=self.of_committee)
        for line in self.criteria:
            yield from self._problems_with_line(line, codes)
        if self.scored:
            yield from self._problems_with_sums()
            yield from self._problems_with_grades()

    def _problems_with_line(self, line: Criterion, codes: Counter[str]) -> Iterable[str]:
        yield from problems_with_clause(line.clause, localised=self.of_committee)
        if line.parent and (line.parent not in codes or self._line(line.parent).parent):
            yield f"the line {line.code} stands under {line.parent}, which is not a main line"
        if line.kinds != CELL_KINDS and line.moves_to not in codes:
            yield f"the points of the line {line.code} have nowhere to go in other meetings"
        if (line.max_points is None) == self.scored:
            yield f"the line {line.code} {'has no' if self.scored else 'has'} points"
        if line.max_points is not None and line.max_points < 1:
            yield f"the line {line.code} has {line.max_points} points"
        if line.bands and (line.measure is None or line.judged):
            yield f"the line {line.code} has bands and nothing to measure"
        if any(not 0 <= band.points <= (line.max_points or 0) for band in line.bands):
            yield f"the bands of the line {line.code} go beyond its points"
        for higher, lower in pairwise(line.bands):
            same_unit = higher.of_minimum == lower.of_minimum
            if lower.points >= higher.points or (same_unit and lower.at_least >= higher.at_least):
                yield f"the bands of the line {line.code} do not go down"

    def _problems_with_sums(self) -> Iterable[str]:
        for line, under in self.groups():
            found = sum(one.max_points or 0 for one in under)
            if under and found != line.max_points:
                yield f"the lines under {line.code} add up to {found} and it has {line.max_points} points"
        found = sum(line.max_points or 0 for line, _ in self.groups())
        if found != FULL:
            yield f"its lines add up to {found} and not to {FULL}"

    def _problems_with_grades(self) -> Iterable[str]:
        if len({grade.code for grade in self.grades}) != len(self.grades):
            yield "a grade stands twice"
        if any(lower.at_least >= higher.at_least for higher, lower in pairwise(self.grades)):
            yield "the grades do not go from high to low"
        if self.grades[-1].at_least != 0:
            yield "the lowest grade does not begin at 0"

    def _line(self, code: str) -> Criterion:
        return next(line for line in self.criteria if line.code == code)
