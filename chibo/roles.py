"""What the server's own role of PostgreSQL may do: read and write rows, and only add to what is only ever added to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.utils import DatabaseError

from critique.sealing.fields import EncryptedJSON
from members.declare import DECLARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model


def append_only() -> list[type[Model]]:
    """The models whose rows are only ever added, in the order of their tables."""
    kept = (model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False))
    return sorted(kept, key=lambda model: model._meta.db_table)


def _written_again(model: type[Model]) -> list[str]:
    """The columns of such a row that people have changed all the same: when a passage is taken off the shelf, when two
    of them destroy what has had its time. Sealing again with another key is the owner's.
    """
    ending = DECLARED[model].ending() if model in DECLARED else ()
    named = getattr(model, "APPEND_ONLY_BUT", ())
    fields: list[Any] = [field for field in model._meta.concrete_fields if field.name in named]
    return [field.column for field in fields if field.name in ending or not isinstance(field, EncryptedJSON)]


def grants(role: str) -> Iterator[str]:
    """Rewriting an append-only row is refused by its trigger as well; without the right nobody gets that far."""
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for model in append_only():
        table = model._meta.db_table
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
        if columns := _written_again(model):
            yield f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"


def no_passing_tables(database: str) -> str:
    """Nobody makes tables that stand for a while before those of the book. Only the database's owner can say so."""
    return f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"


def after_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    """The owner has just changed the tables: whoever serves gets what it needs of the new ones.

    At once: between a right to all tables and what is taken from it again nobody works, and nothing ends there.
    """
    connection = connections[using]
    if not settings.SERVER_ROLE or connection.vendor != "postgresql":
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in grants(connection.ops.quote_name(settings.SERVER_ROLE)):
            cursor.execute(statement)
        with suppress(DatabaseError), transaction.atomic(using=using):
            cursor.execute(no_passing_tables(connection.ops.quote_name(connection.settings_dict["NAME"])))
