"""Days off: the statutory ones of the solar calendar; those of the lunar calendar are entered year by year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from members.asked import Asked
from rulings.models import DayOff

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation

# General knowledge, to be checked against the law: Tết, Giỗ Tổ and the second day of 2 September are entered by hand,
# as is a working day that is given for a feast on a Saturday or Sunday.
SOURCE = "Bộ luật Lao động 2019, Điều 112 (theo hiểu biết chung, chưa đối chiếu văn bản)"
FIXED: dict[tuple[int, int], str] = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 2): "Quốc khánh",
}
_YEARS = range(2018, 2101)
_EVERY_YEAR = frozenset(dt.date(year, month, day) for year in _YEARS for month, day in FIXED)


def with_fixed(entered: Iterable[dt.date]) -> frozenset[dt.date]:
    """What the clocks of working days leave out beside Saturdays and Sundays."""
    return _EVERY_YEAR | frozenset(entered)


_DAYS_OFF = Asked(lambda organisations: DayOff.objects.of(organisations).order_by().values_list("day", flat=True))


def days_off(organisation: Organisation) -> frozenset[dt.date]:
    """Of this organisation and everything above it, with the statutory days. One query."""
    return with_fixed(_DAYS_OFF(organisation.line))


def later_days_off(organisation: Organisation) -> Any:
    """The same, asked for once and only when a day is counted with it; for all that one page counts."""
    return SimpleLazyObject(lambda: days_off(organisation))
