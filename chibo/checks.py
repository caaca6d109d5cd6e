"""Refuses to start on a database that could lose what it has acknowledged; warns where the server may do too much."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Advice
from django.db import connections

# Of PostgreSQL's values for synchronous_commit, those that wait for the disk.
DURABLE_COMMIT = {"on", "local", "remote_write", "remote_apply"}
# SQLite answers PRAGMA synchronous with a number: 2 is FULL, 3 is EXTRA.
SQLITE_FULL = 2


@register(Tags.database)
def check_durability(app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `migrate` and with `check --database default`."""
    return [message for alias in databases or [] for message in weak_spots(alias)]


def weak_spots(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        names = ["fsync", "full_page_writes", "synchronous_commit"]
        found = {name: _read(alias, f"SHOW {name}") for name in names}
        fine = {name: {"on"} for name in names} | {"synchronous_commit": DURABLE_COMMIT}
        weak = [f"{name} = {value}" for name, value in found.items() if value not in fine[name]]
    else:
        level = int(_read(alias, "PRAGMA synchronous"))
        weak = [] if level >= SQLITE_FULL else [f"synchronous = {level}"]
    return [
        Error(
            f"The database may lose what it has acknowledged when the power fails: {setting}.",
            hint="Set it back to the database's safe default.",
            id="chibo.E001",
        )
        for setting in weak
    ]


@register(Tags.database, deploy=True)
def check_role(app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `check --deploy --database default`: an owner can drop what keeps rows from changing."""
    owned = [alias for alias in databases or [] if owns_tables(alias)]
    return [
        Advice(
            "The server's role of PostgreSQL owns the tables, so that it could take away what guards sealed minutes.",
            hint="Let DATABASE_OWNER_URL name the owner and DATABASE_URL another role (README, “Two roles”).",
            id="chibo.W001",
        )
        for _ in owned
    ]


@register(deploy=True)
def check_ways(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Runs with `check --deploy`: what goes to another machine goes encrypted, to the machine that it should be."""
    found: list[CheckMessage] = []
    for connection in connections.all():
        told, mode = connection.settings_dict, connection.settings_dict.get("OPTIONS", {}).get("sslmode")
        if connection.vendor == "postgresql" and _is_elsewhere(told["HOST"]) and mode != "verify-full":
            hint = "Add ?sslmode=verify-full (and &sslrootcert=…) to DATABASE_URL and DATABASE_OWNER_URL."
            found.append(
                Advice("PostgreSQL on another machine is asked without proof of who it is.", hint, id="chibo.W002")
            )
    if _is_elsewhere(settings.EMAIL_HOST) and not settings.EMAIL_USE_TLS:
        found.append(Advice("Mail goes to another machine unencrypted.", "Leave CHIBO_EMAIL_TLS on.", id="chibo.W003"))
    return found


def _is_elsewhere(host: str) -> bool:
    return bool(host) and not host.startswith("/") and host not in {"localhost", "127.0.0.1", "::1"}


def owns_tables(alias: str) -> bool:
    if connections[alias].vendor != "postgresql":
        return False
    asked = "SELECT count(*) FROM pg_tables WHERE tablename = 'book_link' AND pg_has_role(tableowner, 'MEMBER')"
    return _read(alias, asked) != "0"


def _read(alias: str, statement: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return str(row[0])
