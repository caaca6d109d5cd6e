"""Fetch and judge in one call: outside your cell 404, inside it without the right 403."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from members.asked import Asked
from members.models import Organisation
from members.policy import PRIVATE, may
from members.scoping import Row, known_to

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User


LARGEST_KEY = 2**63 - 1  # of a column; addresses may name larger ones
_CELL = Asked(lambda known, pk: Organisation.objects.cells().at_hand(known, pk))


class MemberRequest(HttpRequest):
    """A request that came past the login wall."""

    user: User


def require(user: User, action: str, thing: Model) -> None:
    if action in PRIVATE and not user.is_private_open and user.private_until is not None:
        raise PermissionDenied(shut_sentence(user.private_until))
    if not may(user, action, thing):
        raise PermissionDenied("Đồng chí không có quyền làm việc này.")


def shut_sentence(until: datetime) -> str:
    """Why the private part is shut, until when, and what opens it."""
    return (
        "Phần riêng của tài khoản (ghi chú, chữ viết dở, bản tự kiểm điểm chưa nộp) còn đóng đến "
        f"{timezone.localtime(until):%H:%M ngày %d/%m/%Y}, vì mật khẩu vừa đặt lại bằng phiếu. Có mã dự phòng thì mở "
        "ngay ở trang Tài khoản."
    )


def require_administrator(by: User | None) -> None:
    """What is done to the tree, to posts and to accounts on the server itself; `by` None is a command run there."""
    if by is not None and not by.is_superuser:
        raise PermissionDenied("Việc này do quản trị máy chủ làm.")


def require_or_administrator(by: User | None, action: str, thing: Any) -> None:
    """What the leaders do to their cell's people, and the server's administrator before a cell has leaders."""
    if by is not None and not by.is_superuser:
        require(by, action, thing)


def require_self(by: User | None, account: User) -> None:
    """What is done to an account by whoever it belongs to."""
    if by is not None and by.pk != account.pk:
        raise PermissionDenied("Chỉ chủ tài khoản mới làm được việc này.")


def load(request: HttpRequest, queryset: Any, action: str, **lookup: Any) -> Any:
    """The row of this scoped queryset that the account may act on.

    Raises Http404 outside the account's scope, PermissionDenied inside it without the right.
    """
    thing = get_object_or_404(queryset.for_user(request.user), **lookup)
    require(request.user, action, thing)  # type: ignore[arg-type]
    return thing


def load_one(
    request: HttpRequest, asked: Asked[Row], model: type[Row], action: str, pk: int | None, *more: Any, **known: Any
) -> Row:
    """The same by a question that is built once, of what is known to the account, a key and whatever more it asks for.

    `known`: what the row belongs to, where it is at hand.
    """
    asks = pk is not None and pk <= LARGEST_KEY
    found = asked(known_to(request.user, model), pk, *more, **known) if asks else []
    if not found:
        raise Http404
    require(request.user, action, found[0])  # type: ignore[arg-type]
    return found[0]


def load_kept(request: HttpRequest, queryset: Any, action: str, **lookup: Any) -> Any:
    """The same, and any row for the server's administrator: of bodies, people, posts and accounts only, never of what
    is written at a meeting.
    """
    if is_administrator(request):
        return get_object_or_404(queryset, **lookup)
    return load(request, queryset, action, **lookup)


def is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def load_cell(request: MemberRequest, action: str, cell: int) -> Organisation:
    """The cell that an address names, for somebody who may do this there."""
    return load_one(request, _CELL, Organisation, action, cell)


def load_committee(request: MemberRequest, action: str, pk: int) -> Organisation:
    """The committee that an address names, for somebody who may do this there or below it."""
    found: Organisation = load(request, Organisation.objects.committees(), action, pk=pk)
    return found


def load_organisation(request: MemberRequest, action: str, pk: int) -> Organisation:
    """A cell or a committee, with what stands above it."""
    found: Organisation = load(request, Organisation.objects.select_related("parent"), action, pk=pk)
    return found


def load_body(request: MemberRequest, action: str, pk: int) -> Organisation:
    """The same, for the server's administrator as well."""
    found: Organisation = load_kept(request, Organisation.objects.select_related("parent"), action, pk=pk)
    return found
