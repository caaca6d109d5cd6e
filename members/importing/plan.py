"""WHAT WOULD BECOME OF A LIST: for each of its rows who would be entered, who is there already, and what is wrong.

Plain: a list, what the cell has, and a day in; a plan out. The page shows it, and the action does what it says, when
it still comes to the same (`mark`).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from members.forms import FIRST_YEAR, LAST_YEAR, NameField, wrong_days
from members.importing.columns import DAYS, FIELDS, Reading, kind_of
from members.importing.days import read_day
from members.models import TenureKind
from members.names import one_way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LEAST_AGE = 18  # Điều lệ Đảng, Điều 1: of whoever is admitted
NEW, KNOWN, WRONG = "new", "known", "wrong"
UNDATED = "Chưa có ngày bắt đầu tư cách: ghi ô “Từ ngày” ở trên, hoặc một cột trong danh sách."
_NAMED = NameField(max_length=80, required=False)
_SHORT = {**FIELDS, "full_name": "Họ và tên", "starts_on": "Từ ngày"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list and what holds for its rows that do not say it themselves."""

    reading: Reading
    kind: TenureKind
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `number` in the list as it was brought. `problems` keep it out, `notes` only say something."""

    number: int
    full_name: str
    born_on: date | None = None
    admitted_on: date | None = None
    official_on: date | None = None
    kind: TenureKind = TenureKind.FULL
    starts_on: date | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_known: bool = False

    @property
    def outcome(self) -> str:
        return WRONG if self.problems else KNOWN if self.is_known else NEW

    @property
    def person(self) -> dict[str, str | date | None]:
        return {"full_name": self.full_name, **{name: getattr(self, name) for name in DAYS}}

    @property
    def says(self) -> tuple[str, ...]:
        return self.problems + self.notes


@dataclass(frozen=True, slots=True)
class Plan:
    lines: tuple[Line, ...]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == NEW]

    @property
    def known(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == KNOWN]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == WRONG]

    @property
    def undated(self) -> int:
        """Rows in which nothing is wrong but that nobody has said from when."""
        return sum(line.problems == (UNDATED,) for line in self.lines)

    @property
    def mark(self) -> str:
        """The same for the same outcome of every row, and for no other."""
        told = [
            (line.number, line.outcome, line.full_name, *map(str, (*line.person.values(), line.kind, line.starts_on)))
            for line in self.lines
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan_of(asked: Asked, there: Iterable[tuple[str, date | None]], today: date) -> Plan:
    """`there`: name and day of birth of everybody whose file the cell keeps."""
    reading = asked.reading
    rows = enumerate(reading.table[reading.head :], reading.head + 1)
    lines = [line for number, row in rows if (line := _line(number, row, asked, today)) is not None]
    return Plan(tuple(_compared(lines, there)))


def _line(number: int, row: list[str], asked: Asked, today: date) -> Line | None:
    """None for a row that says nothing about anybody: empty, a sum, who signs."""
    cells = {field: row[at] for at, field in enumerate(asked.reading.columns) if field}
    if not any(cells.values()):
        return None
    name, problems, notes = _name(cells)
    days: dict[str, Any] = {}  # each a day or None
    for field in (*DAYS, "starts_on"):
        read = read_day(cells.get(field, ""), today, LEAST_AGE if field == "born_on" else 0)
        if read.year_only and field in DAYS:  # the file has room for a whole day only
            notes.append(f"{_SHORT[field]}: {read.problem}, nên để trống; ghi sau ở hồ sơ.")
        elif read.problem:
            problems.append(f"{_SHORT[field]}: {read.problem}.")
        elif read.note:
            notes.append(f"{_SHORT[field]}: {read.note}.")
        days[field] = read.day
        if read.day and not FIRST_YEAR <= read.day.year <= LAST_YEAR:
            problems.append(f"{_SHORT[field]}: năm phải trong khoảng {FIRST_YEAR} đến {LAST_YEAR}.")
    problems += [f"{_SHORT[field]}: {sentence}" for field, sentence in wrong_days(days).items()]
    starts_on = days.pop("starts_on") or (None if cells.get("starts_on") else asked.starts_on)
    if starts_on is None and not cells.get("starts_on"):
        problems.append(UNDATED)
    if starts_on and (born := days["born_on"]) and starts_on <= born:
        problems.append("Từ ngày: phải sau ngày sinh.")
    kind = kind_of(cells["kind"]) if cells.get("kind") else asked.kind
    if kind is None or kind == TenureKind.LEFT:
        problems.append(f"Tư cách: không rõ “{cells['kind'][:40]}” là tư cách nào.")
    return Line(
        number, name, **days, kind=kind or asked.kind, starts_on=starts_on, problems=(*problems,), notes=(*notes,)
    )


def _name(cells: dict[str, str]) -> tuple[str, list[str], list[str]]:
    """The name as it will stand, what is wrong with it, what was changed."""
    typed = " ".join(part for part in (cells.get("full_name"), cells.get("given")) if part)
    if not typed:
        return "", ["Thiếu họ và tên."], []
    try:
        name = _NAMED.clean(typed)
    except ValidationError as problem:
        return typed[:80], [f"Họ và tên: {sentence}" for sentence in problem.messages], []
    if typed[:1] in "=+-@" or any(letter.isdecimal() for letter in typed) or not any(map(str.isalpha, typed)):
        return name, [f"“{name}” không giống họ tên."], []
    if name.isupper() and " " in name:
        return name.title(), [], ["Đổi chữ in hoa thành chữ thường."]
    return name, [], []


def _compared(lines: list[Line], there: Iterable[tuple[str, date | None]]) -> Iterable[Line]:
    """Who is there already, and who stands twice in the list."""
    register: dict[str, set[date | None]] = defaultdict(set)
    for full_name, born_on in there:
        register[one_way(full_name)].add(born_on)
    first: dict[tuple[str, date | None], int] = {}
    for line in lines:
        name = one_way(line.full_name)
        if not line.full_name:
            yield line
        elif said := _said_of(line.born_on, register.get(name, set())):
            yield replace(line, is_known=True, problems=(), notes=(said,))
        elif (twin := first.setdefault((name, line.born_on), line.number)) != line.number:
            yield replace(line, problems=(*line.problems, TWICE.format(line=twin)))
        else:
            yield line


TWICE = (
    "Trùng họ tên và ngày sinh với dòng {line}. Nếu là hai người, hãy ghi ngày sinh để phân biệt; nếu là một, bỏ bớt."
)


def _said_of(born_on: date | None, there: Collection[date | None]) -> str:
    """Why this is somebody whom the cell has; empty for somebody else of the same name. In doubt nobody is doubled."""
    if born_on in there:
        return "Đã có, bỏ qua."
    if there and born_on is None:
        return "Đã có đồng chí cùng họ tên, bỏ qua. Nếu là người khác, hãy ghi ngày sinh vào danh sách."
    if None in there:
        return (
            "Đã có đồng chí cùng họ tên chưa ghi ngày sinh, bỏ qua. Nếu là một người, ghi ngày sinh vào hồ sơ; nếu là "
            "người khác, ghi ngày sinh của đồng chí đã có trước."
        )
    return ""
