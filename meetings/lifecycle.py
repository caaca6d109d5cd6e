"""WHAT CAN HAPPEN NEXT: the states of a meeting and every move between them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    PLAN = "plan", "Đang chuẩn bị"
    CALLED = "called", "Đã thông báo"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã kết thúc, chờ ký"
    SEALED = "sealed", "Đã ký biên bản"
    CANCELLED = "cancelled", "Đã huỷ"


@dataclass(frozen=True, slots=True)
class Transition:
    source: frozenset[State]
    target: State
    needs: str  # a line of members.policy.ALLOWED
    guards: tuple[str, ...] = ()  # names of guards in meetings.guards, each may refuse


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


TRANSITIONS: dict[str, Transition] = {
    "call": Transition(_from(State.PLAN), State.CALLED, "meeting.call", ("time_and_place", "agenda_is_not_empty")),
    "withdraw": Transition(_from(State.CALLED), State.PLAN, "meeting.call"),
    "cancel": Transition(_from(State.PLAN, State.CALLED), State.CANCELLED, "meeting.call"),
    "open": Transition(_from(State.CALLED), State.OPEN, "meeting.run", ("chair_and_minute_taker",)),
    "close": Transition(
        _from(State.OPEN), State.CLOSED, "meeting.run", ("roll_call_is_complete", "times_within_the_meeting")
    ),
    "reopen": Transition(_from(State.CLOSED), State.OPEN, "meeting.run"),
    "seal": Transition(_from(State.CLOSED), State.SEALED, "minutes.sign", ("both_have_signed",)),
}

# In which states a kind of work may be done; everything else is refused with the state's own word.
PLANNING = _from(State.PLAN, State.CALLED)
BEFORE_OPENING = _from(State.CALLED)
TAKING_MINUTES = _from(State.OPEN, State.CLOSED)
RUNNING = _from(State.OPEN)
NOT_OVER = _from(State.PLAN, State.CALLED, State.OPEN)
HELD = _from(State.OPEN, State.CLOSED, State.SEALED)
ALIVE = _from(State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED)
