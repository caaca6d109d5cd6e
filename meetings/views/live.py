"""The screens that follow a meeting: the wall, the pocket, and the door by which every screen asks for its panels."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from meetings.lifecycle import State
from meetings.live import tickets
from meetings.live.hub import HUB
from meetings.live.panels import DESK, POCKET, SCREENS, WALL
from meetings.polls import pocket_of
from meetings.saving import others_wrote
from meetings.views.shared import load_meeting

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.access import MemberRequest

NEEDS = {WALL: "meeting.see", POCKET: "meeting.see", DESK: "meeting.run"}


@require_GET
def door(request: MemberRequest, pk: int, audience: str) -> HttpResponse:
    """The panels of an audience and the ticket to their stream. 204: the screen that asks shows this version already.

    A desk also asks whether somebody else has typed since it was shown: that makes no new version.
    """
    meeting = load_meeting(request, pk, NEEDS[audience])
    typed = audience == DESK and others_wrote(meeting, request.GET.get("since", ""), request.user)
    if request.GET.get("v") == str(meeting.version) and not typed:
        return HttpResponse(status=204)
    screen = SCREENS.of(meeting, audience)
    ticket = tickets.issue(pk, audience) if HUB.is_served else ""
    told = {"v": screen.version, "panels": screen.panels, "ticket": ticket, "now": in_milliseconds(), "typed": typed}
    return JsonResponse(told)


@require_GET
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    """For a projector: one address, no controls."""
    meeting = load_meeting(request, pk, NEEDS[WALL])
    return render(request, "meetings/live/wall.html", {"meeting": meeting, **shown(meeting, WALL)})


@require_GET
def pocket(request: MemberRequest, pk: int) -> HttpResponse:
    """For a member's phone: now, next, my turn, my vote, the papers."""
    meeting = load_meeting(request, pk, NEEDS[POCKET])
    row = meeting.attendances.of_member(request.user.member_id)
    own = pocket_of(meeting, request.user) if meeting.state == State.OPEN else None
    context = {"meeting": meeting, "row": row, "own": own, "states": State, **shown(meeting, POCKET)}
    return render(request, "meetings/live/pocket.html", context)


def shown(meeting: Meeting, audience: str) -> dict[str, Any]:
    """What a page needs to begin with the panels and to follow them by itself (static/live.js, static/stream.js)."""
    address = reverse(f"live-{audience}", args=[meeting.pk])
    return {"address": address, "screen": SCREENS.of(meeting, audience), "now": in_milliseconds()}


def in_milliseconds() -> int:
    """The server's clock: the only one that counts."""
    return round(time.time() * 1000)
