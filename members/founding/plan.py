"""WHAT WOULD BECOME OF A LIST OF BODIES: which would be founded below what, which are there, what is wrong with a row.

Plain, like members/importing/plan.py: a list, what stands below the committee, and a day in; a plan out.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from members.forms import FIRST_YEAR, LAST_YEAR, NameField
from members.founding.columns import DAYS, FIELDS, kind_of
from members.importing.days import read_day
from members.importing.plan import KNOWN, LEAST_AGE, NEW, WRONG
from members.models import OrganisationKind
from members.names import one_way

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from members.importing.columns import Reading

_LENGTHS = {"name": 120, "place_name": 80, "secretary": 80}
TWICE = "Trùng tên và cấp trên với dòng {line}. Nếu là một tổ chức, hãy bỏ bớt."
NO_KIND = "Chưa rõ là chi bộ hay cấp uỷ: ghi ở cột Loại, hoặc ghi tên đầy đủ, ví dụ “Chi bộ …”, “Đảng uỷ …”."
UNKNOWN = "Không thấy “{name}” trong danh sách này và ở dưới {top}."
SEVERAL = "Có nhiều tổ chức tên “{name}”: hãy ghi mã của cấp trên, và mã ấy ở dòng của cấp trên."
UNDER_ITSELF = "“{name}” không thể trực thuộc chính mình hay cấp dưới của mình."
LOOP = "Vòng lặp cấp trên: {names}."
UNDER_A_CELL = "“{name}” là chi bộ, không có tổ chức trực thuộc."
DEEPEST = 12  # steps of a tree in one list; the Party has four
TOO_DEEP = f"Cây sâu quá {DEEPEST} bậc: xin xem lại cột Trực thuộc."
UNDER_WRONG = "Cấp trên ở dòng {line} chưa thêm được."
NO_DAY = "Bí thư: chưa có ngày {what}. Ghi ở ô bên trên hoặc một cột trong danh sách."


@dataclass(frozen=True, slots=True)
class There:
    """A body that stands: the committee itself, or one below it."""

    pk: int
    parent: int | None
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A list, and what holds for its rows that do not say it themselves."""

    reading: Reading
    standing_from: date | None = None
    post_from: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One row. `above`: the number of the row that it belongs under, `under`: the key of a body that stands."""

    number: int
    name: str
    said: str = ""  # what stands above, as it was written
    code: str = ""
    kind: OrganisationKind | None = None
    place_name: str = ""
    secretary: str = ""
    born_on: date | None = None
    standing_from: date | None = None
    post_from: date | None = None
    above: int | None = None
    under: int | None = None
    stands: int | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        return WRONG if self.problems else KNOWN if self.stands is not None else NEW

    @property
    def says(self) -> tuple[str, ...]:
        return self.problems + self.notes


@dataclass(frozen=True, slots=True)
class Plan:
    lines: tuple[Body, ...]
    names: Mapping[int, str] = field(default_factory=dict)  # of what stands

    @property
    def new(self) -> list[Body]:
        return [line for line in self.lines if line.outcome == NEW]

    @property
    def known(self) -> list[Body]:
        return [line for line in self.lines if line.outcome == KNOWN]

    @property
    def wrong(self) -> list[Body]:
        return [line for line in self.lines if line.outcome == WRONG]

    def above(self, line: Body) -> str:
        """The name of what it belongs under; what was written where that is not known."""
        if line.above is not None:
            return next(one.name for one in self.lines if one.number == line.above)
        return self.names[line.under] if line.under is not None else line.said

    def by_depth(self) -> Iterable[list[Body]]:
        """The new ones, each after what it belongs under."""
        waiting, done = self.new, {line.number for line in self.known}
        while waiting:
            ready = [line for line in waiting if line.above is None or line.above in done]
            yield ready
            done |= {line.number for line in ready}
            waiting = [line for line in waiting if line.number not in done]

    @property
    def mark(self) -> str:
        """The same for the same outcome of every row, and for no other."""
        told = [
            [
                str(one)
                for one in (
                    line.number, line.outcome, line.name, line.kind, line.above, line.under, line.place_name,
                    line.secretary, line.born_on, line.standing_from, line.post_from,
                )
            ]
            for line in self.lines
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan_of(asked: Asked, there: Iterable[There], top: int, today: date) -> Plan:
    """`there`: the committee and everything below it; `top`: the key of the committee."""
    reading, standing = asked.reading, {one.pk: one for one in there}
    rows = enumerate(reading.table[reading.head :], reading.head + 1)
    lines = [line for number, row in rows if (line := _line(number, row, asked, today)) is not None]
    lines = _compared(_looped(_placed(lines, standing, top)), standing)
    return Plan(tuple(_judged(lines, standing)), {pk: one.name for pk, one in standing.items()})


def _line(number: int, row: list[str], asked: Asked, today: date) -> Body | None:
    cells = {name: row[at] for at, name in enumerate(asked.reading.columns) if name}
    if not any(cells.values()):
        return None
    problems: list[str] = []
    notes: list[str] = []
    words = {name: _cleaned(name, cells.get(name, ""), problems) for name in _LENGTHS}
    if not cells.get("name"):
        problems.append("Thiếu tên tổ chức.")
    days: dict[str, Any] = {}
    for name in DAYS:
        read = read_day(cells.get(name, ""), today, LEAST_AGE if name == "born_on" else 0)
        if read.year_only and name == "born_on":
            notes.append(f"{FIELDS[name]}: {read.problem}, nên để trống; ghi sau ở hồ sơ.")
        elif read.problem:
            problems.append(f"{FIELDS[name]}: {read.problem}.")
        elif read.note:
            notes.append(f"{FIELDS[name]}: {read.note}.")
        if read.day and not FIRST_YEAR <= read.day.year <= LAST_YEAR:
            problems.append(f"{FIELDS[name]}: năm phải trong khoảng {FIRST_YEAR} đến {LAST_YEAR}.")
        elif read.day and read.day > today:
            problems.append(f"{FIELDS[name]}: ngày này còn ở phía trước.")
        days[name] = read.day
    kind = kind_of(cells["kind"]) if cells.get("kind") else kind_of(words["name"])
    if kind is None:
        problems.append(NO_KIND)
    line = Body(
        number, words["name"], cells.get("parent", ""), cells.get("code", ""), kind, words["place_name"],
        words["secretary"], **days, problems=(*problems,), notes=(*notes,),
    )  # fmt: skip
    return _with_secretary(line, cells, asked)


def _cleaned(name: str, typed: str, problems: list[str]) -> str:
    try:
        kept = str(NameField(max_length=_LENGTHS[name], required=False).clean(typed))
    except ValidationError as problem:
        problems += [f"{FIELDS[name]}: {sentence}" for sentence in problem.messages]
        return typed[: _LENGTHS[name]]
    if typed and (typed[:1] in "=+-@" or not any(map(str.isalpha, typed))):
        problems.append(f"{FIELDS[name]}: “{kept}” không giống tên.")
    return kept.title() if name == "secretary" and kept.isupper() and " " in kept else kept


def _with_secretary(line: Body, cells: Mapping[str, str], asked: Asked) -> Body:
    """Whoever is named comes with both days: neither is ever today without a word."""
    if not line.secretary:
        return line
    if line.kind == OrganisationKind.COMMITTEE:
        note = "Bí thư của cấp uỷ chưa ghi từ danh sách này; chỉ ghi bí thư chi bộ."
        return replace(line, secretary="", notes=(*line.notes, note))
    days = {name: getattr(line, name) for name in ("standing_from", "post_from")}
    days = {name: day or (None if cells.get(name) else getattr(asked, name)) for name, day in days.items()}
    problems = list(line.problems)
    for name, what in (("standing_from", "sinh hoạt tại chi bộ"), ("post_from", "giữ chức vụ")):
        if days[name] is None and not cells.get(name):
            problems.append(NO_DAY.format(what=what))
    if days["standing_from"] and days["post_from"] and days["post_from"] < days["standing_from"]:
        problems.append("Ngày giữ chức vụ không thể trước ngày về sinh hoạt tại chi bộ.")
    if line.born_on and days["standing_from"] and days["standing_from"] <= line.born_on:
        problems.append("Ngày về sinh hoạt phải sau ngày sinh.")
    return replace(line, **days, problems=tuple(problems))


def _placed(lines: list[Body], standing: Mapping[int, There], top: int) -> list[Body]:
    """Under what each belongs: a code of the list, else a name there, else of what stands; nothing said, the top."""
    coded, named, stands = defaultdict(list), defaultdict(list), defaultdict(list)
    for line in lines:
        coded[one_way(line.code)].append(line.number)
        named[one_way(line.name)].append(line.number)
    for one in standing.values():
        stands[one_way(one.name)].append(one.pk)
    found = []
    for line in lines:
        said = one_way(line.said)
        rows = coded.get(said) or named.get(said) or []
        bodies = stands.get(said, [])
        if not said or said == one_way(standing[top].name):
            found.append(replace(line, under=top))
        elif rows == [line.number]:
            found.append(_wrong(line, UNDER_ITSELF.format(name=line.name)))
        elif len(rows) == 1:
            found.append(replace(line, above=rows[0]))
        elif not rows and len(bodies) == 1:
            found.append(replace(line, under=bodies[0]))
        else:
            words = SEVERAL if rows or bodies else UNKNOWN
            found.append(_wrong(line, words.format(name=line.said[:60], top=standing[top].name)))
    return found


def _wrong(line: Body, sentence: str) -> Body:
    return replace(line, problems=(*line.problems, sentence))


def _looped(lines: list[Body]) -> list[Body]:
    """Whoever goes up from a row of a loop comes back to it. Each row is walked once."""
    by_number = {line.number: line for line in lines}
    seen: set[int] = set()
    for line in lines:
        way: list[int] = []
        at: int | None = line.number
        while at is not None and at not in seen:
            seen.add(at)
            way.append(at)
            at = by_number[at].above
        if at in way:
            loop = way[way.index(at) :]
            names = " → ".join(by_number[one].name for one in (*loop[:5], loop[0]))
            by_number |= {one: _wrong(by_number[one], LOOP.format(names=names)) for one in loop}
    return list(by_number.values())


def _compared(lines: list[Body], standing: Mapping[int, There]) -> list[Body]:
    """From the top down: which stand already, which stand twice in the list, which would come under themselves."""
    children = {(one.parent, one_way(one.name)): one for one in standing.values()}
    done: dict[int, Body] = {}
    first: dict[tuple[int | None, int | None, str], int] = {}
    below = defaultdict(list)
    for line in lines:
        below[line.above].append(line)
    ready = [line for line in lines if line.above is None or line.problems]
    for line in ready:  # it grows: each row is looked at once, however deep the list is
        done[line.number] = _one(line, done, standing, children, first)
        ready += [one for one in below[line.number] if not one.problems]
    return [done[line.number] for line in lines]


def _one(
    line: Body,
    done: Mapping[int, Body],
    standing: Mapping[int, There],
    children: Mapping[tuple[int | None, str], There],
    first: dict[tuple[int | None, int | None, str], int],
) -> Body:
    above = done.get(line.above) if line.above is not None else None
    under = above.stands if above is not None else line.under
    name = one_way(line.name)
    over = list(islice(_names_above(line, done, standing), DEEPEST + 1))
    if line.name and name in over:
        return _wrong(line, UNDER_ITSELF.format(name=line.name))
    if len(over) > DEEPEST:
        return _wrong(line, TOO_DEEP)
    if not line.name or (line.problems and under is None):
        return line
    if (found := children.get((under, name))) is not None and under is not None:
        note = "Đã có, bỏ qua." + (
            " Loại trong danh sách khác loại đã ghi." if line.kind not in (None, found.kind) else ""
        )
        return replace(line, stands=found.pk, kind=OrganisationKind(found.kind), problems=(), notes=(note,))
    twin = first.setdefault((line.above, line.under, name), line.number)
    return line if twin == line.number else _wrong(line, TWICE.format(line=twin))


def _names_above(line: Body, done: Mapping[int, Body], standing: Mapping[int, There]) -> Iterable[str]:
    at: Body | None = line
    under = line.under
    seen = 0
    while at is not None and at.above is not None and at.above in done and seen <= len(done):
        at = done[at.above]
        yield one_way(at.name)
        under, seen = at.under, seen + 1
    while under is not None and under in standing:
        yield one_way(standing[under].name)
        under = standing[under].parent


def _judged(lines: list[Body], standing: Mapping[int, There]) -> Iterable[Body]:
    """What is wrong with what stands above is wrong for everything below it; a cell has nothing below."""
    by_number = {line.number: line for line in lines}
    children: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if line.above is not None:
            children[line.above].append(line.number)
        elif line.under is not None and standing[line.under].kind == OrganisationKind.CELL:
            by_number[line.number] = _wrong(line, UNDER_A_CELL.format(name=standing[line.under].name))
    for number, below in children.items():
        if by_number[number].kind == OrganisationKind.CELL:
            for one in below:
                by_number[one] = _wrong(by_number[one], UNDER_A_CELL.format(name=by_number[number].name))
    spreading = [number for number, line in by_number.items() if line.problems]
    while spreading:
        number = spreading.pop()
        for one in children[number]:
            if not by_number[one].problems:
                by_number[one] = _wrong(by_number[one], UNDER_WRONG.format(line=number))
                spreading.append(one)
    return by_number.values()
