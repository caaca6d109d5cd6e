"""WHAT CAN HAPPEN NEXT: the states of a meeting, and of its minutes above, with every move between them."""

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
        (
            "somebody_is_here",
            "both_seats_are_here",
            "roll_call_is_complete",
            "times_within_the_meeting",
            "votes_fit_the_roll",
            "no_vote_is_open",
            "it_was_held",
        ),
    ),
    "reopen": Transition(any_of(State.CLOSED), State.OPEN, "meeting.run"),
    "seal": Transition(
        any_of(State.CLOSED),
        State.SEALED,
        "minutes.sign",
        ("both_have_signed", "roll_call_is_complete", "votes_fit_the_roll", "corrections_are_answered"),
    ),
}


class Inspecting(models.TextChoices):
    """Where sealed minutes stand between the cell and the superior committee."""

    WAITING = "waiting", "Chưa xem xét"
    RETURNED = "returned", "Trả lại, chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    ACCEPTED = "accepted", "Đã xem xét"


# Of an Exchange. An addendum after the acceptance is something new to look at, so it answers as well.
INSPECTING: dict[str, Transition] = {
    "accept": Transition(
        any_of(Inspecting.WAITING, Inspecting.RETURNED, Inspecting.ANSWERED), Inspecting.ACCEPTED, "minutes.inspect"
    ),
    "return": Transition(any_of(*Inspecting), Inspecting.RETURNED, "minutes.inspect"),
    "answer": Transition(any_of(Inspecting.RETURNED, Inspecting.ACCEPTED), Inspecting.ANSWERED, "minutes.answer"),
}

# In which states a kind of work may be done; everything else is refused with the state's own word.
PLANNING = any_of(State.PLAN, State.CALLED)
BEFORE_OPENING = any_of(State.CALLED)
TAKING_MINUTES = any_of(State.OPEN, State.CLOSED)
RUNNING = any_of(State.OPEN)
TOOK_PLACE = any_of(State.OPEN, State.CLOSED, State.SEALED)
OVER = any_of(State.CLOSED, State.SEALED)
ALIVE = any_of(State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED)
