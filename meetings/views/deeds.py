"""Who did what at one meeting: its events, and what the committee above did with its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from meetings.views.shared import load_meeting
from members.deeds.sources import Scope
from members.deeds.views import show_deeds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest


@require_GET
def meeting_deeds(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "deed.see")
    rows = (meeting, meeting.exchange) if hasattr(meeting, "exchange") else (meeting,)
    back = (meeting.get_absolute_url(), meeting.title)
    return show_deeds(request, Scope(request.user, meeting.cell, rows), "Nhật ký buổi họp", back)
