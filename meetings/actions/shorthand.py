"""What a typed line does, by the actions that the buttons call, and how the last one is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from meetings.actions import evening, floor, following, one_click, outcomes
from meetings.clock import time_of_evening
from meetings.lifecycle import TAKING_MINUTES
from meetings.models import Attendance, Mark, Outcome, OutcomeKind, Remark, Task, Vote
from meetings.shorthand import Verb
from members.access import require
from members.changes import hold
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import AgendaItem
    from meetings.shorthand import Doing
    from members.models import User
    from members.press import Press


@dataclass(frozen=True, slots=True)
class Done:
    """`did` names what was made, for `undo`: "vote.12"; `remark` is the one in which to go on writing."""

    did: str
    says: str = ""
    remark: int | None = None


@transaction.atomic
def carry_out(item: AgendaItem, doing: Doing, *, by: User, at: datetime, key: Press | None = None) -> Done:
    """Do what the line says, by the action of the button that does the same."""
    require(by, "meeting.run", item)
    return _DO[doing.verb](item, doing, {"by": by, "at": at, "key": key})


def _on_the_roll(item: AgendaItem, pk: int | None) -> Attendance:
    row = item.meeting.attendances.select_related("member").filter(pk=pk or 0).first()
    if row is None:
        raise Refused("Người này vừa được bỏ tên khỏi danh sách dự họp.")
    row.meeting = item.meeting
    return row


def _give_floor(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
    made = floor.call_on(item, _on_the_roll(item, doing.person), at_once=True, **who)
    assert made is not None  # noqa: S101 (at once: nobody waits)
    return Done(f"remark.{made.pk}", remark=made.pk)


def _leave(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
    """Like “Ghi giờ” on the roll, somebody who was marked absent was here after all; that is said."""
    row = _on_the_roll(item, doing.person)
    away = row.get_mark_display().lower() if row.mark in (Mark.EXCUSED, Mark.UNEXCUSED) else ""
    here = f" có mặt (trước đó ghi {away})," if away else ""
    was = f".{timezone.localtime(row.left_at):%H%M}" if row.left_at else ""
    left_at = time_of_evening(item.meeting.opened_at or who["at"], doing.at) if doing.at else who["at"]
    evening.come_and_go(row, arrived_at=row.arrived_at, left_at=left_at, **who)
    return Done(f"left.{row.pk}{was}", f"Đã ghi đồng chí {row.name}{here} về lúc {timezone.localtime(left_at):%H:%M}.")


def _vote(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
    in_favour, against, other = doing.figures or (0, 0, 0)
    made = evening.record_vote(item, question=doing.text, in_favour=in_favour, against=against, other=other, **who)
    came_to = "được thông qua" if made.passed else "không được thông qua"
    return Done(f"vote.{made.pk}", f"Đã ghi biểu quyết “{made.question}”: {came_to}.")


def _task(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
    row = _on_the_roll(item, doing.person) if doing.person else None
    if row is not None and row.member is None:
        raise Refused(f"Đồng chí {row.name} là khách mời nên không giao nhiệm vụ được.")
    owner = row.member if row else None
    made = following.assign_task(item.meeting, text=doing.text, owner=owner, due_on=doing.due, item=item, **who)
    return Done(f"task.{made.pk}", f"Đã giao {'đồng chí ' + row.name if row else 'cả chi bộ'}: {made.text}")


def _words(kind: OutcomeKind, called: str) -> Callable[[AgendaItem, Doing, dict[str, Any]], Done]:
    def write(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
        made = outcomes.write_outcome(item, kind=kind, text=doing.text, **who)
        return Done(f"outcome.{made.pk}", f"Đã ghi {called}.")

    return write


def _next(item: AgendaItem, doing: Doing, who: dict[str, Any]) -> Done:
    one_click.go_on(item, **who)
    return Done(f"next.{item.pk}")


_DO: dict[Verb, Callable[[AgendaItem, Doing, dict[str, Any]], Done]] = {
    Verb.FLOOR: _give_floor,
    Verb.LEFT: _leave,
    Verb.VOTE: _vote,
    Verb.TASK: _task,
    Verb.CONCLUSION: _words(OutcomeKind.CONCLUSION, "kết luận"),
    Verb.INFORMATION: _words(OutcomeKind.INFORMATION, "thông tin"),
    Verb.NEXT: _next,
}


@transaction.atomic
def undo(item: AgendaItem, did: str, *, by: User, at: datetime, key: Press | None = None) -> str:
    """Take back what a line did, by the opposite action; says in words what was taken back."""
    require(by, "meeting.run", item)
    what, _, rest = did.partition(".")
    number, _, was = rest.partition(".")
    hold(item.meeting, TAKING_MINUTES, key=key)
    if what not in _UNDO or not number.isdecimal() or len(number) > 18:
        raise Refused("Không có việc ghi tắt nào để hoàn tác.")
    return _UNDO[what](item, int(number), was, {"by": by, "at": at, "key": key})


def _found(item: AgendaItem, model: type[Any], pk: int) -> Any:
    row = model.objects.with_meeting().filter(pk=pk, meeting=item.meeting_id).first()
    if row is None:
        raise Refused("Việc ấy không còn ở đây nên không có gì để hoàn tác.")
    return row


def _no_floor(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    row = _found(item, Remark, pk)
    if not row.is_empty:
        raise Refused(
            f"Ý kiến của đồng chí {row.speaker.name} đã có chữ nên không hoàn tác; muốn bỏ, xin bấm “Xoá ý kiến này”."
        )
    evening.remove_remark(row, **who)
    return f"Đã hoàn tác: bỏ ô ghi ý kiến của đồng chí {row.speaker.name}."


def _came_back(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    row = _on_the_roll(item, pk)
    earlier = None
    if len(was) == 4 and was.isdecimal() and was < "2400" and was[2:] < "60" and item.meeting.opened_at:
        earlier = time_of_evening(item.meeting.opened_at, datetime.strptime(was, "%H%M").time())  # noqa: DTZ007 (a time alone)
    evening.come_and_go(row, arrived_at=row.arrived_at, left_at=earlier, **who)
    now = f"giờ về trở lại {was[:2]}:{was[2:]}" if earlier else "xoá giờ về"
    return f"Đã hoàn tác: {now} của đồng chí {row.name}; điểm danh vẫn ghi có mặt."


def _no_vote(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    row = _found(item, Vote, pk)
    evening.remove_vote(row, **who)
    return f"Đã hoàn tác: bỏ biểu quyết “{row.question}”."


def _no_task(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    row = _found(item, Task, pk)
    following.remove_task(row, **who)
    return f"Đã hoàn tác: bỏ nhiệm vụ “{row.text}”."


def _no_words(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    row = _found(item, Outcome, pk)
    outcomes.remove_outcome(row, **who)
    return f"Đã hoàn tác: bỏ {row.get_kind_display().lower()} vừa ghi."


def _not_back(item: AgendaItem, pk: int, was: str, who: dict[str, Any]) -> str:
    raise Refused("Đã sang mục khác thì không hoàn tác được; mục trước vẫn mở ra ghi thêm được.")


_UNDO: dict[str, Callable[[AgendaItem, int, str, dict[str, Any]], str]] = {
    "remark": _no_floor,
    "left": _came_back,
    "vote": _no_vote,
    "task": _no_task,
    "outcome": _no_words,
    "next": _not_back,
}
