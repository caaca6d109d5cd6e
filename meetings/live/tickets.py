"""The ticket to a stream: signed, short-lived and looked at without a question to the database."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare, salted_hmac

from meetings.live.panels import PANELS

SALT = "chibo.live"
SHORTEST, LONGEST = 240, 360  # seconds: so often the rights are asked again; not of everybody at the same moment


@dataclass(frozen=True, slots=True)
class Ticket:
    """Lets whoever has the session hear one meeting as one audience until a moment, in seconds of the clock."""

    meeting: int
    audience: str
    until: float
    session: str  # a mark of its key

    def sign(self) -> str:
        return signing.dumps([self.meeting, self.audience, round(self.until, 3), self.session], salt=SALT)

    def is_of(self, session_key: str) -> bool:
        """Whether who comes with this session is whom it was given to."""
        return constant_time_compare(self.session, mark_of(session_key))


def session_in(cookies: str) -> str:
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME) or ""


def mark_of(session_key: str) -> str:
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:32]


def issue(meeting: int, audience: str, session_key: str) -> str:
    """For somebody whose right was just asked."""
    until = time.time() + random.uniform(SHORTEST, LONGEST)  # noqa: S311 (no secret)
    return Ticket(meeting, audience, until, mark_of(session_key)).sign()


def read(signed: str) -> Ticket | None:
    """None for one that was never issued, is over, or names an audience that is no more."""
    try:
        ticket = Ticket(*signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        return None
    return ticket if ticket.until > time.time() and ticket.audience in PANELS else None
