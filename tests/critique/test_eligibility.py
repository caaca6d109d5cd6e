"""Who writes a self-review: everybody but those whom the rules excuse, each with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from critique.cycle.eligibility import Duty, Reason, duty
from members.days import months_after
from members.models import TenureKind

MEETING = date(2026, 12, 4)
LONG_AGO = date(2010, 5, 19)

CASES = [
    (TenureKind.FULL, LONG_AGO, True, Reason.WRITES),
    (TenureKind.FULL, None, True, Reason.WRITES),
    (TenureKind.PROBATIONARY, date(2026, 6, 4), True, Reason.WRITES),  # six months to the day
    (TenureKind.PROBATIONARY, date(2026, 6, 5), False, Reason.NEW),
    (TenureKind.PROBATIONARY, date(2026, 12, 3), False, Reason.NEW),
    (TenureKind.EXEMPT, LONG_AGO, False, Reason.EXEMPT),
    (TenureKind.SUSPENDED, LONG_AGO, False, Reason.SUSPENDED),
    (TenureKind.TEMPORARY_IN, LONG_AGO, False, Reason.GUEST),
    (TenureKind.TEMPORARY_OUT, LONG_AGO, True, Reason.AWAY),
    (TenureKind.LEFT, LONG_AGO, False, Reason.LEFT),
    (None, LONG_AGO, False, Reason.LEFT),
]


@pytest.mark.parametrize(("standing", "admitted", "writes", "reason"), CASES)
def test_standing_and_day_of_admission_decide(
    standing: TenureKind | None, admitted: date | None, writes: bool, reason: Reason
) -> None:
    assert duty(standing, admitted, MEETING) == Duty(writes, reason)


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert (months_after(date(2026, 8, 31), 6), months_after(date(2027, 8, 31), 6)) == (
        date(2027, 2, 28),
        date(2028, 2, 29),
    )
