"""Edits of the database past everything: what somebody with the server's own access could do to the book."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from book.guards import put_down
from book.kinds import KINDS
from book.models import FIRST, Link, code_of, link_hash
from critique.hearing.models import ProceedingsCopy
from critique.sealing.crypto import Unreadable
from critique.sealing.fields import EncryptedJSON
from meetings.models import SignedCopy

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from members.models import Organisation


def drop_guards() -> None:
    """Whoever owns the tables can do this; in the test's transaction, which is rolled back."""
    put_down(connection)
    with connection.cursor() as cursor:
        for table, name in product(
            [one._meta.db_table for one in (Link, SignedCopy, ProceedingsCopy)], ("no_update", "no_delete")
        ):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {table}_{name}{on}")


@dataclass
class Edit:
    """One edit: what it is called, and what does it."""

    name: str
    do: Callable[[], None]


def other(value: Any, field: models.Field, dice: Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + dice.randint(1, 9)
    if isinstance(value, datetime | date):
        return value + timedelta(days=dice.randint(1, 9))
    if isinstance(value, str) and value:
        at = dice.randrange(len(value))
        return value[:at] + ("b" if value[at] == "a" else "a") + value[at + 1 :]
    return {"DateTimeField": datetime(2026, 1, 1, tzinfo=None).astimezone(), "DateField": date(2026, 1, 1)}.get(
        field.get_internal_type(), "a" if isinstance(field, models.CharField | models.TextField) else 1
    )


def change(row: models.Model, column: str, dice: Random) -> None:
    field = row._meta.get_field(column)
    if isinstance(field, EncryptedJSON):
        name, table = connection.ops.quote_name(field.column), row._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name} FROM {table} WHERE id = %s", [row.pk])
            cursor.execute(
                f"UPDATE {table} SET {name} = %s WHERE id = %s", [other(cursor.fetchone()[0], field, dice), row.pk]
            )
        return
    value = other(getattr(row, field.attname), field, dice)
    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})


def remove(row: models.Model) -> None:
    type(row)._base_manager.filter(pk=row.pk)._raw_delete(using="default")


def forge_on(cell: Organisation) -> None:
    """Every link computed anew from what the rows hold now: a chain that is whole in itself."""
    previous = FIRST
    for number, link in enumerate(Link.objects.filter(cell=cell).order_by("number"), start=1):
        row = KINDS[link.kind].table._base_manager.filter(pk=link.thing_pk).first()
        digest = link.digest
        if row is not None:
            with suppress(Unreadable):  # an encrypted text under another row opens to nobody, the forger neither
                digest = KINDS[link.kind].digest(row)
        made = link_hash(cell.pk, number, link.kind, link.thing_pk, digest, previous, link.taken_over, link.made_at)
        Link.objects.filter(pk=link.pk).update(digest=digest, previous=previous, hash=made)
        previous = made


def any_edit(cell: Organisation, dice: Random) -> Edit:
    links = list(Link.objects.filter(cell=cell).order_by("number"))
    link = dice.choice(links)
    kind = KINDS[link.kind]
    row = kind.table._base_manager.get(pk=link.thing_pk)
    columns = (*kind.columns, *filter(None, [kind.text]))
    column = dice.choice(columns)
    of_link = dice.choice(["number", "kind", "thing_pk", "digest", "previous", "hash", "taken_over", "made_at"])
    last = links[-1 - dice.randrange(3) :]
    open_columns = [name for name in columns if not isinstance(kind.table._meta.get_field(name), EncryptedJSON)]
    rewritten = dice.choice([name for name in open_columns if name != "fingerprint"])

    def rewrite() -> None:
        change(row, rewritten, dice)
        forge_on(cell)

    def cut() -> None:
        for one in last:
            remove(one)
            remove(KINDS[one.kind].table._base_manager.get(pk=one.thing_pk))

    def swap() -> None:
        first, second = dice.sample(links, 2)
        for one, number in ((first, 9999), (second, first.number), (first, second.number)):
            Link.objects.filter(pk=one.pk).update(number=number)

    def push_in() -> None:
        made = {"kind": "number", "thing_pk": 987654, "digest": "a" * 64, "previous": links[-1].hash}
        hash_ = link_hash(cell.pk, len(links) + 1, "number", 987654, "a" * 64, links[-1].hash, False, link.made_at)
        Link.objects.create(cell=cell, number=len(links) + 1, hash=hash_, made_at=link.made_at, **made)

    edits = [
        *[Edit(f"{link.kind}.{column} of {row.pk} changed", lambda: change(row, column, dice))] * 6,
        *[Edit(f"link {link.number}, {of_link} changed", lambda: change(link, of_link, dice))] * 3,
        Edit(f"{link.kind} {row.pk} removed", lambda: remove(row)),
        Edit(f"link {link.number} removed", lambda: remove(link)),
        Edit(f"the last {len(last)} removed with what they prove", cut),
        Edit("two links swapped", swap),
        Edit("a link added for nothing", push_in),
        Edit(f"{link.kind}.{rewritten} of {row.pk} changed and the whole chain computed anew", rewrite),
    ]
    return dice.choice(edits)


def head_code(cell: Organisation) -> str:
    head = Link.objects.head_of(cell)
    assert head is not None
    return code_of(head.hash)
