"""Writing into the book: a link for each thing that is sealed, in the transaction that seals it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from book.kinds import KINDS
from book.models import FIRST, Link, link_hash
from members.known import known_of

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation

_LOCK = 0x426F6F6B  # what PostgreSQL's lock of a chain is named by, beside the key of its cell


@transaction.atomic
def enter(kind: str, row: Any, *, at: datetime) -> Link:
    """Link the row as the database has it now. Call in the transaction that seals it."""
    stored = type(row)._base_manager.get(pk=row.pk)
    return add(known_of(row).cell_of(row), kind, row.pk, KINDS[kind].digest(stored), at=at)


def add(cell: Organisation, kind: str, thing: int, digest: str, *, at: datetime, taken_over: bool = False) -> Link:
    _hold(cell.pk)
    last = Link.objects.head_of(cell)
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
    made = link_hash(cell.pk, number, kind, thing, digest, previous, taken_over, at)
    return Link.objects.create(
        cell=cell,
        number=number,
        kind=kind,
        thing_pk=thing,
        digest=digest,
        previous=previous,
        hash=made,
        taken_over=taken_over,
        made_at=at,
    )


def _hold(cell: int) -> None:
    """One at a time in a chain, until the transaction ends. SQLite has let nobody else write since it began.

    Not by holding the row of the cell: others hold that one first and then wait for what is being sealed here.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, cell])
