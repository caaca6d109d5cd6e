"""Questions to the database whose SQL is built once: what pages ask again and again, each time with other values.

Django builds the SQL of a question anew at each request, and takes longer for it than the database for the answer. An
`Asked` keeps the SQL and nothing else: every answer is fetched, and every value is given by whoever asks.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, Q

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

Found = TypeVar("Found")
_AS_TEXT = re.compile(r"\d{4}-\d\d-\d\d")  # a day or a moment, as SQLite is given them


class Asked(Generic[Found]):
    """`REMARKS = Asked(lambda meeting: Remark.objects.filter(meeting=meeting))`, asked by `REMARKS(meeting.pk)`.

    Given are keys and other plain values, lists of them for `__in`, and conditions (`Q`). The function is called once,
    with marks instead of values, and once more for lists of another size and conditions of another form. So it decides
    nothing by a value, and brings none along: a moment that is not given would stay as it was the first time, and is
    refused.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Found]]) -> None:
        if rows.__closure__:
            raise TypeError("What a question is asked with is given each time.")
        self.rows = rows
        self._built: dict[Hashable, _Built | None] = {}

    def __call__(self, *given: Any, **known: Any) -> list[Found]:
        """`known`: what every row belongs to, where it is at hand: it stands in the rows, and is not asked for."""
        values: list[Any] = []
        forms = tuple([_form(one, values) for one in given])
        if forms not in self._built:
            self._built[forms] = self._build(forms)
        built = self._built[forms]
        found = [] if built is None else built.ask(values)
        for name, owner in known.items():
            for row in found:
                setattr(row, name, owner)
        return found

    def _build(self, forms: tuple[Any, ...]) -> _Built | None:
        """None where nothing can be found, because a list is empty."""
        places = iter(range(1_000_000))
        rows = self.rows(*[_marked(form, places) for form in forms])
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        if any(isinstance(one, date) or (isinstance(one, str) and _AS_TEXT.match(one)) for one in params):
            raise TypeError("A moment that is not given would stay as it was the first time.")
        compiler.connection = None  # of the thread that was first; kept here, it would outlive its thread
        return _Built(rows, compiler, sql, tuple(params))


@dataclass(frozen=True, slots=True)
class _Built:
    """`params`: what stands in the SQL, with marks where values are given."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def ask(self, values: list[Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        adapt = connection.ops.adapt_unknown_value
        params = tuple([adapt(values[one.place]) if isinstance(one, _Mark) else one for one in self.params])
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Stands among the parameters where a value will be given: which one."""

    place: int

    def __str__(self) -> str:
        """What Django makes of the text of a value (`__iexact` on SQLite) would be said of this mark, for good."""
        raise TypeError("This condition is written into the SQL with its value.")


class _Given(Expression):
    """Stands in a question where a value will be given, or a list of values."""

    def __init__(self, places: tuple[int, ...]) -> None:
        super().__init__()
        self.places = places

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.places:
            raise EmptyResultSet
        return f"({', '.join(['%s'] * len(self.places))})", [_Mark(place) for place in self.places]


@dataclass(frozen=True, slots=True)
class _Values:
    """The form of a value, or of a list of so many."""

    size: int


_ONE = _Values(1)


def _form(given: Any, values: list[Any]) -> Any:
    """What is given, without its values, which are appended.

    A list is filled up with its last value to 1, 2, 4, 8 …, so that there are few forms. None is in no list, as Django
    has it: nothing at all would be outside of one with it.
    """
    if isinstance(given, Q):
        return given.connector, given.negated, tuple([_part(one, values) for one in given.children])
    if given is None or isinstance(given, bool):  # SQL says it in other words than a value
        return given
    if isinstance(given, (list, tuple, set, frozenset)):
        several = [one for one in given if one is not None]
        size = 1 << (len(several) - 1).bit_length() if several else 0
        values += several + several[-1:] * (size - len(several))
        return _Values(size)
    if isinstance(given, Model) or hasattr(given, "resolve_expression"):
        raise TypeError("A question is asked with plain values.")
    values.append(given)
    return _ONE


def _part(child: Any, values: list[Any]) -> Any:
    return _form(child, values) if isinstance(child, Q) else (child[0], _form(child[1], values))


def _marked(form: Any, places: Iterator[int]) -> Any:
    """The same as was given, with marks instead of the values."""
    if isinstance(form, _Values):
        return _Given(tuple([next(places) for _ in range(form.size)]))
    if not isinstance(form, tuple):
        return form
    connector, negated, children = form
    parts = [_marked(one, places) if len(one) == 3 else (one[0], _marked(one[1], places)) for one in children]
    return Q(*parts, _connector=connector, _negated=negated)


def remember(owner: Model, name: str, rows: list[Any]) -> None:
    """`owner.<name>.all()` gives these rows and asks no more, as after `prefetch_related`."""
    kept = getattr(owner, name).all()
    kept._result_cache = rows
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept


def is_remembered(owner: Model, name: str) -> bool:
    return name in owner.__dict__.get("_prefetched_objects_cache", ())
