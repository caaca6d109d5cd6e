"""WHAT THE BOOK PROVES: one line for each kind of thing that is sealed, said by the app that seals it.

Writing a link, verifying it and the guard of the database read the same line. A line never changes once there are
links of its kind: another shape is another kind, with a name of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Opens:
    """The right, the name of the address and the row's column that it takes."""

    right: str
    view: str
    by: str = "pk"


@dataclass(frozen=True, slots=True)
class InYear:
    """`day`: the column, of the row or beyond, that says in which year's book the paper stands and where; `group`: what
    it stands together with on that day.
    """

    day: str
    group: str


@dataclass(frozen=True, slots=True)
class Kind:
    """`columns`: what a link of this kind proves of its row, as stored; `text`: the sealed paper among it, which counts
    by its SHA-256. `sealed`: which rows must stand in the book; none where only some do, as a number does with its
    minutes. `closed`: the text is encrypted in the database, which therefore cannot guard it itself; the book does.
    `about`: what a row is called that is no paper, or a closed one; `opens`: where it is shown, if anywhere, read
    together with `beside`. `year`: where the paper stands in the year's book, which holds none of the others.
    """

    name: str
    label: str  # in the words of the book's page
    model: str
    columns: tuple[str, ...]
    text: str = ""
    sealed: Q | None = None
    closed: bool = False
    about: Callable[[Any], str] | None = None
    opens: Opens | None = None
    beside: tuple[str, ...] = ()
    year: InYear | None = None

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def digest(self, row: Any, *, text_hash: str | None = None) -> str:
        """SHA-256 over the row's columns as they are stored. `text_hash`: instead of the paper's own."""
        values: dict[str, Any] = {name: _plain(_stored(row, name)) for name in self.columns}
        if self.text:
            values[self.text] = text_hash if text_hash is not None else sha256(self.text_of(row))
        line = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(f"{self.name}\n{line}")

    def text_of(self, row: Any) -> str:
        return str(getattr(row, self.text))

    def guarded(self) -> tuple[str, ...]:
        """The columns that the database itself keeps from being changed."""
        return self.columns if self.closed or not self.text else (*self.columns, self.text)


KINDS: dict[str, Kind] = {}


def join(*kinds: Kind) -> None:
    KINDS.update({kind.name: kind for kind in kinds})


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _stored(row: Any, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)


def _plain(value: Any) -> Any:
    """The same for SQLite and PostgreSQL, and whatever clock the server goes by."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
