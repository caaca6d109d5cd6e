"""Writing down who opens what was said of somebody, before it is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from critique.hearing.models import Hearing, Opening
from critique.hearing.models.opening import Opened
from critique.writing.models import Way
from members.access import require

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import User

SITTING = timedelta(minutes=15)  # who sits before a page and has it drawn again has opened it once


def hearing_opened(hearing: Hearing, *, by: User, at: datetime) -> None:
    require(by, "hearing.see", hearing)
    if by.member_id != hearing.about_id or hearing.of_collective:
        _write_down(Opened.HEARING, hearing.cycle, hearing, Way.SCREEN, by=by, at=at)


def write_down_opening(cycle: Cycle, what: Opened, *, way: Way, by: User, at: datetime) -> None:
    """Part of an action that has asked for the right already: packing an archive, showing the full minutes.

    It asks for none itself, as what it writes down is whom the right has let in.
    """
    _write_down(what, cycle, None, way, by=by, at=at)


def _write_down(
    what: Opened, cycle: Cycle | None, hearing: Hearing | None, way: Way, *, by: User, at: datetime
) -> None:
    if by.member is None:
        return
    same = {"what": what, "cycle": cycle, "hearing": hearing, "reader": by.member, "way": way}
    if Opening.objects.filter(**same, opened_at__gt=at - SITTING).exists():
        return
    cell = hearing.cell if hearing is not None else cycle.cell  # type: ignore[union-attr]
    Opening.objects.create(cell=cell, about=hearing.about if hearing else None, opened_at=at, **same)
