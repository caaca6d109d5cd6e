"""What people can click about papers beside the minutes: resolutions and what is printed of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetings.actions import resolutions
from meetings.models import Resolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def _seen_resolution(world: World) -> dict[str, Any]:
    row = Resolution.objects.with_meeting().get(pk=world.keys["resolution"])
    return {"seen": resolutions.paper_of(row, world.cast.account(world.cast.lan)).fingerprint}


FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "resolution-add": {"kind": "NQ", "subject": "Lãnh đạo nhiệm vụ tháng 12", "issued_on": "2026-12-03"},
    "resolution": {"state": "carried_out", "text": "Đã phổ biến"},
    "number-list": {"kind": "KH", "first": "1", "last": "3", "subject": "Kế hoạch năm"},
    "handed": {"done": "1"},
    "resolution-sign": _seen_resolution,
}

# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("resolution-add", "meeting", "open", "lan"),
    ("number-list", "cell", "plan", "lan"),
    ("number-remove", "number", "plan", "lan"),
    ("handed", "attendance", "sealed", "lan"),
    ("resolution", "resolution", "plan", "lan"),
    ("resolution-sign", "resolution", "plan", "lan"),
    ("write", "resolution/resolution", "plan", "lan"),
]
