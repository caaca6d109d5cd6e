"""WHAT IS FOUND BY WORDS: one line for each kind of passage, said by the app that owns the rows.

Keeping the passages, judging who may find one, and saying where it stands read the same line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import TextChoices

from members.conditions import value_at
from members.known import known
from members.names import folded
from members.policy import allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet

    from members.models import User
    from members.roles import Role

UNDATED = date.max  # what has no day, a name, comes before what has one
MAKING = 3  # counted up when passages are made otherwise from the same columns: old databases make theirs anew


class Group(TextChoices):
    PEOPLE = "dong-chi", "Đồng chí"
    MEETINGS = "buoi-hop", "Buổi họp, chương trình"
    MINUTES = "bien-ban", "Biên bản"
    DECISIONS = "quyet-nghi", "Nghị quyết, quyết nghị"
    TASKS = "nhiem-vu", "Nhiệm vụ"
    DOCUMENTS = "van-ban", "Chuyên đề, văn bản"


@dataclass(frozen=True, slots=True)
class Searched:
    """`reads`: the columns, also of other rows, that `words` and `day` look at; a change of one makes the passage anew.

    `called`: what its kind is called; found like its words, but no excerpt shows it.

    `right`: what the page asks for on which it stands; `only`: which rows that page shows at all. `opens` and `about`
    say where it is, of rows read with `beside`. `settled`: whether its words stand; what is still being typed is kept
    nowhere twice, so that words typed over are gone. `settled_by`: the columns that this looks at. `awaits`: a column
    and the value, never left again, before which there is no passage at all. `meeting`: the path to the meeting whose
    day it bears, "pk" for the meeting itself; where there is none, `day` says it.
    """

    name: str
    group: Group
    label: str
    model: str
    right: str
    reads: tuple[str, ...]
    words: Callable[[Any], Iterable[str]]
    opens: Callable[[Any, User], str]
    about: Callable[[Any], str]
    called: Callable[[Any], str] = lambda row: ""
    only: Callable[[Any], Any] = lambda rows: rows
    day: Callable[[Any], date] = lambda row: UNDATED
    meeting: str = ""
    beside: tuple[str, ...] = ()
    settled: Callable[[Any], bool] = lambda row: True
    settled_by: tuple[str, ...] = ()
    awaits: tuple[str, str] | None = None

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def looked_at(self) -> tuple[str, ...]:
        """Every path, with those of the meeting's day and of the cell."""
        of_meeting = "" if self.meeting == "pk" else f"{self.meeting}__"
        dated = tuple(f"{of_meeting}{name}" for name in ("starts_at", "opened_at")) if self.meeting else ()
        cell = known(self.model).cell
        return (*self.reads, *self.settled_by, *(self.awaits or ())[:1], *dated, *((cell,) if cell else ()))

    def stands(self, row: Any) -> bool:
        """Whether its words are kept: what is awaited has come, and they are settled."""
        come = self.awaits is None or value_at(row, self.awaits[0]) == self.awaits[1]
        return come and self.settled(row)

    def joined(self) -> list[str]:
        return sorted({path.rpartition("__")[0] for path in self.looked_at if "__" in path})

    def rows(self) -> QuerySet[Any]:
        """Whoever may see them: for keeping, not for showing."""
        return self.table._base_manager.select_related(*self.joined())

    def shown(self) -> QuerySet[Any]:
        return self.table._base_manager.select_related(*self.beside)

    def open_to(self, user: User) -> QuerySet[Any]:
        """The rows that this account may open at this moment."""
        rows: Any = self.table._default_manager
        return self.only(rows.allowing(user, self.right).order_by())

    def open_among(self, user: User, keys: Iterable[int]) -> set[int]:
        return {*self.open_to(user).filter(pk__in=keys).values_list("pk", flat=True)}

    def readers(self, user: User) -> set[Role]:
        """The roles through which this account may open such a row, if it has them."""
        return known(self.model).possible & allowed(self.right, user)

    def text(self, row: Any) -> str:
        """Its own words, of which an excerpt is shown."""
        return "\n".join(part.strip() for part in self.words(row) if part and part.strip())

    def made_of(self, row: Any) -> dict[str, Any]:
        """What is kept of this row; its words are empty where there is nothing to find."""
        meeting = self._meeting_of(row)
        return {
            "kind": self.name,
            "thing_pk": row.pk,
            "cell_id": value_at(row, known(self.model).cell or "pk"),
            "day": meeting.day if meeting is not None else self.day(row),
            "words": folded(f"{self.text(row)}\n{self.called(row)}") if self.stands(row) else "",
        }

    def _meeting_of(self, row: Any) -> Any:
        for name in self.meeting.split("__") if self.meeting not in ("", "pk") else ():
            row = getattr(row, name)
        return row if self.meeting else None


SEARCHED: dict[str, Searched] = {}  # `join()` of search/keeping.py


def kinds_of(group: str) -> list[Searched]:
    """`group`: "" for all of them."""
    return [kind for kind in SEARCHED.values() if group in ("", kind.group)]


def shape() -> str:
    """Of the table as it stands: another one wants other passages."""
    lines = sorted((kind.name, kind.model, *kind.looked_at) for kind in SEARCHED.values())
    return hashlib.sha256(repr((MAKING, lines)).encode()).hexdigest()
