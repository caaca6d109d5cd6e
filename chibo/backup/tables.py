"""The rows of a database at one moment, out and in again: SQLite's own copy of the file, PostgreSQL's COPY."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Who is signed in, and who has mistyped a password: of no use on another server.
LEFT_OUT = (
    "django_session",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accesslog",
    "axes_accessfailurelog",
    "members_visit",
    "members_tries",
    "printing_order",
)
# What is made from the other tables: SQLite's copy holds it, of PostgreSQL nothing goes out; restored, it is made anew.
MADE_ANEW = "search_"
# Attached files go out one by one, as those of a folder do, and come back into whichever place is in use there.
FILES, FILES_SINCE = "chibo_keptfile", ["chibo", "0001_attached_files"]
SQLITE_FILE = "database.sqlite3"


@contextmanager
def snapshot(folder: Path) -> Iterator[Any]:
    """A connection that sees one moment, while others go on writing; SQLite's is the copy in that folder."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / SQLITE_FILE, isolation_level=None)) as copy:
            with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source:
                source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA secure_delete=ON")
            for table in set(LEFT_OUT) & set(_tables()):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608
            yield copy
        return
    own = connection.copy()
    with closing(own.get_new_connection(own.get_connection_params())) as raw:
        raw.set_session(isolation_level="REPEATABLE READ", readonly=True)
        yield raw


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def kept_tables() -> list[str]:
    left = {*LEFT_OUT, FILES}
    return [table for table in _tables() if table not in left and not table.startswith(MADE_ANEW)]


def files(raw: Any) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each attached file that is kept in the database, and how it is read."""

    def read(key: int) -> bytes:
        return bytes(ask(raw, f"SELECT data FROM {FILES} WHERE id = {key}")[0][0])  # noqa: S608

    there = ask(raw, f"SELECT id, name FROM {FILES} ORDER BY name") if FILES in _tables() else []  # noqa: S608
    for key, name in there:
        yield name, partial(read, int(key))


def without_files(raw: Any) -> None:
    """What has gone out already does not go out in SQLite's copy again."""
    if connection.vendor == "sqlite" and FILES in _tables() and ask(raw, f"SELECT 1 FROM {FILES} LIMIT 1"):  # noqa: S608
        raw.execute(f"DELETE FROM {FILES}")  # noqa: S608
        raw.execute("VACUUM")


def knows_files(made_with: list[list[str]]) -> bool:
    """Whether a backup of that program has the table for them."""
    return FILES_SINCE in made_with


def counts(raw: Any) -> dict[str, int]:
    return {table: int(ask(raw, f'SELECT count(*) FROM "{table}"')[0][0]) for table in kept_tables()}  # noqa: S608


def migrations(raw: Any) -> list[list[str]]:
    return sorted([app, name] for app, name in ask(raw, "SELECT app, name FROM django_migrations"))


def is_newer(made_with: list[list[str]]) -> bool:
    """The backup has run a migration that this program does not have: its tables are not the ones it knows."""
    known = set(MigrationLoader(None).disk_migrations)
    return any((app, name) not in known for app, name in made_with)


def heads(raw: Any) -> dict[str, str]:
    """The hash of the last link of each cell's book, by the cell's key."""
    rows = ask(raw, "SELECT cell_id, hash FROM book_link ORDER BY cell_id, number")
    return {str(cell): str(made) for cell, made in rows}


def ask(raw: Any, statement: str) -> list[tuple[Any, ...]]:
    with closing(raw.cursor()) as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def write_out(raw: Any, folder: Path) -> None:
    """PostgreSQL: one file for each table. Of SQLite the copy itself is what is kept."""
    if connection.vendor == "sqlite":
        return
    (folder / "tables").mkdir()
    with closing(raw.cursor()) as cursor:
        for table in kept_tables():
            with (folder / "tables" / f"{table}.copy").open("wb") as out:
                cursor.copy_expert(f'COPY "{table}" ({", ".join(_columns(raw, table))}) TO STDOUT', out)


def _columns(raw: Any, table: str) -> list[str]:
    """By name and in one order: a column that a migration added stands last in one database and first in another."""
    asked = (
        f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'"  # noqa: S608
    )
    return [f'"{name}"' for (name,) in sorted(ask(raw, asked))]


def is_empty() -> bool:
    """No body, no account and no file: nothing that somebody could miss."""
    there = set(_tables())
    with connection.cursor() as cursor:
        for table in {"members_organisation", "members_user", FILES} & there:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            if cursor.fetchone()[0]:
                return False
    return True


def read_in(folder: Path, expected: list[list[str]]) -> str:
    """Load what `write_out` or `snapshot` has left in the folder; a sentence where this version cannot."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        with closing(sqlite3.connect(folder / SQLITE_FILE)) as copy, closing(sqlite3.connect(name)) as target:
            copy.backup(target)
        Path(name).chmod(0o600)
        return ""
    call_command("migrate", interactive=False, verbosity=0)
    connection.ensure_connection()
    if migrations(connection.connection) != expected:
        return "Bản sao lưu do bản phần mềm khác ghi. Hãy cài đúng bản ấy, khôi phục, rồi mới nâng cấp."
    _copy_in(folder)
    return ""


def _copy_in(folder: Path) -> None:
    """In one transaction: all of it or nothing. The guards sleep meanwhile and are awake again before it ends."""
    tables = kept_tables()
    connection.set_autocommit(False)
    try:
        with closing(connection.connection.cursor()) as cursor:
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            for table in tables:
                with (folder / "tables" / f"{table}.copy").open("rb") as source:
                    columns = ", ".join(_columns(connection.connection, table))
                    cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', source)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            for statement in _sequences():
                cursor.execute(statement)
        connection.commit()
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def _sequences() -> list[str]:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return list(connection.ops.sequence_reset_sql(no_style(), models))
