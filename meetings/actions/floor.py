"""The speaking list: asking for the floor, giving it, pausing, ending, order, closing, limit, taking a step back.

Events outlive the list, so that they name the item and neither a person nor a turn: docs/decisions/0030.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from meetings.actions import turns
from meetings.actions.core import lately, refuse_if_apart, refuse_if_too_often
from meetings.actions.evening import add_remark
from meetings.actions.floor_steps import kept, take_back
from meetings.actions.remarks import open_remark, refuse_unless_in_the_room
from meetings.actions.standing import as_it_stands, turns_near
from meetings.clock import CLOCKS_DIFFER, minute
from meetings.lifecycle import RUNNING, TAKING_MINUTES, State
from meetings.models import AgendaItem, Attendance, Remark, Turn, TurnKind, TurnState
from meetings.presence import steady
from members.access import require
from members.changes import claim, claim_held, hold, reload
from members.held import put_in
from members.policy import may
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

LONGEST = 60  # minutes of one turn
PLACES = ("up", "down", "first")
FOR_ONESELF = "ask_for_oneself"


@transaction.atomic
def ask(
    item: AgendaItem,
    speaker: Attendance,
    *,
    kind: str = TurnKind.SPEAK,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Turn:
    """Put somebody on the list: a member themself, while it is open, or the desk anybody who is here.

    A word on the procedure stands before the others.
    """
    require(by, "floor.ask", speaker)
    hold(item.meeting, RUNNING, key=key, often=lately(FOR_ONESELF, by, at))
    found = as_it_stands(item, speaker)
    if not _runs(item):
        raise _not_running(item)
    return _listed(item, speaker, _judged(item, speaker, found, kind, at), kind, by, at, key)


def _listed(
    item: AgendaItem, speaker: Attendance, found: Attendance, kind: str, by: User, at: datetime, press: Press | None
) -> Turn:
    desk = may(by, "meeting.run", speaker)
    if not desk and item.floor_closed_at is not None:
        raise Refused("Chủ trì đã đóng danh sách đăng ký phát biểu ở nội dung này.")
    if found.own_turn is not None:
        said = "đã có tên trong danh sách" if found.own_turn == TurnState.WAITING else "đang phát biểu"
        raise Refused(f"Đồng chí {speaker.name} {said}.", field="speaker")
    own = _is_own(speaker, by)
    if own:
        refuse_if_too_often(item.meeting)
    others = list(item.turns.waiting()) if kind == TurnKind.PROCEDURAL else []
    step: AbstractContextManager[list[Turn]] = nullcontext([]) if own else kept(item, "ask_floor", *others)
    with step as new:
        turn = _new_turn(item, speaker, kind, by, at, place=_last_place(item))
        new.append(turn)
        if kind == TurnKind.PROCEDURAL:
            before = sum(one.kind == TurnKind.PROCEDURAL for one in others)
            _in_this_order([*others[:before], turn, *others[before:]])
    what = FOR_ONESELF if own else "ask_floor"
    claim_held(item.meeting, RUNNING, what, by=by, at=at, key=press, item=item.pk)
    return turn


@transaction.atomic
def withdraw(turn: Turn, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Off the list again, by oneself or by the desk."""
    require(by, "floor.ask", turn)
    own = _is_own(turn.speaker, by)
    what = "withdraw_own_asking" if own else "withdraw_asking"
    claim(turn.meeting, RUNNING, what, by=by, at=at, key=key, item=turn.item_id)
    _read_again(turn)
    if turn.state in (TurnState.WITHDRAWN, TurnState.DONE):
        raise AlreadyDone
    if turn.state != TurnState.WAITING:
        raise Refused(f"Đồng chí {turn.speaker.name} đã được mời phát biểu.")
    with nullcontext() if own else kept(turn.item, "withdraw_asking", turn):
        turn.state = TurnState.WITHDRAWN
        turn.save(update_fields=["state"])


@transaction.atomic
def call_on(
    item: AgendaItem,
    speaker: Attendance,
    *,
    kind: str = TurnKind.SPEAK,
    at_once: bool = False,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Remark | None:
    """The floor for whoever is named, or a place in the list while somebody speaks or waits, unless `at_once`.

    Where the item is not running, only the words are written down.
    """
    require(by, "meeting.run", item)
    hold(item.meeting, TAKING_MINUTES, key=key, often=lately(FOR_ONESELF, by, at))
    found = as_it_stands(item, speaker)
    if not _runs(item):
        return add_remark(item, speaker, by=by, at=at, key=key)
    found = _judged(item, speaker, found, kind, at)
    if not at_once and (found.busy or item.turns.waiting().exists()):
        _listed(item, speaker, found, kind, by, at, key)
        return None
    return _given(item, speaker, kind, by, at, key)


@transaction.atomic
def call_up(turn: Turn, *, by: User, at: datetime, key: Press | None = None) -> Remark:
    """The floor for somebody who waits, and no other way: a desk that is behind writes nothing into what is over."""
    require(by, "meeting.run", turn)
    hold(turn.meeting, RUNNING, key=key)
    turn.item.meeting = turn.meeting  # that is held
    found = as_it_stands(turn.item, turn.speaker)
    if not _runs(turn.item):
        raise _not_running(turn.item)
    _refuse_unless(turn, TurnState.WAITING)
    _judged(turn.item, turn.speaker, found, turn.kind, at)
    return _given(turn.item, turn.speaker, turn.kind, by, at, key)


def _given(item: AgendaItem, speaker: Attendance, kind: str, by: User, at: datetime, press: Press | None) -> Remark:
    those = turns_near(item, speaker)
    if those.own is not None and those.own.state != TurnState.WAITING:
        raise Refused(f"Đồng chí {speaker.name} đang phát biểu.", field="speaker")
    with kept(item, "give_floor", *filter(None, (those.speaking, those.own)), speaker=speaker) as new:
        moment = steady(item.meeting, at)
        if those.speaking is not None:
            turns.stop(those.speaking, moment)
        remark = open_remark(item, speaker, None, judged=True, by=by, at=at)
        now = {"state": TurnState.SPEAKING, "started_at": moment, "place": _last_place(item), "remark": remark}
        if those.own is None:
            new.append(_new_turn(item, speaker, kind, by, at, **now))
        else:
            _rewrite(those.own, **now)
    claim_held(item.meeting, RUNNING, "give_floor", by=by, at=at, key=press, item=item.pk)
    return remark


@transaction.atomic
def pause(turn: Turn, *, on: bool = True, by: User, at: datetime, key: Press | None = None) -> None:
    """The speaker stops for a while, or with `on=False` goes on; the pause counts to nobody."""
    require(by, "meeting.run", turn)
    what = "pause_turn" if on else "resume_turn"
    claim(turn.meeting, RUNNING, what, by=by, at=at, key=key, item=turn.item_id)
    _refuse_unless(turn, TurnState.SPEAKING if on else TurnState.PAUSED)
    moment = max(steady(turn.meeting, at), turn.started_at or at)
    with kept(turn.item, what, turn):
        if turn.paused_at is not None:
            turn.paused_seconds += max(0, int((moment - turn.paused_at).total_seconds()))
        turn.state, turn.paused_at = (TurnState.PAUSED, moment) if on else (TurnState.SPEAKING, None)
        turn.save(update_fields=["state", "paused_at", "paused_seconds"])


@transaction.atomic
def end(turn: Turn, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "meeting.run", turn)
    claim(turn.meeting, RUNNING, "end_turn", by=by, at=at, key=key, item=turn.item_id)
    _refuse_unless(turn, TurnState.SPEAKING, TurnState.PAUSED)
    with kept(turn.item, "end_turn", turn):
        turns.stop(turn, steady(turn.meeting, at))


@transaction.atomic
def move(turn: Turn, *, to: str, by: User, at: datetime, key: Press | None = None) -> None:
    """Up, down or to the front of those who wait."""
    require(by, "meeting.run", turn)
    if to not in PLACES:
        raise Refused("Không có cách đổi thứ tự này.")
    hold(turn.meeting, RUNNING, key=key)
    _refuse_unless(turn, TurnState.WAITING)
    waiting = list(turn.item.turns.waiting())
    place = waiting.index(turn)
    target = {"up": max(0, place - 1), "down": place + 1, "first": 0}[to]
    if target == place or target == len(waiting):
        raise AlreadyDone  # it stands there
    claim(turn.meeting, RUNNING, "move_turn", by=by, at=at, key=key, item=turn.item_id, to=to)
    with kept(turn.item, "move_turn", *waiting):
        waiting.insert(target, waiting.pop(place))
        _in_this_order(waiting)


@transaction.atomic
def close_list(item: AgendaItem, *, closed: bool = True, by: User, at: datetime, key: Press | None = None) -> None:
    """Nobody puts themselves on the list any more, or with `closed=False` everybody may again.

    The desk adds whom the chair calls in either case.
    """
    require(by, "meeting.run", item)
    what = "close_list" if closed else "reopen_list"
    claim(item.meeting, RUNNING, what, by=by, at=at, key=key, item=item.pk)
    _refuse_unless_running(item)
    if (item.floor_closed_at is not None) == closed:
        raise AlreadyDone
    with kept(item, what):
        item.floor_closed_at = at if closed else None
        item.save(update_fields=["floor_closed_at"])


@transaction.atomic
def limit(
    item: AgendaItem,
    *,
    minutes: int | None,
    everywhere: bool = False,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """How long a turn should take on this item; None: as for the whole meeting, 0: as long as it takes.

    `everywhere`: for every item of the meeting that has no time of its own. Nobody is cut off by it.
    """
    require(by, "meeting.run", item)
    claim(item.meeting, RUNNING, "limit_turns", by=by, at=at, key=key, item=item.pk, minutes=minutes)
    if minutes is not None and not 0 <= minutes <= LONGEST:
        raise Refused(f"Mỗi lượt từ 1 đến {LONGEST} phút; để trống nếu không giới hạn.", field="minutes")
    item.refresh_from_db(fields=["turn_minutes"])
    if everywhere:
        item.meeting.turn_minutes = minutes or None
        item.meeting.save(update_fields=["turn_minutes"])
    with nullcontext() if everywhere and item.turn_minutes is None else kept(item, "limit_turns"):
        item.turn_minutes = None if everywhere else minutes
        item.save(update_fields=["turn_minutes"])


@transaction.atomic
def correct_times(
    turn: Turn, *, started_at: datetime, ended_at: datetime, by: User, at: datetime, key: Press | None = None
) -> None:
    """When a turn that is over really began and ended, pauses included."""
    require(by, "meeting.run", turn)
    claim(turn.meeting, TAKING_MINUTES, "correct_turn", by=by, at=at, key=key, item=turn.item_id)
    _refuse_unless(turn, TurnState.DONE)
    opened, closed = turn.meeting.opened_at, turn.meeting.closed_at
    if opened is not None and started_at < minute(opened):
        raise Refused("Giờ này sớm hơn giờ khai mạc.", field="started_at")
    if ended_at < started_at:
        raise Refused("Giờ kết thúc phải sau giờ bắt đầu.", field="ended_at")
    if ended_at > (at + CLOCKS_DIFFER if closed is None else closed):
        raise Refused("Giờ này chưa tới." if closed is None else "Giờ này muộn hơn giờ kết thúc.", field="ended_at")
    with kept(turn.item, "correct_turn", turn):
        turn.started_at, turn.ended_at, turn.paused_seconds = started_at, ended_at, 0
        turn.save(update_fields=["started_at", "ended_at", "paused_seconds"])


@transaction.atomic
def undo(item: AgendaItem, *, step: int, by: User, at: datetime, key: Press | None = None) -> None:
    """Take the last step back. `step`: the one that the screen named; another desk may have taken it back before."""
    require(by, "meeting.run", item)
    claim(item.meeting, TAKING_MINUTES, "undo_floor", by=by, at=at, key=key, item=item.pk)
    last = item.floor_steps.select_related("item__meeting__cell").last()
    if last is None or last.pk != step:
        raise Refused("Bước này không còn hoàn tác được: danh sách vừa thay đổi.")
    take_back(last, at)


def _runs(item: AgendaItem) -> bool:
    return item.progress == "running" and item.meeting.state == State.OPEN


def _not_running(item: AgendaItem) -> Refused:
    return Refused(f"Nội dung “{item.title}” không đang tiến hành nên không đăng ký, mời phát biểu được.")


def _refuse_unless_running(item: AgendaItem) -> None:
    reload(item, *AgendaItem.HOW_FAR)
    if not _runs(item):
        raise _not_running(item)


def _judged(item: AgendaItem, speaker: Attendance, found: Attendance | None, kind: str, at: datetime) -> Attendance:
    """Who may speak now; `found` is their row as it stands, and `speaker` is brought up to it."""
    refuse_if_apart(item)
    if kind not in TurnKind.values:
        raise Refused("Xin chọn loại: phát biểu, trao đổi lại hoặc về trình tự.", field="kind")
    if speaker.meeting_id != item.meeting_id:
        raise Refused("Người phát biểu không thuộc buổi họp này.", field="speaker")
    return refuse_unless_in_the_room(item, speaker, found, at, now=True)


def _is_own(speaker: Attendance, by: User) -> bool:
    """Done by whoever speaks, for themself; the desk does it for somebody."""
    return speaker.member_id is not None and speaker.member_id == by.member_id


def _last_place(item: AgendaItem) -> int:
    """The version that the event of this change will make: after everything before it, whatever the clock says."""
    return item.meeting.next_version


def _new_turn(item: AgendaItem, speaker: Attendance, kind: str, by: User, at: datetime, **columns: Any) -> Turn:
    given = {"meeting": item.meeting, "item": item, "speaker": speaker, "kind": kind, **columns}
    turn = Turn(asked_by=by, asked_at=at, **given)
    put_in(turn)
    return turn


def _rewrite(turn: Turn, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(turn, name, value)
    turn.save(update_fields=[*columns])


def _in_this_order(waiting: list[Turn]) -> None:
    for turn, place in zip(waiting, sorted(one.place for one in waiting), strict=True):
        if turn.place != place:
            turn.place = place
            turn.save(update_fields=["place"])


def _read_again(turn: Turn) -> None:
    """As it is now, once the meeting is held."""
    try:
        turn.refresh_from_db(fields=["state", "place", "started_at", "paused_at", "paused_seconds", "ended_at"])
    except Turn.DoesNotExist:
        raise Refused("Lượt phát biểu này vừa được bỏ khỏi danh sách.") from None


def _refuse_unless(turn: Turn, *states: TurnState) -> None:
    """The turn as it is now stands in one of these states; the same again is done already."""
    _read_again(turn)
    if turn.state not in states:
        raise Refused(f"Lượt của đồng chí {turn.speaker.name} đang ở bước “{turn.get_state_display()}”.")
