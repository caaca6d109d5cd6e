"""What the screens know of a vote in the room: the question and how many voices are in; the figures once published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetings.models import Choice, Poll, Polling
from meetings.presence import voters_word

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting, Voice, Vote
    from members.models import User

FEW = 3  # voices


@dataclass(frozen=True, slots=True)
class PollNow:
    """The same for everybody; `result` is None until the chair publishes it."""

    poll: Poll
    said: int  # by phone or entered for somebody, whatever it was

    @property
    def voices(self) -> int:
        return self.said + self.poll.hands

    @property
    def entitled(self) -> int:
        return self.poll.entitled

    @property
    def voters_word(self) -> str:
        return voters_word(self.poll.meeting)

    @property
    def is_open(self) -> bool:
        return self.poll.state == Polling.OPEN

    @property
    def is_closed(self) -> bool:
        return self.poll.state == Polling.CLOSED

    @property
    def tells_who(self) -> bool:
        """So few voices that the result is nearly a list of names."""
        return 0 < self.voices < FEW

    @property
    def result(self) -> Vote | None:
        return self.poll.vote


@dataclass(frozen=True, slots=True)
class Pocket:
    """One member's own card; `choice` is what they have said themselves, or the desk for them."""

    now: PollNow
    voice: Voice | None

    @property
    def choice(self) -> str:
        return (self.voice.choice or "") if self.voice else ""

    @property
    def choice_word(self) -> str:
        return str(Choice(self.choice).label).lower() if self.choice else ""


def poll_of(meeting: Meeting) -> PollNow | None:
    """The vote that is open, otherwise the result just published while its item is on. One query."""
    poll = meeting.polls.shown()
    return PollNow(poll, poll.in_so_far) if poll is not None else None


def pocket_of(meeting: Meeting, user: User) -> Pocket | None:
    """The same with one's own voice. Two queries, one where no vote is open."""
    now = poll_of(meeting)
    if now is None:
        return None
    mine = now.poll.voices.for_user(user).select_related("attendance", "entered_by") if now.poll.is_alive else None
    return Pocket(now, mine.filter(attendance__member=user.member_id).first() if mine is not None else None)


def entitled_in(poll: Poll) -> list[Voice]:
    """Who may vote, by given name, with whether they have: never with what. One query."""
    return poll.voices.by_name()


def without_phone(rows: list[Voice]) -> list[Attendance]:
    """For whom the desk may enter: who has said nothing yet, or through the desk."""
    return [row.attendance for row in rows if not (row.spoken and row.by_themselves)]
