"""The screens that follow a meeting: the wall, the pocket, and the door by which every screen asks for its panels."""

from __future__ import annotations

import re
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from meetings.lifecycle import State
from meetings.live import tickets
from meetings.live.hub import HUB
from meetings.live.panels import DESK, POCKET, SCREENS, WALL
from meetings.models import Mark
from meetings.polls import pocket_of
from meetings.saving import others_wrote
from meetings.views.shared import load_meeting

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting
    from members.access import MemberRequest

NEEDS = {WALL: "meeting.see", POCKET: "meeting.see", DESK: "meeting.run"}
ONLY_FOR = re.compile(r'data-only-for="([^"]*)" hidden')  # as the templates in meetings/live/ write it


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
    ticket = tickets.issue(pk, audience, request.session.session_key or "") if HUB.is_served else ""
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
    context = {"meeting": meeting, "own": own, "states": State, **shown(meeting, POCKET, row)}
    return render(request, "meetings/live/pocket.html", context)


def shown(meeting: Meeting, audience: str, row: Attendance | None = None) -> dict[str, Any]:
    """What a page needs to begin with the panels, as the owner of `row` sees them, and to follow them by itself."""
    address, screen = reverse(f"live-{audience}", args=[meeting.pk]), SCREENS.of(meeting, audience)
    panels = {name: _for_row(html, row) for name, html in screen.panels.items()}
    told = {"address": address, "version": screen.version, "panels": panels, "row": row, "now": in_milliseconds()}
    return {**told, "own_number": own_number(row, meeting)}


def own_number(row: Attendance | None, meeting: Meeting) -> dict[str, Any] | None:
    """One's number of the roll and its picture, until one is on the roll as here. A scanner types what it reads."""
    if row is None or row.roll_number is None or not row.may_come or row.mark == Mark.PRESENT:
        return None
    if meeting.state not in (State.CALLED, State.OPEN):
        return None
    return {"number": row.roll_number, "picture": _drawn(row.roll_number)}


@lru_cache(maxsize=256)
def _drawn(number: int) -> str:
    """The same for whoever has this number; looked at again and again before the roll is called."""
    return str(segno.make(str(number), error="m", micro=False).svg_data_uri(scale=4, border=2))


def _for_row(html: str, row: Attendance | None) -> str:
    """What is for this row of the roll alone shows from the start, and without script."""

    def show(found: re.Match[str]) -> str:
        return found[0].removesuffix(" hidden") if row is not None and str(row.pk) in found[1].split() else found[0]

    return SafeString(ONLY_FOR.sub(show, html))


def in_milliseconds() -> int:
    """The server's clock: the only one that counts."""
    return round(time.time() * 1000)
