"""Where an account is signed in: written down at the door, listed for its owner, ended by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.asked import Asked
from members.entry.address import place_of
from members.models import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from members.models import User

KEPT = timedelta(days=90)  # then a place counts as a new one again
_SYSTEMS = {mark: mark for mark in ("iPhone", "iPad", "Android", "Windows")} | {"Mac OS X": "Mac", "Linux": "Linux"}
_BROWSERS = {"Edg/": "Edge", "coc_coc": "Cốc Cốc", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


@dataclass(frozen=True, slots=True)
class Seat:
    """One place where the account is signed in. `seen`: the last work there, to the minute."""

    pk: int
    device: str
    began: datetime
    seen: datetime
    here: bool


def device_words(agent: str) -> str:
    """ "Chrome, Windows": enough to know one's own machine by, and no more."""
    found = [next((word for mark, word in table.items() if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(word for word in found if word) or "Máy không rõ loại"


def note(request: HttpRequest, user: User, at: datetime) -> None:
    """This session is this account's."""
    if not request.session.session_key:
        request.session.save()
    Visit.objects.filter(user=user, began_at__lt=at - KEPT).delete()
    Visit.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "began_at": at,
            "device": device_words(request.headers.get("User-Agent", "")),
            "place": place_of(request.META.get("REMOTE_ADDR", "")),
        },
    )


def has_come_from(name: str, address: str) -> bool:
    """An account of this name has come in from this address before."""
    return Visit.objects.filter(user__username=name, place=place_of(address)).exists()


_VISITS = Asked(lambda account: Visit.objects.filter(user=account))
_ALIVE = Asked(
    lambda keys, now: Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list(
        "session_key", "expire_date"
    )
)


def seats_of(user: User, session_key: str | None) -> list[Seat]:
    """The sessions that are still alive, the newest first."""
    visits = {visit.session_key: visit for visit in _VISITS(user.pk)}
    ends = dict(_ALIVE([*visits], timezone.now()))
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [
        Seat(visit.pk, visit.device, visit.began_at, ends[key] - idle, key == session_key)
        for key, visit in visits.items()
        if key in ends
    ]
