"""What a committee and a cell without a secretary are asked about posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from members.models import Organisation
from members.posts.giving import who_leads
from members.roles import Role
from members.todo import Todo

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User


SHOWN = 5


def from_above(user: User, now: datetime) -> list[Todo]:
    """Cells below that have no secretary, for whoever follows them. One query, and none for others."""
    if not user.superior_paths:
        return []
    cells = Organisation.objects.without_secretary(user.superior_paths, timezone.localdate(now))[: SHOWN + 1]
    about = "Ghi chức vụ theo quyết định"
    found = [Todo(f"{cell} chưa có bí thư", reverse("post-list", args=[cell.pk]), about) for cell in cells]
    if len(found) > SHOWN:
        found[SHOWN:] = [Todo("Còn những chi bộ khác chưa có bí thư", reverse("inspection-list"))]
    return found


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """One query, and only for a deputy."""
    if cell.pk not in user.cells_with((Role.DEPUTY,)) or not who_leads(cell, timezone.localdate(now)):
        return []
    return [Todo("Ghi bí thư mới của chi bộ", reverse("post-list", args=[cell.pk]), "Chi bộ đang không có bí thư")]
