"""What every page's navigation needs to know, without a query of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from members.entry.actions.news import news_of
from members.entry.door import draft_keys
from members.models import TenureKind
from members.sent import owner_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User


def navigation(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    cells = {tenure.organisation_id: tenure.organisation for tenure in user.tenures}
    own = [cells[pk] for pk in user.cell_ids]
    return {
        "nav": _places(user, own[0].pk if own else None),
        "nav_cell": own[0] if own else None,
        "nav_superior": bool(user.superior_paths),
        "draft_owner": lambda: owner_of(user),
        "draft_key": lambda: draft_keys(request, user),
        "account_news": news_of(user, timezone.now()),
    }


def _places(user: User, cell: int | None) -> list[tuple[str, str]]:
    """Address and word of each part of the house that this person has something to do in."""
    places = [(reverse("home"), "Trang chủ")]
    if cell is not None:
        places += [
            (reverse("meeting-list", args=[cell]), "Sinh hoạt"),
            (reverse("programme", args=[cell, timezone.localdate().year]), "Chương trình năm"),
            (reverse("task-list", args=[cell]), "Nhiệm vụ"),
            (reverse("cycle-list", args=[cell]), "Kiểm điểm"),
            (reverse("member-list", args=[cell]), "Đảng viên"),
            (reverse("guideline", args=[cell]), "Hướng dẫn"),
        ]
    if user.is_superuser:
        places += [
            (reverse("server"), "Quản trị máy chủ"),
            (reverse("server-bodies"), "Tổ chức"),
            (reverse("server-people"), "Đảng viên, tài khoản"),
            (reverse("server-health"), "Tình trạng"),
        ]
    if user.superior_paths:
        above = next(t.organisation_id for t in user.tenures if t.kind == TenureKind.SUPERIOR)
        places += [
            *([(reverse("needs"), "Theo dõi chi bộ")] if cell is not None else []),  # otherwise the first page is this
            (reverse("inspection-list"), "Biên bản các chi bộ"),
            (reverse("handed-up-list"), "Xếp loại"),
            (reverse("errand-list", args=[above]), "Giao việc"),
            (reverse("shelf", args=[above]), "Tủ tài liệu"),
        ]
    return places
