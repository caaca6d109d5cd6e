"""The server's own role: enough for everything that people do, too little to rewrite what is only ever added to."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

import chibo.roles
from book.models import Link
from book.verify import verify
from chibo.checks import check_role
from chibo.roles import after_migrations, append_only
from meetings.lifecycle import State
from tests.conftest import make_cast
from tests.world import make_world

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper as Settings


@pytest.mark.django_db
def test_a_meeting_is_held_and_sealed_by_a_role_that_cannot_touch_the_book(settings: Settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    settings.SERVER_ROLE = f"chibo_server_{os.getpid()}"
    with connection.cursor() as cursor:  # rolled back with the test
        cursor.execute(f"CREATE ROLE {settings.SERVER_ROLE}")
        after_migrations(None, using="default")
        assert [warning.id for warning in check_role(None, ["default"])] == ["chibo.W001"]
        cursor.execute(f"SET LOCAL ROLE {settings.SERVER_ROLE}")
        assert check_role(None, ["default"]) == []
        world = make_world(make_cast(), State.SEALED)
        assert verify(world.cast.cell).whole
        assert Link.objects.count() > 5
        for table in (model._meta.db_table for model in append_only()):
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"DROP TABLE {table}"):
                with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                    cursor.execute(statement)
        for written in ("critique_levelentry SET words = words", "shelf_quotation SET withdrawn_at = withdrawn_at"):
            cursor.execute(f"UPDATE {written}")  # destroyed when their time is over, taken off the shelf
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE critique_proceedingscopy SET body = body")  # sealed again by the owner alone
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("CREATE TEMPORARY TABLE book_link (LIKE public.book_link)")
        with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
            cursor.execute("DROP TRIGGER minutes_sealed_no_update ON meetings_minutes")


@pytest.mark.django_db
def test_rights_that_are_given_only_half_are_not_given(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    settings.SERVER_ROLE = f"chibo_half_{os.getpid()}"
    given = chibo.roles.grants
    monkeypatch.setattr(chibo.roles, "grants", lambda role: [*islice(given(role), 2), "REVOKE what nobody knows"])
    with connection.cursor() as cursor:  # rolled back with the test
        cursor.execute(f"CREATE ROLE {settings.SERVER_ROLE}")
        with pytest.raises(DatabaseError):
            after_migrations(None, using="default")
        cursor.execute("SELECT has_table_privilege(%s, 'book_link', 'DELETE')", [settings.SERVER_ROLE])
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_a_passing_table_of_the_same_name_does_not_stand_before_the_book() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's triggers look in their own database")
    make_world(make_cast(), State.SEALED)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE book_link (LIKE public.book_link)")
        with pytest.raises(DatabaseError, match="is sealed"), transaction.atomic():
            cursor.execute("UPDATE public.meetings_minutes SET document = 'x'")
        with pytest.raises(DatabaseError, match="is sealed"), transaction.atomic():
            cursor.execute("DELETE FROM public.meetings_signature")


def test_nothing_is_asked_of_a_database_that_knows_no_roles(db: None) -> None:
    if connection.vendor == "sqlite":
        assert check_role(None, ["default"]) == []
