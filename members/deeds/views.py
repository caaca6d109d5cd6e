"""The page of deeds: one for a cell, one for whoever reads it; an app that has more hands its rows over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from members.access import load_cell
from members.deeds.page import month_of
from members.deeds.sources import Scope

if TYPE_CHECKING:
    from members.access import MemberRequest


def show_deeds(request: MemberRequest, scope: Scope, title: str, back: tuple[str, str]) -> HttpResponse:
    """`back`: where the page belongs, its address and its name."""
    month = month_of(scope, request.GET.dict(), timezone.localdate())
    context = {"month": month, "title": title, "back": back, "mine": scope.cell is None, "cell": scope.cell}
    return render(request, "members/deeds.html", context)


@require_GET
def cell_deeds(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "deed.see", cell)
    scope = Scope(request.user, organisation)
    return show_deeds(request, scope, "Nhật ký của chi bộ", (f"/cells/{organisation.pk}/members/", "Đảng viên"))


@require_GET
def my_deeds(request: MemberRequest) -> HttpResponse:
    """What was done from this account, to this account, and about this person; no address names anybody."""
    if request.user.member is None:
        raise Http404
    return show_deeds(request, Scope(request.user), "Nhật ký về đồng chí", ("/account/", "Tài khoản"))
