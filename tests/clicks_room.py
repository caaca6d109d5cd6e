"""What people click in the room beside the plain record: the typed line, the list, votes, what a desk has held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def number_of_somebody(world: World) -> str:
    """Of the roll, as it is typed at the door; whoever has not come is preferred."""
    row = world.meeting.attendances.exclude(roll_number=None).order_by("mark", "pk").first()
    return str(row.roll_number) if row else "1001"


FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "shorthand": {"line": "/kl Nhất trí", "seen": "/kl Nhất trí"},
    "shorthand-look": {"line": "/kl Nhất trí"},
    "shorthand-undo": lambda world: {"did": f"outcome.{world.keys.get('outcome', 0)}"},
    "outbox": lambda world: {
        "what": "speak",
        "item": world.keys["item"],
        "person": world.keys["attendance"],
        "text": "Tôi nhất trí.",
        "done_at": "1764763800000",
    },
    "roll-number": lambda world: {"number": number_of_somebody(world)},
    "passage-show": {"paragraph": "0"},
    "floor-do": {"do": "close"},
    "floor-limit": {"minutes": "5"},
    "turn-do": {"do": "give"},
    "turn-edit": {"started_at": "19:06", "ended_at": "19:08"},
    "poll-open": {"question": "Thông qua chương trình"},
    "poll-say": {"choice": "in_favour"},
    "poll-say-for": lambda world: {"person": world.keys["attendance"], "choice": "in_favour"},
    "poll-hands": {"in_favour": "1", "against": "0", "other": "0", "rev": "0"},
    "ballot-add": {
        "question": "Thông qua",
        "in_favour": "1",
        "against": "0",
        "other": "0",
        "issued": "1",
        "returned": "1",
        "valid": "1",
        "invalid": "0",
    },
}

# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("shorthand", "item", "open", "hoa"),
    ("shorthand-look", "item", "open", "hoa"),
    ("shorthand-undo", "item", "open", "hoa"),
    ("outbox", "meeting", "open", "hoa"),
    ("passage-show", "item", "open", "hoa"),
    ("floor-ask", "item", "open", "tuan"),
    ("floor-do", "item", "open", "hoa"),
    ("floor-limit", "item", "open", "hoa"),
    ("turn-do", "turn", "open", "hoa"),
    ("turn-withdraw", "turn", "open", "nam"),
    ("turn-edit", "spoken", "open", "hoa"),
    ("poll-open", "item", "open", "hoa"),
    ("ballot-add", "item", "open", "hoa"),
]
