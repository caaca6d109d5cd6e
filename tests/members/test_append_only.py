"""What is only ever added: the database itself refuses to change, to remove, or to empty it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from errands import actions as errands
from errands.models import Report
from members.models import Event
from tests.factories import NOW
from tests.world_shelf import keep_errand

if TYPE_CHECKING:
    from tests.conftest import Cast

PROMISE = re.compile(r"(?i)append-only|never changed|only ever added")


def test_an_event_is_neither_changed_nor_removed(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(what="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def guards() -> set[str]:
    said = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        said = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(said)
        return {name for (name,) in cursor.fetchall()}


def test_whatever_is_said_to_be_never_changed_is_kept_so_by_the_database(db: None) -> None:
    """A model says so beside its columns, the program to the server's role, a trigger for each way to every hand."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    promised = {name for name, model in tables.items() if PROMISE.search(model.__doc__ or "")}
    marked = {name for name, model in tables.items() if getattr(model, "APPEND_ONLY", False)}
    there = guards()
    ways = ("_no_update", "_no_delete")
    guarded = {name for name in tables if {f"{name}{way}" for way in ways} & there}
    assert promised - marked == set()
    assert marked == guarded == {name for name in tables if {f"{name}{way}" for way in ways} <= there}


def test_what_a_cell_said_about_an_errand_is_neither_changed_nor_removed(cast: Cast) -> None:
    charge = keep_errand(cast.ward, cast.phuc, NOW).charges.get(cell=cast.cell)
    errands.report(charge, state="going", words="Đang làm.", by=cast.account(cast.lan), at=NOW)
    for rewrite in (lambda rows: rows.update(words="Đã xong."), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rewrite(Report.objects.all())


def test_no_table_of_what_is_only_added_is_emptied(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL empties a table without asking its rows")
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    assert "members_event" in tables
    for table in tables:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
