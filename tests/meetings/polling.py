"""Short steps of a vote in the room that its tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetings.actions import polls
from meetings.models import Poll
from tests.factories import at
from tests.meetings.steps import DURING, item_of

if TYPE_CHECKING:
    from meetings.models import Meeting, Voice
    from members.models import Member
    from tests.conftest import Cast

QUESTION = "Thông qua chương trình quý I"
LATER = at("2026-12-03 19:40")


def who(cast: Cast, member: Member | None = None) -> dict[str, Any]:
    return {"by": cast.account(member or cast.hoa), "at": DURING}


def open_one(cast: Cast, meeting: Meeting, **more: Any) -> Poll:
    return polls.open_poll(item_of(meeting, "conclusion"), question=QUESTION, **who(cast), **more)


def again(poll: Poll) -> Poll:
    """As the next request would load it."""
    return Poll.objects.with_meeting().get(pk=poll.pk)


def hands(cast: Cast, poll: Poll, in_favour: int = 0, against: int = 0, other: int = 0, rev: int = 0) -> None:
    polls.count_hands(again(poll), in_favour=in_favour, against=against, other=other, rev=rev, **who(cast))


def voice_of(poll: Poll, member: Member) -> Voice:
    return poll.voices.get(attendance__member=member)
