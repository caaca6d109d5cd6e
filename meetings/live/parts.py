"""What the floor and an open vote add to the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from meetings.floor import floor_of
from meetings.live.story import PARTS
from meetings.polls import entitled_in, poll_of
from meetings.presence import room_with

if TYPE_CHECKING:
    from meetings.floor import Floor
    from meetings.live.story import Story
    from meetings.models import Attendance, Voice
    from meetings.polls import PollNow


def _floor(story: Story) -> Floor | None:
    """Who has spoken already is a hint for the chair alone, and no part of what is told."""
    if (item := story.running) is None:
        return None
    now = timezone.now()
    room = room_with(story.rows, story.meeting, now, item)
    return floor_of(story.meeting, item, now=now, room=room, spoke=frozenset(), over=False)


def _poll(story: Story) -> PollNow | None:
    return poll_of(story.meeting)


def _voices(story: Story) -> list[Voice]:
    """Whose phone shows the three buttons: never with what anybody has chosen."""
    poll = story.parts["poll"]
    return entitled_in(poll.poll) if poll is not None and poll.is_open else []


def _voiceless(story: Story) -> list[Attendance]:
    """The members whose phone has no button in it."""
    voices = {voice.attendance_id for voice in story.parts["voices"]}
    return [row for row in story.rows if row.member_id and row.pk not in voices] if voices else []


PARTS.update(floor=_floor, poll=_poll, voices=_voices, voiceless=_voiceless)
