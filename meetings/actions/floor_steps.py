"""Undoing on the speaking list: a step keeps what it changes, column by column, and gives back what nobody has touched
since.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from meetings.actions.votes import recount
from meetings.models import ON_THE_FLOOR, AgendaItem, Attendance, FloorStep, Mark, Remark, Turn, TurnState
from meetings.presence import room_of, steady
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = 10
_TURN = ("state", "place", "started_at", "paused_at", "paused_seconds", "ended_at", "remark_id")
_ITEM = ("floor_closed_at", "turn_minutes")
_HERE = (TurnState.WAITING, *ON_THE_FLOOR)
Row = dict[str, Any]


@contextmanager
def kept(item: AgendaItem, what: str, *turns: Turn, speaker: Attendance | None = None) -> Iterator[list[Turn]]:
    """What changes inside on the item's list and on these turns can be undone; a turn that is put on the list inside is
    added to what this gives. `speaker`: who may be marked as here by it.

    All of them as they were just read, with the meeting held, and as they are saved inside: the database is not asked
    what it has just been told.
    """
    new: list[Turn] = []
    before, of_item = [_row(turn) for turn in turns], _columns(item)
    unmarked = speaker is not None and speaker.mark == Mark.NONE
    yield new
    changed = {turn.pk: _changed(was, _row(turn)) for turn, was in zip(turns, before, strict=True)}
    was = {
        "new": [turn.pk for turn in new],
        "turns": {pk: columns for pk, columns in changed.items() if columns},
        "item": _changed(of_item, _columns(item)),
        "unmarked": speaker.pk if speaker is not None and unmarked else None,
    }
    _note(item, what, was)


def _note(item: AgendaItem, what: str, was: Row) -> None:
    FloorStep.objects.keep(FloorStep(meeting_id=item.meeting_id, item=item, what=what, was=was), KEPT)


def take_back(step: FloorStep, at: datetime) -> None:
    """What stood before stands again. Whoever has left meanwhile stays off, whoever has asked meanwhile stays on.

    An empty remark goes; one with words stays, and then nothing is undone. Call with the meeting claimed.
    """
    item, was = step.item, step.was
    changed: dict[int, Row] = {int(pk): columns for pk, columns in was["turns"].items()}
    found = {turn.pk: turn for turn in Turn.objects.filter(pk__in=[*was["new"], *changed]).select_related("speaker")}
    opened = [turn for turn in found.values() if turn.pk in was["new"] or "remark_id" in changed[turn.pk]]
    _take_out([turn.remark_id for turn in opened if turn.remark_id is not None])
    Turn.objects.filter(pk__in=was["new"]).delete()
    room = room_of(item.meeting, steady(item.meeting, at), item).now()
    silent = {row.pk for row in room.rows if room.why_silent(row)}
    again = {pk: _former(_row(turn), changed[pk]) for pk, turn in found.items() if pk in changed}
    for pk, columns in sorted(again.items(), key=lambda one: one[1].get("state") in ON_THE_FLOOR):
        back = columns.get("state") in _HERE
        if columns and not (back and (found[pk].speaker_id in silent or _is_taken(found[pk], columns["state"]))):
            Turn.objects.filter(pk=pk).update(**_parsed(columns))
    if columns := _former(_columns(item), was["item"]):
        AgendaItem.objects.filter(pk=item.pk).update(**_parsed(columns))
    if was["unmarked"]:
        _unmark(item, was["unmarked"])
    step.delete()


def _take_out(remarks: list[int]) -> None:
    for remark in Remark.objects.filter(pk__in=remarks).select_related("speaker"):
        if not remark.is_empty:
            raise Refused(
                f"Ý kiến của đồng chí {remark.speaker.name} đã có chữ nên không hoàn tác được. Nếu ghi nhầm người, "
                "xin xoá ý kiến ấy trong biên bản."
            )
        remark.delete()


def _is_taken(turn: Turn, state: str) -> bool:
    """Somebody else speaks, or they stand in the list again already."""
    others = Turn.objects.exclude(pk=turn.pk)
    if state in ON_THE_FLOOR:
        return others.filter(meeting=turn.meeting_id).on_the_floor().exists()
    return others.filter(item=turn.item_id, speaker=turn.speaker_id).waiting().exists()


def _unmark(item: AgendaItem, row: int) -> None:
    """Whom the step has marked as here is as before: the roll has not reached them."""
    rows = Attendance.objects.filter(pk=row, mark=Mark.PRESENT, arrived_at=None, left_at=None, remarks=None)
    if Attendance.objects.filter(pk__in=rows.values("pk")).update(mark=Mark.NONE):
        recount(item.meeting)


def _row(turn: Turn) -> Row:
    return _plain({name: getattr(turn, name) for name in _TURN})


def _columns(item: AgendaItem) -> Row:
    return _plain({name: getattr(item, name) for name in _ITEM})


def _plain(row: Mapping[str, Any]) -> Row:
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for name, value in row.items()
    }


def _changed(before: Row, after: Row) -> dict[str, list[Any]]:
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _former(now: Row, changed: Mapping[str, list[Any]]) -> Row:
    """Of the columns that stand as the step has left them, what stood before; the remark is gone by itself."""
    return {name: before for name, (before, after) in changed.items() if now[name] == after and name != "remark_id"}


def _parsed(columns: Row) -> Row:
    """Moments were kept as text."""
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in columns.items()
    }
