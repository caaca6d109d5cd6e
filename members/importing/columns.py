"""Which column of a list holds what: by the words of its head, wherever that stands; without one, by what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from members.importing.days import looks_like_a_day
from members.models import STANDINGS, TenureKind
from members.names import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from members.importing.tables import Table


@dataclass(frozen=True, slots=True)
class Sort:
    """What lists of one sort hold. `fields`: what a column may be, in the words of the page; `needs`: without which
    there is no row; `heads`: the first that is found in a head decides, written as `plain()` brings them; `whole`: what
    a head may be and nothing else; `guess`: by what is in the columns, where no line is a head.
    """

    fields: dict[str, str]
    needs: str
    heads: tuple[tuple[str, tuple[str, ...]], ...]
    whole: dict[str, str]
    guess: Callable[[Table], tuple[str, ...]]


#: `given`: where the last word of the name has a column of its own.
FIELDS = {
    "full_name": "Họ và tên (hoặc họ, chữ đệm)",
    "given": "Tên (nối sau họ, chữ đệm)",
    "born_on": "Ngày sinh",
    "admitted_on": "Ngày kết nạp",
    "official_on": "Ngày chính thức",
    "kind": "Tư cách",
    "starts_on": "Từ ngày (có tư cách ấy)",
}
DAYS = ("born_on", "admitted_on", "official_on")

_HEADS = (
    ("starts_on", ("tu ngay", "ngay den", "chuyen den", "ve chi bo", "ngay ve")),
    ("official_on", ("chinh thuc",)),
    ("admitted_on", ("ket nap", "vao dang", "du bi")),
    ("kind", ("tu cach", "dien", "loai dang vien", "hinh thuc")),
    ("born_on", ("ngay sinh", "nam sinh", "sinh ngay", "thang nam sinh", "ngay thang sinh")),
    ("full_name", ("ho va ten", "ho ten", "ho dem", "ho va chu dem", "ho va dem", "ho lot", "ten dang vien")),
)
_WHOLE = {"ten": "given", "ho": "full_name", "dang vien": "full_name", "sinh": "born_on"}
_KINDS = (
    (TenureKind.PROBATIONARY, ("du bi", "db")),
    (TenureKind.EXEMPT, ("mien",)),
    (TenureKind.SPECIAL_DUTY, ("dac thu", "luc luong vu trang")),
    (TenureKind.TEMPORARY_IN, ("tam thoi den",)),
    (TenureKind.TEMPORARY_OUT, ("tam thoi di",)),
    (TenureKind.SUSPENDED, ("dinh chi",)),
    (TenureKind.FULL, ("chinh thuc", "ct")),
)
_SEARCHED = 40  # lines in which the head is looked for, and which are looked at where there is none
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A list with what is known of it. `head`: how many of its lines stand above the rows; `columns`: a field or ""."""

    table: Table
    head: int
    columns: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, chosen: Sequence[str] | None = None, sort: Sort | None = None) -> Reading:
        """`chosen`: what somebody has said that the columns are."""
        sort = sort or MEMBERS
        at, guessed = _by_head(table, sort)
        if not guessed:
            guessed = sort.guess(table)
        columns = tuple(chosen) if chosen is not None else guessed
        return cls(table, at, columns)

    def sample(self, column: int) -> str:
        """What the page says of a column: its head, and what stands first below it."""
        head = self.table[self.head - 1][column] if self.head else ""
        below = next((row[column] for row in self.table[self.head :] if row[column]), "")
        return " · ".join(part[:40] for part in (head, below) if part)


def kind_of(text: str) -> TenureKind | None:
    """The standing that somebody wrote in their own words."""
    said = plain(text)
    whole = next((kind for kind in STANDINGS if plain(str(kind.label)) == said), None)
    if whole is not None:
        return whole
    return next((kind for kind, words in _KINDS if any(f" {word} " in f" {said} " for word in words)), None)


def _by_head(table: Table, sort: Sort) -> tuple[int, tuple[str, ...]]:
    """How many lines stand above the rows, and what their last says; nothing where no line is a head."""
    found: tuple[int, tuple[str, ...]] = (0, ())
    most = 0
    for at, row in enumerate(table[:_SEARCHED], 1):
        fields = _once([_field_of(cell, sort) for cell in row])
        known = sum(1 for field in fields if field)
        if sort.needs in fields and known > most and known >= _filled(row) / 3:
            most, found = known, (at, fields)
    at, fields = found
    if not fields:
        return found
    while at < len(table) and _is_under_head(table[at], table[at - 1], fields):
        at += 1
    return at, _with_given(fields, table[at:]) if "given" in sort.fields else fields


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _is_under_head(row: Sequence[str], head: Sequence[str], fields: Sequence[str]) -> bool:
    """(1) (2) (3), or the rest of a head that stands in two lines."""
    same = (one == other != "" for one, other, field in zip(row, head, fields, strict=True) if field)
    return _numbers_only(row) or any(same)


def _numbers_only(row: Sequence[str]) -> bool:
    cells = [cell.strip("() ") for cell in row if cell]
    return len(cells) > 1 and all(cell.isdecimal() and len(cell) < 3 for cell in cells)


def _field_of(cell: str, sort: Sort) -> str:
    said = re.sub(r"\W+", " ", plain(cell)).strip()
    if not said or len(said) > 60:
        return ""
    if said in sort.whole:
        return sort.whole[said]
    return next((field for field, words in sort.heads if any(word in said for word in words)), "")


def _once(fields: Sequence[str]) -> tuple[str, ...]:
    """Two columns with the same head: the first is it."""
    return tuple(field if field not in fields[:at] else "" for at, field in enumerate(fields))


def _with_given(fields: tuple[str, ...], rows: Table) -> tuple[str, ...]:
    """One head over two columns, the last word of each name in the second."""
    at = fields.index("full_name") + 1
    if "given" in fields:
        return fields
    if at < len(fields) and not fields[at]:
        cells = [row[at] for row in rows[:_SEARCHED] if row[at - 1]]
        if cells and sum(cell.isalpha() for cell in cells) * 2 > len(cells):
            return (*fields[:at], "given", *fields[at + 1 :])
    return fields


def _by_content(table: Table) -> tuple[str, ...]:
    rows = table[:_SEARCHED]
    width = len(rows[0])
    fields = [""] * width

    def share(at: int, judge: Callable[[str], object]) -> float:
        cells = [row[at] for row in rows if row[at]]
        return len([cell for cell in cells if judge(cell)]) / len(cells) if cells else 0.0

    named = max(range(width), key=lambda at: share(at, _NAME.fullmatch))
    fields[named] = "full_name"
    days = [at for at in range(width) if at != named and share(at, looks_like_a_day) > 0.5]
    for field, at in zip(DAYS, days, strict=False):
        fields[at] = field
    for at in range(width):
        if not fields[at] and share(at, kind_of) > 0.5:
            fields[at] = "kind"
            break
    return tuple(fields)


MEMBERS = Sort(FIELDS, "full_name", _HEADS, _WHOLE, _by_content)
