"""Where an account is signed in, ended by its owner."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from members.access import require_self
from members.changes import claim
from members.models import Visit

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def end_sessions(user: User, visit: int | None, *, but: str | None, by: User, at: datetime) -> int:
    """End one session of this account, or with None all but one; how many. Where there was none, nothing happened."""
    require_self(by, user)
    rows = Visit.objects.filter(user=user).exclude(session_key=but)
    keys = list((rows if visit is None else rows.filter(pk=visit)).values_list("session_key", flat=True))
    ended: int = Session.objects.filter(session_key__in=keys).delete()[0]
    if ended and user.member:
        claim(user.member, None, "end_sessions", by=by, at=at, sessions=ended)
    return ended
