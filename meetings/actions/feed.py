"""A member's secret calendar address: made, replaced, taken back. Only the hash of its token is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.models import CalendarFeed
from members.access import require
from members.models import CellEvent

if TYPE_CHECKING:
    from members.models import Organisation, User

TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(cell: Organisation, *, by: User, at: datetime) -> str:
    """A new token, shown once; an address made earlier stops working."""
    require(by, "programme.see", cell)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(member=by.member, defaults={"token_hash": hash_of(token), "made_at": at})
    CellEvent.objects.create(cell=cell, what="make_calendar", about=by.member, actor=by, happened_at=at)
    return token


@transaction.atomic
def revoke_feed(cell: Organisation, *, by: User, at: datetime) -> None:
    require(by, "programme.see", cell)
    deleted, _ = CalendarFeed.objects.filter(member=by.member).delete()
    if deleted:
        CellEvent.objects.create(cell=cell, what="revoke_calendar", about=by.member, actor=by, happened_at=at)
