"""Working days: Monday to Friday without the holidays that the caller names."""

import datetime as dt
from collections.abc import Collection

_DAY = dt.timedelta(days=1)


def is_working(day: dt.date, holidays: Collection[dt.date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_before(day: dt.date, n: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The n-th working day before that day: whoever sends then is n working days early."""
    return _walk(day, n, -_DAY, holidays)


def after(day: dt.date, n: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The n-th working day after that day; the day itself does not count."""
    return _walk(day, n, _DAY, holidays)


def working_days_between(sent: dt.date, day: dt.date, holidays: Collection[dt.date] = ()) -> int:
    """How many working days early something sent then was: 3 for a Tuesday before a Friday; 0 when it was late."""
    count, at = 0, day - _DAY
    while at >= sent:
        count += is_working(at, holidays)
        at -= _DAY
    return count


def _walk(day: dt.date, n: int, step: dt.timedelta, holidays: Collection[dt.date]) -> dt.date:
    if n < 0:
        raise ValueError(f"{n} working days cannot be counted")
    while n:
        day += step
        n -= is_working(day, holidays)
    return day
