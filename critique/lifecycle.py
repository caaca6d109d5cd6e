"""WHAT CAN HAPPEN NEXT: the states of a yearly review and every move between them."""

from __future__ import annotations

from django.db import models

from members.lifecycle import Transition, any_of


class State(models.TextChoices):
    PLAN = "plan", "Đang chuẩn bị"
    OPEN = "open", "Đang viết bản kiểm điểm"
    READING = "reading", "Đang đọc bản kiểm điểm"
    MET = "met", "Đã họp kiểm điểm"
    CLOSED = "closed", "Đã kết thúc"


TRANSITIONS: dict[str, Transition] = {
    "open": Transition(any_of(State.PLAN), State.OPEN, "cycle.run", ("days_in_order", "somebody_writes")),
    "read": Transition(any_of(State.OPEN), State.READING, "cycle.run", ("somebody_has_submitted",)),
    "shut": Transition(any_of(State.READING), State.OPEN, "cycle.run"),
    "hold": Transition(any_of(State.OPEN, State.READING), State.MET, "cycle.run"),
    "resume": Transition(any_of(State.MET), State.READING, "cycle.run", ("not_handed_up",)),
    "close": Transition(any_of(State.MET), State.CLOSED, "cycle.run", ("every_hearing_is_over",)),
}

# In which states a kind of work may be done; everything else is refused with the state's own word.
PREPARING = any_of(State.PLAN, State.OPEN)
NOT_CLOSED = any_of(State.PLAN, State.OPEN, State.READING, State.MET)
WRITING = any_of(State.OPEN, State.READING, State.MET)  # who has not submitted may still do so, marked as late
TAKING_BACK = any_of(State.OPEN)  # what others may be reading does not change under their eyes
BALLOTING = any_of(State.OPEN, State.READING, State.MET)  # until the dossier is handed up
SUBMITTED_SEEN = any_of(State.OPEN, State.READING, State.MET, State.CLOSED)


class Considering(models.TextChoices):
    """Of the hearing of one person or of the collective."""

    WAITING = "waiting", "Chưa xét"  # only opinions that were sent beforehand
    GOING = "going", "Đang xét"
    CLOSED = "closed", "Đã kết luận"


HEARING_OPEN = frozenset({Considering.WAITING, Considering.GOING})
HEARING_GOING = frozenset({Considering.GOING})
HEARING_OVER = frozenset({Considering.CLOSED})
HEARD_IN = any_of(State.OPEN, State.READING, State.MET)
NOTING = any_of(State.OPEN, State.READING)  # private notes; after the conference what is left may still be sent


class Remedying(models.TextChoices):
    NOT_YET = "not_yet", "Chưa khắc phục"
    GOING = "going", "Đang khắc phục"
    DONE = "done", "Đã khắc phục"
    CLOSED = "closed", "Đã đóng"


# A shortcoming leaves the register only when the committee closes it; "đã khắc phục" alone still waits for that.
REMEDY_OPEN = frozenset({Remedying.NOT_YET, Remedying.GOING, Remedying.DONE})
REMEDY_OVER = frozenset({Remedying.CLOSED})
FOUND = (Remedying.NOT_YET, Remedying.GOING, Remedying.DONE)  # what a check may find
AFTER_MEETING = any_of(State.MET, State.CLOSED)  # promises are taken up, levels decided only after the review meeting


class Answering(models.TextChoices):
    """Of a letter or a request: it waits for its answer, has one, or was taken back before."""

    WAITING = "waiting", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Người gửi đã rút"


WAITS = frozenset({Answering.WAITING})
