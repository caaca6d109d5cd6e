"""WHAT CAN HAPPEN NEXT: the states of a meeting and every move between them."""

from __future__ import annotations

from django.db import models

from members.lifecycle import Transition, any_of


class State(models.TextChoices):
    PLAN = "plan", "Đang chuẩn bị"
    CALLED = "called", "Đã thông báo"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã kết thúc, chờ ký"
    SEALED = "sealed", "Đã ký biên bản"
    CANCELLED = "cancelled", "Đã huỷ"


TRANSITIONS: dict[str, Transition] = {
    "call": Transition(any_of(State.PLAN), State.CALLED, "meeting.call", ("time_and_place", "agenda_is_not_empty")),
    "withdraw": Transition(any_of(State.CALLED), State.PLAN, "meeting.call"),
    "cancel": Transition(any_of(State.PLAN, State.CALLED), State.CANCELLED, "meeting.call"),
    "open": Transition(
        any_of(State.CALLED), State.OPEN, "meeting.run", ("chair_and_minute_taker", "both_are_in_office")
    ),
    "take_back": Transition(any_of(State.OPEN), State.CALLED, "meeting.run", ("nothing_is_recorded",)),
    "close": Transition(
        any_of(State.OPEN),
        State.CLOSED,
        "meeting.run",
        ("somebody_is_here", "both_seats_are_here", "roll_call_is_complete", "times_within_the_meeting", "it_was_held"),
    ),
    "reopen": Transition(any_of(State.CLOSED), State.OPEN, "meeting.run"),
    "seal": Transition(
        any_of(State.CLOSED),
        State.SEALED,
        "minutes.sign",
        ("both_have_signed", "roll_call_is_complete", "corrections_are_answered"),
    ),
}

# In which states a kind of work may be done; everything else is refused with the state's own word.
PLANNING = any_of(State.PLAN, State.CALLED)
BEFORE_OPENING = any_of(State.CALLED)
TAKING_MINUTES = any_of(State.OPEN, State.CLOSED)
RUNNING = any_of(State.OPEN)
TOOK_PLACE = any_of(State.OPEN, State.CLOSED, State.SEALED)
ALIVE = any_of(State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED)
