"""Days of the calendar: so many months later, and the moment at which a day begins here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time

from django.utils import timezone


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or earlier; the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moment(day: date) -> datetime:
    """At which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))
