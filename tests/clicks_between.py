"""What people can click between two meetings: matters for the next agenda, the day that the cell keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings.coming import coming
from meetings.models import Meeting, MeetingDay

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def _coming_day(world: World) -> dict[str, str]:
    """The first of the cell's days on which nothing stands yet."""
    rule = MeetingDay.objects.get(cell=world.keys["cell"])
    free = next(one.day for one in coming(rule, timezone.localdate()) if one.meeting is None)
    return {"day": f"{free:%Y-%m-%d}"}


def _ahead(world: World) -> str:
    ahead = Meeting.objects.in_preparation(world.crew.cell).first()
    return str(ahead.pk) if ahead else ""


FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "matter-list": {"text": "Bàn việc chăm lo Tết"},
    "matter": lambda world: {"answer": "taken", "meeting": _ahead(world), "minutes": "5", "reason": "Đúng lúc"},
    "meeting-day": {"way": "weekday", "weekday": "4", "nth": "1", "time": "19:00", "place": "Hội trường"},
    "meeting-day-plan": _coming_day,
}

BUTTONS = [
    ("matter-list", "cell", "plan", "nam"),
    ("matter", "matter", "plan", "lan"),
    ("meeting-day", "cell", "plan", "lan"),
    ("meeting-day-plan", "cell", "plan", "lan"),
    ("write", "matter-add/cell", "plan", "nam"),
    ("write", "matter-answer/matter", "plan", "lan"),
]
