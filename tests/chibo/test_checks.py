"""The database must wait for the disk before it says that something is saved."""

import pytest
from django.db import connection

from chibo.checks import check_durability

WEAKEN = {
    "sqlite": ("PRAGMA synchronous=OFF", "synchronous = 0"),
    "postgresql": ("SET synchronous_commit TO off", "synchronous_commit = off"),
}


@pytest.mark.django_db
def test_the_database_in_use_waits_for_the_disk() -> None:
    assert check_durability(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_wait_for_the_disk_is_refused() -> None:
    statement, setting = WEAKEN[connection.vendor]
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        found = [(error.id, error.msg.rpartition(": ")[2]) for error in check_durability(None, ["default"])]
    finally:
        connection.close()
    assert found == [("chibo.E001", f"{setting}.")]


def test_nothing_is_asked_of_a_database_that_is_not_being_checked() -> None:
    assert check_durability(None) == []
