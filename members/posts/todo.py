"""What a committee and a cell without a secretary are asked about posts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from members.models import Organisation, TenureKind
from members.posts.giving import who_leads, without_secretary
from members.roles import Role
from members.todo import Todo

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User


SHOWN = 5
TAKING_OVER = timedelta(days=14)


def from_above(user: User, now: datetime) -> list[Todo]:
    """For whoever follows cells: those without a secretary, by their founding. One query, none for others."""
    if not user.superior_paths:
        return []
    followed = Organisation.objects.seen_from(user.superior_paths).running()
    cells = without_secretary(followed, timezone.localdate(now)).order_by("pk")[: SHOWN + 1]
    about = "Ghi chức vụ theo quyết định"
    found = [Todo(f"{cell} chưa có bí thư", reverse("post-list", args=[cell.pk]), about) for cell in cells]
    if len(found) > SHOWN:
        found[SHOWN:] = [Todo("Còn những chi bộ khác chưa có bí thư", reverse("need-list", args=["no-secretary"]))]
    return found


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """One query, and only for a deputy."""
    return [*_new_secretary(user, cell, now), *_without_secretary(user, cell, now)]


def _new_secretary(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """Whoever has just become secretary finds what is open. No query."""
    posts = [one for one in user.tenures if one.organisation_id == cell.pk and one.kind == TenureKind.SECRETARY]
    if not any(timezone.localdate(now) - one.starts_on < TAKING_OVER for one in posts):
        return []
    about = "Đồng chí vừa nhận chức vụ bí thư"
    return [Todo("Nhận bàn giao: xem những việc còn mở", reverse("handover", args=[cell.pk]), about)]


def _without_secretary(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    if cell.pk not in user.cells_with((Role.DEPUTY,)) or not who_leads(cell, timezone.localdate(now)):
        return []
    return [Todo("Ghi bí thư mới của chi bộ", reverse("post-list", args=[cell.pk]), "Chi bộ đang không có bí thư")]
