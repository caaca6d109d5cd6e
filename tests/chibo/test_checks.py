"""The database must wait for the disk before it says that something is saved."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.checks.registry import registry
from django.db import connection
from django.db.models.signals import post_migrate

from chibo.checks import check_durability, check_role, check_ways
from chibo.roles import after_migrations

WEAKEN = {
    "sqlite": ("PRAGMA synchronous=OFF", "synchronous = 0"),
    "postgresql": ("SET synchronous_commit TO off", "synchronous_commit = off"),
}


def test_the_checks_of_the_project_are_asked_and_a_migration_gives_the_server_its_rights() -> None:
    assert {check_durability, check_role, check_ways} <= set(registry.get_checks(include_deployment_checks=True))
    heard, _ = post_migrate._live_receivers(apps.get_app_config("book"))
    assert after_migrations in heard


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


@pytest.mark.parametrize(
    ("host", "options", "warned"),
    [
        ("127.0.0.1", {}, []),
        ("/run/postgresql", {}, []),
        ("db.example", {}, ["chibo.W002"]),
        ("db.example", {"sslmode": "require"}, ["chibo.W002"]),
        ("db.example", {"sslmode": "verify-full"}, []),
    ],
)
def test_a_database_on_another_machine_proves_who_it_is(
    host: str, options: dict[str, str], warned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SimpleNamespace(vendor="postgresql", settings_dict={"HOST": host, "OPTIONS": options})
    monkeypatch.setattr("chibo.checks.connections", SimpleNamespace(all=lambda: [other]))
    assert [warning.id for warning in check_ways(None)] == warned


def test_mail_to_another_machine_is_encrypted(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "mail.example", False
    assert [warning.id for warning in check_ways(None)] == ["chibo.W003"]
    settings.EMAIL_USE_TLS = True
    assert check_ways(None) == []
