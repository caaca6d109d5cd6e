"""WHAT IS HELD ABOUT PEOPLE, as data: for each column how its person is shown it, how long it stays, and who ends it.

Beside the models of a package stands `personal.py`, which calls `declare()` once for each model. A system check fails
on a column with a person, or with words, that nobody has declared. The page “Những gì lưu về tôi” and what is proposed
for destruction are both read from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from members.models import Organisation

Pairs = tuple[tuple[str, str], ...]

# --- How a column is shown to the person ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """Under this label. `say` puts the row into words, or into several labelled words; else the value itself is said.

    `ends`: it is overwritten when the time of its row is over; `left` says what of it stays then. `inside`: it is said
    in the entry of the row to which it belongs and has no line of its own.
    """

    label: str
    say: Callable[[Any], str | Pairs] | None = None
    ends: bool = False
    left: Callable[[Any], Any] | None = None
    inside: bool = False


def words(label: str, say: Callable[[Any], str | Pairs] | None = None, **more: Any) -> Shown:
    """Shown, and gone when its time is over."""
    return Shown(label, say, ends=True, **more)


@dataclass(frozen=True, slots=True)
class Acted:
    """Somebody has done this: counted for them, from the first day to the last; with a label also named to others."""

    what: str
    at: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Not shown, because."""

    because: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Whose:
    """Says whose row it is, so a chapter begins with it."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """Holds nothing about a person, because."""

    because: str


Column = Shown | Acted | Hidden | Whose | Nobody
WHOSE = Whose()


# --- How long it stays, and who ends it -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stays:
    """As long as this says."""

    how_long: str


UNSENT = Stays("Mất khi gửi; không ai đụng đến 60 ngày thì phần mềm xoá.")


@dataclass(frozen=True, slots=True)
class Ends:
    """After so many years, by two people: one of the leaders proposes, another of the committee carries out.

    `due` names the rows of a cell whose time is over on that day, if texts stay for so many years; `name` says in
    the proposal and in the record of which person and of which time a row is, without a word of it.
    """

    kind: str
    after: str
    due: Callable[[Organisation, date, int], Iterable[Model]]
    name: Callable[[Any], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class With:
    """Together with a row of this model, found by `path`; `only` leaves out what is not over yet."""

    root: type[Model]
    path: str
    only: Mapping[str, Any] = field(default_factory=dict)


Kept = Stays | Ends | With


# --- One model --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows of one kind that concern a person in one way: why they are there and who sees them.

    `whose`: paths to the member. `shows`: columns, all that are shown unless named. `rows` narrows to what the
    person may know. `hidden` says instead why none of it is shown. `private`: which of them are nobody's but the
    author's, so that they are not shown while the account's private part is shut; Q() for all.
    """

    title: str
    why: str
    whose: tuple[str, ...]
    shows: tuple[str, ...] = ()
    rows: Callable[[Any], Any] | None = None
    people: tuple[str, ...] = ()
    fetch: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-pk",)
    hidden: str = ""
    private: Q | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    model: type[Model]
    kept: tuple[Kept, ...]
    chapters: tuple[Chapter, ...]
    columns: Mapping[str, Column]

    @property
    def ends(self) -> Ends | None:
        return next((one for one in self.kept if isinstance(one, Ends)), None)

    def ending(self) -> list[str]:
        return [name for name, column in self.columns.items() if getattr(column, "ends", False)]

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.all()


DECLARED: dict[type[Model], Declared] = {}


def declare(model: type[Model], *kept: Kept, chapters: Iterable[Chapter] = (), **columns: Column) -> None:
    """Everything about one model. A name that is no column of it has to say what is shown there."""
    DECLARED[model] = Declared(model, kept, tuple(chapters), columns)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
