"""The year as a calendar: the page, and the secret address that a calendar program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST, require_safe

from meetings.actions import feed
from meetings.calendar import entries_of, months_of, to_ics
from meetings.forms.programme import YEARS
from meetings.models import CalendarFeed
from members.access import load_cell
from members.models import Organisation

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_GET
def calendar(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "programme.see", cell)
    return _page(request, organisation)


def _page(request: MemberRequest, cell: Organisation, address: str = "") -> HttpResponse:
    """Month by month, meetings first; `address` is shown this once."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else timezone.localdate().year
    if year not in YEARS:
        raise Http404
    context = {
        "cell": cell,
        "year": year,
        "years": [one for one in (year - 1, year, year + 1) if one in YEARS],
        "months": months_of(request.user, cell, year),
        "feed": getattr(request.user.member, "calendar_feed", None),
        "address": address,
    }
    return render(request, "meetings/calendar.html", context)


@sensitive_variables("address", "token")
@require_POST
def calendar_feed(request: MemberRequest, cell: int) -> HttpResponse:
    """The address is in this answer and nowhere else."""
    organisation = load_cell(request, "programme.see", cell)
    token = feed.make_feed(organisation, by=request.user, at=timezone.now())
    address = request.build_absolute_uri(reverse("calendar-ics", args=[token]))
    return _page(request, organisation, address)


@require_POST
def calendar_revoke(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "programme.see", cell)
    feed.revoke_feed(organisation, by=request.user, at=timezone.now())
    messages.success(request, "Đã thu hồi địa chỉ lịch. Các máy đang dùng địa chỉ ấy không đọc được nữa.")
    return redirect("calendar", cell)


@sensitive_variables("token")
@login_not_required
@require_safe
def calendar_ics(request: HttpRequest, token: str) -> HttpResponse:
    """Who knows the token reads this one person's calendar, as long as the person belongs to a cell."""
    held = CalendarFeed.objects.at(feed.hash_of(token))
    user = getattr(held.member, "account", None) if held is not None else None
    if user is None or not user.is_active or not user.cell_ids:
        raise Http404
    now = timezone.now()
    text = to_ics(entries_of(user, now, request.get_host().partition(":")[0]), now)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
