"""Plain SQL for what is asked while a row is held and everybody else who changes it waits (docs/decisions/0056).

Django would build the same statement anew each time, which takes longer than asking it; and each statement waits for a
processor on its way to the database and back, so that those that belong together travel together.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Field, Model

    Statement = tuple[str, Sequence[Any]]


def row_of(*statements: Statement) -> Any:
    """Run these in their order; the first row of the last one, as its columns, or None.

    Each sees what the one before it has done, and what others have stored by then.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # another process, perhaps another machine
            cursor.execute(
                "; ".join([sql for sql, _ in statements]), [one for _, values in statements for one in values]
            )
        else:
            for sql, values in statements:
                cursor.execute(sql, values)
        return cursor.fetchone() if cursor.description else None


def put_in(row: Model, *beside: Statement) -> None:
    """Put a new row in, after what is written beside it.

    Nobody is told as of `save()`, so it is for tables that nothing follows: events, and what goes with the evening.
    """
    sql, fields = _insert(type(row))
    row.pk = row_of(*beside, (sql, [_stored(row, field, add=True) for field in fields]))[0]
    row._state.adding, row._state.db = False, connection.alias


def written(row: Model, *names: str) -> Statement:
    """What writes these columns of a row that is there; nobody is told of it either."""
    fields: list[Field[Any, Any]] = [row._meta.get_field(name) for name in names]  # type: ignore[misc]
    columns = ", ".join([f"{_column(field)} = %s" for field in fields])
    values = [_stored(row, field, add=False) for field in fields]
    return f"UPDATE {table(type(row))} SET {columns} WHERE id = %s", [*values, row.pk]  # noqa: S608 (names of ours)


def table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


@cache
def _insert(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join([_column(field) for field in fields])
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table(model)} ({columns}) VALUES ({places}) RETURNING id", fields  # noqa: S608 (names of ours)


def _column(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(field.attname)  # which is what the column of a table of ours is called


def _stored(row: Model, field: Field[Any, Any], *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add), connection)
