"""Who has come from another cell and is to be received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from members.asked import Asked
from members.policy import may
from members.todo import Todo
from members.transfers.actions import arrived

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation, User

SHOWN = 5


_ARRIVED = Asked(lambda cell: arrived(cell).order_by("pk")[:SHOWN])


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """One query, and only for leaders."""
    if not may(user, "member.manage", cell):
        return []
    about = "Ghi tư cách để tiếp nhận, hoặc chuyển trả"
    return [
        Todo(f"Đồng chí {one} chuyển đến, chờ tiếp nhận", reverse("member-edit", args=[one.pk]), about)
        for one in _ARRIVED(cell.pk)
    ]
