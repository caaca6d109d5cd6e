"""A member's secret calendar address: made, replaced, taken back. Only the hash of its token is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.models import CalendarFeed
from members.access import require
from members.changes import claim, hold
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, Organisation, User

TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(cell: Organisation, *, by: User, at: datetime) -> str:
    """A new token, shown once; an address made earlier stops working."""
    require(by, "programme.see", cell)
    member = _member(by)
    claim(member, None, "make_calendar", by=by, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(member=member, defaults={"token_hash": hash_of(token), "made_at": at})
    return token


@transaction.atomic
def revoke_feed(cell: Organisation, *, by: User, at: datetime) -> None:
    require(by, "programme.see", cell)
    member = _member(by)
    hold(member)
    deleted, _ = CalendarFeed.objects.filter(member=member).delete()
    if deleted:
        claim(member, None, "revoke_calendar", by=by, at=at)


def _member(by: User) -> Member:
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    return by.member
