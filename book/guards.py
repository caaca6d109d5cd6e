"""What stands in the book no longer changes: the database itself refuses, whoever asks, by a trigger for each kind.

Put down before migrations and up again after them, from the table of kinds as it is then: SQLite loses the triggers
of a table that a migration makes anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from book.kinds import KINDS
from book.models import Link
from members.append_only import schema_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from book.kinds import Kind

_FUNCTION = "refuse_what_is_sealed"


def put_up(connection: BaseDatabaseWrapper) -> None:
    tables = {*connection.introspection.table_names()}
    for kind in KINDS.values():
        if {kind.table._meta.db_table, Link._meta.db_table} <= tables:
            _run(connection, [*_down(connection, kind), *_up(connection, kind)])


def put_down(connection: BaseDatabaseWrapper) -> None:
    for kind in KINDS.values():
        _run(connection, _down(connection, kind))


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _names(kind: Kind) -> tuple[str, str]:
    return f"{kind.name}_sealed_no_update", f"{kind.name}_sealed_no_delete"


def _down(connection: BaseDatabaseWrapper, kind: Kind) -> list[str]:
    on = f" ON {kind.table._meta.db_table}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in _names(kind)]


def _up(connection: BaseDatabaseWrapper, kind: Kind) -> list[str]:
    """Saved again with the same values a row may be."""
    table, link = kind.table._meta.db_table, Link._meta.db_table
    named = {field.name: field.column for field in kind.table._meta.concrete_fields}
    pk, columns = named["id"], [named[name] for name in kind.guarded()]
    linked = f"EXISTS (SELECT 1 FROM {link} WHERE kind = '{kind.name}' AND thing_pk = OLD.{pk})"  # noqa: S608
    if connection.vendor == "postgresql":
        other = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in (pk, *columns))
        then = f"EXECUTE FUNCTION {_FUNCTION}('{kind.name}')"
        update, delete = f"FOR EACH ROW WHEN ({other}) {then}", f"FOR EACH ROW {then}"
        before = [_function(schema_of(connection), link)]
    else:
        other = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in (pk, *columns))
        then = f"BEGIN SELECT RAISE(ABORT, '{table} is sealed'); END"
        update, delete = f"WHEN ({other}) AND {linked} {then}", f"WHEN {linked} {then}"
        before = []
    no_update, no_delete = _names(kind)
    return [
        *before,
        f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table} {update}",
        f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} {delete}",
    ]


def _function(schema: str, link: str) -> str:
    """The book that counts is the one in its own schema: a passing table of its name stands before it otherwise."""
    linked = f'EXISTS (SELECT 1 FROM "{schema}".{link} WHERE kind = TG_ARGV[0] AND thing_pk = OLD.id)'  # noqa: S608
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        f'SET search_path = pg_catalog, "{schema}", pg_temp AS $$ BEGIN '
        f"IF {linked} THEN RAISE EXCEPTION '% is sealed', TG_TABLE_NAME; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def before_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    put_down(connections[using])


def after_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    put_up(connections[using])
