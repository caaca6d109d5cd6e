"""Many rows into a table at once: COPY on PostgreSQL, many at a time on SQLite. Nobody is told of them.

Keys are given here, so that rows of several tables can be made before any of them is stored. What is not named of a
row is what its model says of a new one.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field, Model

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = "\\N"


class Table:
    """`columns` as Django names them in a row (`cell_id`); the values of a row come in their order."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.rows = model, list[tuple[Any, ...]]()
        self.next = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        by_name: dict[str, Field[Any, Any]] = {field.attname: field for field in model._meta.concrete_fields}
        own = model._meta.pk.attname
        said = [by_name[name] for name in (own, *columns)]
        others = {field: field.get_default() for field in by_name.values() if field not in said}
        usual = {field: value for field, value in others.items() if value is not None}
        self.fields, self.usual = [*said, *usual], tuple(usual.values())

    def add(self, *values: Any) -> int:
        """The key that the row will have."""
        key = self.next
        self.next += 1
        self.rows.append((key, *values))
        return key

    def write(self) -> int:
        """Store what was added since the last time; how many rows."""
        rows, self.rows = self.rows, []
        if rows:
            (self._copy if connection.vendor == "postgresql" else self._insert)(rows)
        return len(rows)

    def _copy(self, rows: list[tuple[Any, ...]]) -> None:
        usual = "".join(f"\t{_text(value)}" for value in self.usual)
        lines = "".join("\t".join(map(_text, row)) + f"{usual}\n" for row in rows)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self._named()} FROM STDIN", StringIO(lines))

    def _insert(self, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * len(self.fields))
        ready = [[*map(_prepared, self.fields, (*row, *self.usual))] for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self._named()} VALUES ({marks})", ready)  # noqa: S608 (names of ours)

    def _named(self) -> str:
        quote = connection.ops.quote_name
        return f"{quote(self.model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in self.fields)})"


def count_on(tables: Iterable[Table]) -> None:
    """The database goes on counting after the keys that were given here."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _text(value: Any) -> str:
    """As COPY reads it."""
    if isinstance(value, str):
        return value.translate(_ESCAPED)
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED) if isinstance(value, list | dict) else str(value)


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
