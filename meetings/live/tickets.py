"""The ticket to a stream: signed, short-lived and looked at without a question to the database."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from django.core import signing

from meetings.live.panels import PANELS

SALT = "chibo.live"
SHORTEST, LONGEST = 240, 360  # seconds: so often the rights are asked again; not of everybody at the same moment


@dataclass(frozen=True, slots=True)
class Ticket:
    """Lets its bearer hear one meeting as one audience until a moment, in seconds of the clock."""

    meeting: int
    audience: str
    until: float

    def sign(self) -> str:
        return signing.dumps([self.meeting, self.audience, round(self.until)], salt=SALT)


def issue(meeting: int, audience: str) -> str:
    """For somebody whose right was just asked."""
    return Ticket(meeting, audience, time.time() + random.uniform(SHORTEST, LONGEST)).sign()  # noqa: S311 (no secret)


def read(signed: str) -> Ticket | None:
    """None for one that was never issued, is over, or names an audience that is no more."""
    try:
        ticket = Ticket(*signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        return None
    return ticket if ticket.until > time.time() and ticket.audience in PANELS else None
