"""The clock of an evening: the day that a time on the wall belongs to, and a clock that is set right in between."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

LONGEST_NIGHT = timedelta(hours=12)
# A page proposes the time at which it was shown; a server's clock that is set back meanwhile makes that the future.
CLOCKS_DIFFER = timedelta(minutes=10)


def minute(moment: datetime) -> datetime:
    """Times that people give have no seconds, so what the machine noted is compared without them."""
    return moment.replace(second=0, microsecond=0)


def time_of_evening(opened_at: datetime, given: time) -> datetime:
    """A time of the evening: of the day of the opening, or after midnight of the day that followed.

    "00:30" of an evening that began at 23:30 is the next day's; "18:50" of one that began at 19:00 is not.
    """
    opened = minute(timezone.localtime(opened_at))
    moment = timezone.make_aware(datetime.combine(opened.date(), given))
    after_midnight = moment + timedelta(days=1)
    return after_midnight if moment < opened and after_midnight - opened <= LONGEST_NIGHT else moment
