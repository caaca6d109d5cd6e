"""What coming in leaves behind ends by itself: places, sessions, wrong tries, each with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from members.entry.limits import FORGOTTEN_AFTER
from members.entry.visits import KEPT
from members.models import Tries, Visit

if TYPE_CHECKING:
    from datetime import datetime


def forget_old(now: datetime) -> None:
    """Whenever the clock calls: also what was left by somebody who never comes again."""
    Tries.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - FORGOTTEN_AFTER).delete()
    AccessLog.objects.all().delete()  # written until it was switched off, with the address of every sign-in
    Visit.objects.filter(began_at__lt=now - KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
