"""The days of persons that the leaders of a cell are reminded of at home. One query."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from critique.official_forms.days import after
from guideline.persons import BADGE_YEARS, TRANSFER_WORKING_DAYS, Milestone, badge, probation, transfer
from members.asked import Asked
from members.models import TenureKind
from members.policy import may
from members.roster import running_out

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, Tenure, User

_LEFT_LATELY = timedelta(days=2 * TRANSFER_WORKING_DAYS)


_RUNNING_OUT = Asked(running_out)


def milestones(user: User, cell: Organisation, today: date, off: Collection[date]) -> list[Milestone]:
    """The next day first. Nobody but the leaders is told, for these are days out of members' files."""
    if not may(user, "member.manage", cell):
        return []
    years = {today.year - one + more for one in BADGE_YEARS for more in (-1, 0, 1)}
    rows = _RUNNING_OUT(cell.pk, today, today - _LEFT_LATELY, sorted(years))
    found = (_milestone(row, today, off) for row in rows)
    return sorted((one for one in found if one is not None), key=lambda one: (one.day, one.about))


def _milestone(row: Tenure, today: date, off: Collection[date]) -> Milestone | None:
    name, admitted = f"Đồng chí {row.member}", row.member.admitted_on
    if row.kind == TenureKind.LEFT:
        return transfer(name, row.starts_on, after(row.starts_on, TRANSFER_WORKING_DAYS, off), today)
    if row.kind == TenureKind.PROBATIONARY:
        return probation(name, admitted or row.starts_on, today)
    return badge(name, admitted, today) if admitted else None
