"""What is only ever added: the database itself refuses to change, to remove, or to empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from members.models import Event

if TYPE_CHECKING:
    from tests.conftest import Cast


def test_an_event_is_neither_changed_nor_removed(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(what="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def test_no_table_of_what_is_only_added_is_emptied(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL empties a table without asking its rows")
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    assert "members_event" in tables
    for table in tables:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
