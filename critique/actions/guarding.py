"""The one way to change a letter, a request or a destruction: claim its row, do the work, leave one event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F

from critique.models import GuardEvent
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from critique.models import Criticism, DataRequest, Destruction
    from members.models import Organisation, User


def claim_row(
    row: Criticism | DataRequest | Destruction,
    states: Collection[str],
    what: str,
    *,
    by: User,
    at: datetime,
    key: UUID | None = None,
    **data: Any,
) -> GuardEvent:
    """Hold the row, count its version up, read it anew and write the event. Call inside a transaction.

    `data` holds keys of rows, days and choices, never words.
    """
    moved = type(row).objects.filter(pk=row.pk, state__in=states).update(version=F("version") + 1)
    own = [field.name for field in row._meta.concrete_fields if not field.is_relation and not field.primary_key]
    row.refresh_from_db(fields=own)
    thing = row._meta.model_name or ""
    if key is not None and GuardEvent.objects.filter(thing=thing, thing_pk=row.pk, key=key).exists():
        raise AlreadyDone
    if not moved:
        raise Refused(f"Việc này đang ở trạng thái “{row.get_state_display()}” nên không làm được.")
    return _tell(row.cell, thing, row.pk, row.version, what, by, at, key, data)


def _tell(
    cell: Organisation,
    thing: str,
    row: int,
    number: int,
    what: str,
    by: User,
    at: datetime,
    key: UUID | None,
    data: dict[str, Any],
) -> GuardEvent:
    return GuardEvent.objects.create(
        cell=cell, thing=thing, thing_pk=row, number=number, what=what, actor=by, happened_at=at, key=key, data=data
    )
