"""Rows that are only ever added: the database itself refuses to change or to remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = "refuse_to_change"


def schema_of(connection: BaseDatabaseWrapper) -> str:
    """Where the tables lie on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _function(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = pg_catalog, pg_temp AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        params=None,
    )


def _forbid_emptying(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """TRUNCATE touches no row, so no trigger of a row hears of it. SQLite has no such statement."""
    _allow_emptying(schema_editor, table)
    schema_editor.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {_FUNCTION}()",
        params=None,
    )


def _allow_emptying(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}", params=None)


class AppendOnly(Operation):
    """Migration operation: no UPDATE and no DELETE of a row of this model, and no TRUNCATE of its table.

    `but` names columns that are written again all the same: sealed words, when the key is changed.
    """

    reversible = True

    def __init__(self, model: str, but: tuple[str, ...] = ()) -> None:
        self.model, self.but = model, but

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The columns stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        meta = to_state.apps.get_model(app_label, self.model)._meta
        table, kept = meta.db_table, [field.column for field in meta.concrete_fields if field.name not in self.but]
        update = f"UPDATE OF {', '.join(kept)}" if self.but else "UPDATE"
        if schema_editor.connection.vendor == "postgresql":
            _function(schema_editor)
            _forbid_emptying(schema_editor, table)
            then = f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        else:
            then = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for name, when in ((f"{table}_no_update", update), (f"{table}_no_delete", "DELETE")):
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} {then}", params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        on = ""
        if schema_editor.connection.vendor == "postgresql":
            on = f" ON {table}"
            _allow_emptying(schema_editor, table)
        for name in (f"{table}_no_update", f"{table}_no_delete"):
            schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)

    def describe(self) -> str:
        return f"Rows of {self.model} are only ever added"


class NeverEmptied(Operation):
    """No TRUNCATE either: for a table that was made append-only before `AppendOnly` said so. Harmless after it."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The columns stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            _forbid_emptying(schema_editor, to_state.apps.get_model(app_label, self.model)._meta.db_table)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            _allow_emptying(schema_editor, from_state.apps.get_model(app_label, self.model)._meta.db_table)

    def describe(self) -> str:
        return f"The table of {self.model} is never emptied"
