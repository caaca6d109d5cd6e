"""Rows that many tests start from: built once in a process, then put back from memory in a few milliseconds.

The first test that asks has them built through the actions that people use; what that left in the tables and on the
disk is remembered as a difference, and every later test gets the same rows and objects of its own. Differences follow
one upon another (the cast, then a meeting of theirs). A test that has written anything itself before it asks has
everything built anew, so nothing is ever put on top of rows that it was not made for. Workers of one run share what
one of them has built.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import pickle
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Model

CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE")
Rows = dict[Any, tuple[Any, ...]]  # by primary key
Statement = tuple[str, list[tuple[Any, ...]]]  # and what is to be filled in, once for each tuple


@dataclass
class Table:
    """One table as the database itself knows it, without the model's way of reading values."""

    name: str
    columns: list[str]
    key: int  # the position of the primary key

    @classmethod
    def of(cls, model: type[Model]) -> Table:
        columns = [found.column for found in model._meta.local_concrete_fields]
        assert model._meta.pk is not None
        return cls(model._meta.db_table, columns, columns.index(model._meta.pk.column))

    def rows(self, cursor: Any) -> Rows:
        # a plus sign before a column keeps SQLite's driver from converting what it reads
        sign = "+" if connection.vendor == "sqlite" else ""
        columns = ", ".join(f'{sign}"{column}"' for column in self.columns)
        cursor.execute(f"SELECT {columns} FROM {self.name}")
        return {row[self.key]: tuple(map(_plain, row)) for row in cursor.fetchall()}

    def insert(self, mark: str) -> str:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f"INSERT INTO {self.name} ({columns}) VALUES ({', '.join([mark] * len(self.columns))})"

    def update(self, mark: str) -> str:
        columns = ", ".join(f'"{column}" = {mark}' for column in self.columns)
        return f'UPDATE {self.name} SET {columns} WHERE "{self.columns[self.key]}" = {mark}'

    def delete(self, mark: str) -> str:
        return f'DELETE FROM {self.name} WHERE "{self.columns[self.key]}" = {mark}'


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def rows_of(models: Iterable[type[Model]]) -> dict[str, Rows]:
    """Every row of their tables, by table, as the database keeps it."""
    connection.ensure_connection()
    with closing(connection.connection.cursor()) as cursor:
        return {table.name: table.rows(cursor) for table in map(Table.of, models)}


def _files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@dataclass
class Difference:
    """What building left behind: statements for the database, files, and the object that the test works with."""

    result: bytes
    files: dict[str, bytes]
    statements: list[Statement] = field(default_factory=list)
    script: bytes = b""  # PostgreSQL: all of it in one go
    mark: str = field(default_factory=lambda: uuid4().hex)  # what is built on top is built on this very one

    def put_back(self) -> Any:
        # in one transaction, so that the order of rows that point at each other does not matter
        with transaction.atomic(), closing(connection.connection.cursor()) as cursor:
            if self.script:
                cursor.execute(self.script)
            for statement, rows in () if self.script else self.statements:
                cursor.executemany(statement, rows)
        for name, content in self.files.items():
            path = Path(settings.MEDIA_ROOT) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return pickle.loads(self.result)


def _difference(before: dict[str, Rows], after: dict[str, Rows]) -> list[Statement]:
    mark = "%s" if connection.vendor == "postgresql" else "?"
    found = []
    for table in map(Table.of, _models()):
        old, new = before[table.name], after[table.name]
        added = [row for key, row in new.items() if key not in old]
        changed = [(*row, key) for key, row in new.items() if key in old and old[key] != row]
        gone = [(key,) for key in old if key not in new]
        found += [(table.insert(mark), added), (table.update(mark), changed), (table.delete(mark), gone)]
    return [(statement, rows) for statement, rows in found if rows]


def _script(statements: list[Statement]) -> bytes:
    """The same as one text. Later ids continue behind these by themselves: a sequence is never rolled back."""
    found = []
    with closing(connection.connection.cursor()) as cursor:
        for statement, rows in statements:
            insert, values, one = statement.partition(" VALUES ")
            if values:
                found.append(f"{insert} VALUES ".encode() + b",".join(cursor.mogrify(one, row) for row in rows))
            else:
                found += [cursor.mogrify(statement, row) for row in rows]
    return b";\n".join(found)


_known: dict[tuple[str, ...], Difference] = {}
shared: Path | None = None  # a folder of this run, where it has several workers


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One worker at a time, so that the others find what it has built."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ids_go_on() -> None:
    """PostgreSQL: ids that another worker gave are taken here as well."""
    with connection.cursor() as cursor:
        cursor.execute(_setting_of_ids())


@cache
def _setting_of_ids() -> str:
    """One statement for all tables: each of ninety round trips costs as much as its answer."""
    tables, found = [*map(Table.of, _models())], []
    with connection.cursor() as cursor:
        asked = ", ".join(f"pg_get_serial_sequence('{one.name}', '{one.columns[one.key]}')" for one in tables)
        cursor.execute(f"SELECT {asked}")
        for table, sequence in zip(tables, cursor.fetchone(), strict=True):
            if sequence is not None:
                newest = f'(SELECT MAX("{table.columns[table.key]}") FROM {table.name})'
                found.append(f"setval('{sequence}', GREATEST({newest}, (SELECT last_value FROM {sequence})))")
    return f"SELECT {', '.join(found)}"


def built_once(build: Callable[..., Any]) -> Any:
    """In place of `@pytest.fixture`: what it builds through actions is built once (`Shelf`).

    Whoever asks gets objects of their own; those that the fixture itself was given do not know what was done to them.
    """
    plain = inspect.signature(build)

    @wraps(build)
    def found(once: Shelf, **given: Any) -> Any:
        return once.get(f"{build.__module__}.{build.__name__}", lambda: build(**given))

    asks = inspect.Parameter("once", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    found.__signature__ = plain.replace(parameters=[*plain.parameters.values(), asks])  # type: ignore[attr-defined]
    return pytest.fixture(found)


class Shelf:
    """What one test has taken so far, and whether it has written anything of its own in between."""

    def __init__(self) -> None:
        self.taken: tuple[str, ...] = ()
        self.touched = False
        self.building = False

    def listen(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.building and sql.lstrip()[:8].upper().startswith(CHANGES):
            self.touched = True
        return execute(sql, params, many, context)

    def get(self, name: str, build: Callable[[], Any]) -> Any:
        """`build()` and its rows; `name` says what it builds, and is the same only for the same rows."""
        if self.touched or self.building:
            return build()
        path = (*self.taken, name)
        found = _known[path].put_back() if path in _known else self._once(path, build)
        self.taken = path
        return found

    def _once(self, path: tuple[str, ...], build: Callable[[], Any]) -> Any:
        """Built here, or by the worker that was first."""
        if shared is None:
            return self._build(path, build)
        below = _known[self.taken].mark if self.taken else ""
        place = shared / hashlib.sha256(repr((path, below)).encode()).hexdigest()
        with _alone(place):
            if not place.exists():
                built = self._build(path, build)
                place.write_bytes(pickle.dumps(_known[path]))
                return built
        _known[path] = pickle.loads(place.read_bytes())
        found = _known[path].put_back()
        if connection.vendor == "postgresql":
            _ids_go_on()
        return found

    def _build(self, path: tuple[str, ...], build: Callable[[], Any]) -> Any:
        before, files = rows_of(_models()), _files()
        self.building = True
        try:
            result = build()
        finally:
            self.building = False
        statements = _difference(before, rows_of(_models()))
        new_files = {name: content for name, content in _files().items() if name not in files}
        difference = Difference(pickle.dumps(result), new_files, statements)
        if connection.vendor == "postgresql":
            difference.script = _script(statements)
        _known[path] = difference
        return pickle.loads(difference.result)
