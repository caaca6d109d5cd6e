"""What a cell without a secretary asks of whoever leads it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from members.posts.giving import who_leads
from members.roles import Role
from members.todo import Todo

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Organisation, User


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """One query, and only for a deputy."""
    if cell.pk not in user.cells_with((Role.DEPUTY,)) or not who_leads(cell, timezone.localdate(now)):
        return []
    return [Todo("Ghi bí thư mới của chi bộ", reverse("post-list", args=[cell.pk]), "Chi bộ đang không có bí thư")]
