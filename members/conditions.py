"""Conditions of the table of who may know: each is said once, and asks the database or a row that is at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = Q(pk__in=[])
_MISSING = object()


def value_at(row: Any, path: str) -> Any:
    """What stands at the end of this path, None where the way ends before. A link gives the key, and asks nothing."""
    *way, last = path.split("__")
    for name in way:
        row = getattr(row, name, None)
        if row is None:
            return None
    key = getattr(row, f"{last}_id", _MISSING)
    return getattr(row, last, None) if key is _MISSING else key


def through(owner: str, path: str) -> str:
    return f"{owner}__{path}" if path else owner


class Condition(Protocol):
    """Said once: `q()` asks the database, `holds()` a row that is at hand."""

    @property
    def words(self) -> str: ...
    def q(self) -> Q: ...
    def holds(self, row: Any) -> bool: ...
    def of(self, owner: str) -> Condition:
        """The same, asked of what belongs to such a row."""

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The columns that it looks at, each with the values that it knows of."""


@dataclass(frozen=True)
class Is:
    """A column has one of these values."""

    path: str
    values: tuple[str, ...]
    words: str

    def q(self) -> Q:
        return Q(**{f"{self.path}__in": self.values})

    def holds(self, row: Any) -> bool:
        return value_at(row, self.path) in self.values

    def of(self, owner: str) -> Condition:
        return replace(self, path=through(owner, self.path))

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return [(self.path, self.values)]


@dataclass(frozen=True)
class Since:
    """From the moment on that this column tells."""

    path: str
    words: str

    def q(self) -> Q:
        return Q(**{f"{self.path}__isnull": False})

    def holds(self, row: Any) -> bool:
        return value_at(row, self.path) is not None

    def of(self, owner: str) -> Condition:
        return replace(self, path=through(owner, self.path))

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return [(self.path, ())]


@dataclass(frozen=True)
class Not:
    other: Condition
    words: str

    def q(self) -> Q:
        return ~self.other.q()

    def holds(self, row: Any) -> bool:
        return not self.other.holds(row)

    def of(self, owner: str) -> Condition:
        return replace(self, other=self.other.of(owner))

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return self.other.paths()


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]

    @property
    def words(self) -> str:
        return ", ".join(part.words for part in self.parts)

    def q(self) -> Q:
        return Q(*(part.q() for part in self.parts))

    def holds(self, row: Any) -> bool:
        return all(part.holds(row) for part in self.parts)

    def of(self, owner: str) -> Condition:
        return All(tuple(part.of(owner) for part in self.parts))

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return [found for part in self.parts for found in part.paths()]


@dataclass(frozen=True)
class Never:
    words: str = "không bao giờ"

    def q(self) -> Q:
        return NOBODY

    def holds(self, row: Any) -> bool:
        return False

    def of(self, owner: str) -> Condition:
        return self

    def paths(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return []


ALWAYS: Condition = All(())
NEVER: Condition = Never()


def both(*parts: Condition) -> Condition:
    """All of them, as short as it can be said."""
    told = tuple(part for part in parts if part != ALWAYS)
    if NEVER in told:
        return NEVER
    return told[0] if len(told) == 1 else All(told)
