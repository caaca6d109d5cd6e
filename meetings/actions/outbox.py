"""What was done at a desk without network, brought to the record one by one by the actions that the buttons call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from meetings import facts
from meetings.actions import evening, following, one_click, outcomes
from meetings.models import AgendaItem, Attendance, Meeting, OutcomeKind
from meetings.presence import steady
from members.access import require
from members.refusal import Refused
from members.saving.actions import save_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from members.models import User
    from members.press import Press

    Who = dict[str, Any]


class What(models.TextChoices):
    """What can be done at a desk while the network is away."""

    MARK = "mark", "Điểm danh"
    REST = "rest", "Những đồng chí còn lại đều có mặt"
    CAME = "came", "Đến muộn"
    LEFT = "left", "Về sớm"
    SPEAK = "speak", "Phát biểu"
    CONCLUDE = "conclude", "Kết luận"
    VOTE = "vote", "Biểu quyết"
    TASK = "task", "Giao nhiệm vụ"
    NEXT = "next", "Sang nội dung tiếp theo"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a device has held: under which item, about whom, and what the form of the button would say."""

    what: What
    item: AgendaItem | None
    person: Attendance | None
    given: Mapping[str, Any]


@transaction.atomic
def bring_in(
    meeting: Meeting, held: Held, *, done_at: datetime, by: User, at: datetime, key: Press | None = None
) -> None:
    """Do now what was done then. `done_at`: when the desk says it was, on the server's clock.

    It counts as done at that time, but never before what the record knows already, and never after now: what a
    device says of the time orders nothing.
    """
    require(by, "meeting.run", meeting)
    moment = min(steady(meeting, done_at), at)
    _DO[held.what](meeting, held, {"by": by, "at": moment, "key": key})


def _item(held: Held) -> AgendaItem:
    if held.item is None:
        raise Refused("Nội dung này không còn trong chương trình.", field="item")
    return held.item


def _person(held: Held) -> Attendance:
    if held.person is None:
        raise Refused("Người này không còn trong danh sách dự họp.", field="person")
    return held.person


def _mark(meeting: Meeting, held: Held, who: Who) -> None:
    evening.mark(_person(held), **held.given, **who)


def _rest(meeting: Meeting, held: Held, who: Who) -> None:
    evening.mark_rest_present(meeting, **who)


def _came(meeting: Meeting, held: Held, who: Who) -> None:
    one_click.arrive(_person(held), **who)


def _left(meeting: Meeting, held: Held, who: Who) -> None:
    row = _person(held)
    evening.come_and_go(row, arrived_at=row.arrived_at, left_at=who["at"], **who)


def _speak(meeting: Meeting, held: Held, who: Who) -> None:
    """Where a remark has three parts, all that was said stands in the first, to be divided by who took it down."""
    item = _item(held)
    remark = evening.add_remark(item, _person(held), **who)
    step = facts.step_of(meeting, item)
    part = "awareness" if step is not None and step.three_part else "text"
    save_text("remark", remark, {part: held.given["text"]}, base=remark.rev, by=who["by"], at=who["at"])


def _conclude(meeting: Meeting, held: Held, who: Who) -> None:
    outcomes.write_outcome(_item(held), kind=OutcomeKind.CONCLUSION, text=held.given["text"], **who)


def _vote(meeting: Meeting, held: Held, who: Who) -> None:
    evening.record_vote(_item(held), **held.given, **who)


def _task(meeting: Meeting, held: Held, who: Who) -> None:
    following.assign_task(meeting, **held.given, item=_item(held), **who)


def _next(meeting: Meeting, held: Held, who: Who) -> None:
    item = _item(held)
    if item.started_at is None:
        evening.start_item(item, **who)
    else:
        one_click.go_on(item, **who)


_DO: dict[What, Callable[[Meeting, Held, Who], None]] = {
    What.MARK: _mark,
    What.REST: _rest,
    What.CAME: _came,
    What.LEFT: _left,
    What.SPEAK: _speak,
    What.CONCLUDE: _conclude,
    What.VOTE: _vote,
    What.TASK: _task,
    What.NEXT: _next,
}
