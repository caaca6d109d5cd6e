"""The shape of a form: sections with fields, each with its source; a form that must hold together to load."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from guideline.model import Clause, Evidence, party_date

MAX_LETTERS = 20_000
MAX_ROWS = 40
FORM_YEAR = 2025  # the first of the forms that are written on here; years.py says on what others were

QD366 = ("QĐ 366-QĐ/TW", dt.date(2025, 8, 30))
HD43 = ("HD 43-HD/BTCTW", dt.date(2025, 10, 31))


def qd366(place: str, evidence: Evidence = Evidence.SEEN) -> Clause:
    return Clause(*QD366, place, evidence)


def hd43(place: str, evidence: Evidence = Evidence.SEEN) -> Clause:
    return Clause(*HD43, place, evidence)


class FormKind(StrEnum):
    """As numbered in 2025; in 2023 the numbers 02A and 02B were the other way round."""

    COLLECTIVE = "01"
    LEADER = "02A"
    STAFF = "02B"
    OUTSIDE = "02C"


class Level(StrEnum):
    """The four levels of Điều 11, highest first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    NOT_DONE = "not_done"

    @property
    def label(self) -> str:
        return _LEVELS[self]


_LEVELS = {
    Level.EXCELLENT: "Hoàn thành xuất sắc nhiệm vụ",
    Level.GOOD: "Hoàn thành tốt nhiệm vụ",
    Level.DONE: "Hoàn thành nhiệm vụ",
    Level.NOT_DONE: "Không hoàn thành nhiệm vụ",
}


class FieldKind(StrEnum):
    """`LINE` is a text of one line."""

    LINE = "line"
    TEXT = "text"
    ROWS = "rows"
    SCORE = "score"
    LEVEL = "level"


class ColumnKind(StrEnum):
    """`DAY` is kept as 2027-03-31; other words stay as typed ("quý I/2027")."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a row. `width` in millimetres on paper; `choices` are (value, words)."""

    code: str
    label: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()

    def words(self, value: str) -> str:
        """How a value is shown: the words of a choice, a day as 31/03/2027."""
        if self.kind is ColumnKind.CHOICE:
            return dict(self.choices).get(value, "")
        return shown_day(value) if self.kind is ColumnKind.DAY else value


@dataclass(frozen=True, slots=True)
class Field:
    """`label` stands on paper, `short` on screens; `prompt` only the author sees.

    `laid_out`: its rows come with the form, nobody adds one; without any it is not asked.
    """

    code: str
    label: str
    kind: FieldKind
    clause: Clause
    short: str = ""
    prompt: str = ""
    columns: tuple[Column, ...] = ()
    maximum: int = 0
    max_rows: int = MAX_ROWS
    needed: bool = True
    laid_out: bool = False

    @property
    def name(self) -> str:
        return self.short or self.label

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    def problems(self) -> Iterable[str]:
        if not self.clause.document or not self.clause.place:
            yield f"the field {self.code} has no source"
        if bool(self.columns) != (self.kind is FieldKind.ROWS):
            yield f"the field {self.code} and its columns do not belong together"
        if (self.maximum > 0) != (self.kind is FieldKind.SCORE):
            yield f"the field {self.code} and its maximum do not belong together"
        for code in repeated(column.code for column in self.columns):
            yield f"the field {self.code} has the column {code} twice"
        for column in self.columns:
            if bool(column.choices) != (column.kind is ColumnKind.CHOICE):
                yield f"the column {self.code}.{column.code} and its choices do not belong together"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the form with what stands below it; `note` is the form's own instruction."""

    code: str
    title: str
    fields: tuple[Field, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A (the review) or B (the rating) of a form, or its annex; the lines on top have no title."""

    code: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form. `frame` is the annex of QĐ 366 whose criteria it is rated by."""

    kind: FormKind
    title: str
    about: str
    parts: tuple[Part, ...]
    frame: Clause
    signed_by: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{self.kind}: {problem}")

    @property
    def code(self) -> str:
        """As printed in the corner of the form."""
        return f"Mẫu {self.kind.value}-HD KĐ.ĐG 2025"

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)

    def _problems(self) -> Iterable[str]:
        yield from (f"the field {code} stands twice" for code in repeated(field.code for field in self.fields))
        for field in self.fields:
            yield from field.problems()
        if sum(field.maximum for field in self.fields) != 100:
            yield "the scores do not add up to 100"


def repeated(codes: Iterable[str]) -> list[str]:
    return [code for code, times in Counter(codes).items() if times > 1]


def day_of(value: str) -> dt.date | None:
    """The day that a cell holds; None for words."""
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def shown_day(value: str) -> str:
    """As papers write it: a leading 0 for days below 10 and for months 1 and 2."""
    day = day_of(value)
    return party_date(day) if day else value
