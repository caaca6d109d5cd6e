"""After a test that stores what it does the database is as before: what has rows is emptied, or a copy put back."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.test import TransactionTestCase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BORN_WITH_IT = {"django_migrations", "django_content_type", "auth_permission"}


def emptied_quickly(flush: Callable[[TransactionTestCase], None]) -> Iterator[None]:
    """Django's own flush empties every table there is and then makes all permissions anew; it stays where neither
    of the quick ways is open."""
    way = {"sqlite": _put_back_a_copy, "postgresql": _delete_what_there_is}.get(connection.vendor)
    quick = way() if way else None
    if quick is not None:
        TransactionTestCase._fixture_teardown = lambda _: quick()
    yield
    TransactionTestCase._fixture_teardown = flush


def _put_back_a_copy() -> Callable[[], None] | None:
    connection.ensure_connection()
    clean = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(clean)
    connection.close()

    def put_back() -> None:
        connection.ensure_connection()
        clean.backup(connection.connection)

    return put_back


def _delete_what_there_is() -> Callable[[], None] | None:
    """As a replica the server asks neither foreign keys nor the guards of what is only ever added to."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() != ("on",):
            return None
    tables = sorted(set(connection.introspection.table_names()) - BORN_WITH_IT)
    with_rows = " UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables)

    def delete() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(with_rows)
            doomed = "".join(f'DELETE FROM "{table}";' for (table,) in cursor.fetchall())
            cursor.execute(f"SET LOCAL session_replication_role = replica; {doomed}")

    return delete
