"""Taking a step back on the speaking list, and what is left of the list when the minutes are sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meetings.actions import evening, floor, votes
from meetings.deeds import _HELD
from meetings.floor import STEPS
from meetings.models import FloorStep, Mark, Meeting, Remark, Turn
from privacy.my_data import kept_about
from tests.factories import at
from tests.meetings.on_the_floor import Room
from tests.meetings.steps import DURING, close, fresh, mark, refused, seal

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import AsUser, Cast


@pytest.fixture
def room(cast: Cast, opened: Meeting) -> Room:
    return Room(cast, opened)


# --- Undo ---------------------------------------------------------------------------------------


def state_of(room: Room) -> list[tuple[Any, ...]]:
    rows = Turn.objects.exclude(state="withdrawn").order_by("pk")
    found = rows.values_list("speaker__member", "state", "place", "started_at", "ended_at", "paused_at", "remark")
    return [*found, (room.item.floor_closed_at, room.item.turn_minutes)]


def test_the_last_ten_steps_are_taken_back_one_by_one(room: Room, cast: Cast) -> None:
    def turn(member: Member) -> Turn:
        return room.turn(member)

    steps = [
        lambda: room.lists(cast.lan),
        lambda: room.lists(cast.tuan),
        lambda: floor.move(turn(cast.tuan), to="first", **room.desk),
        lambda: room.gives(cast.tuan),
        lambda: floor.pause(turn(cast.tuan), **room.desk),
        lambda: floor.pause(turn(cast.tuan), on=False, **room.desk),
        lambda: room.gives(cast.lan),
        lambda: floor.end(turn(cast.lan), **room.desk),
        lambda: room.lists(cast.son),
        lambda: floor.withdraw(turn(cast.son), **room.desk),
        lambda: floor.limit(room.item, minutes=5, **room.desk),
        lambda: floor.close_list(room.item, **room.desk),
    ]
    before = []
    for step in steps:
        before.append(state_of(room))
        room.later(10)
        step()
    assert FloorStep.objects.count() == 10
    for stood in reversed(before[2:]):
        room.undoes()
        assert state_of(room) == stood
    assert (FloorStep.objects.count(), room.waiting) == (0, ["Lan", "Tuấn"])
    with refused("Bước này không còn hoàn tác được: danh sách vừa thay đổi."):
        floor.undo(room.item, step=1, **room.desk)


def test_steps_of_another_meeting_are_kept_however_many_are_taken_here(room: Room, cast: Cast) -> None:
    elsewhere = Meeting.objects.create(
        cell=cast.cell, kind="regular", rulebook="hd42", starts_at=at("2026-11-03 19:30")
    )
    item = elsewhere.items.create(position=1, title="Chào cờ")
    step = FloorStep.objects.create(meeting=elsewhere, item=item, what="limit", was={})
    for minutes in range(1, 13):
        floor.limit(room.item, minutes=minutes, **room.desk)
    assert FloorStep.objects.filter(meeting=room.meeting).count() == 10
    assert FloorStep.objects.filter(pk=step.pk).exists()


def test_undo_takes_an_empty_remark_away_and_never_one_with_words(room: Room, cast: Cast) -> None:
    room.lists(cast.son)
    room.gives(cast.tuan)
    room.later(30)
    room.gives(cast.son)
    room.undoes()
    assert (room.speaker, room.floor.seconds, room.waiting, Remark.objects.count()) == ("Tuấn", 30, ["Sơn"], 1)
    remark = room.says(cast.son, "Tôi nhất trí.")
    no = (
        "Ý kiến của đồng chí Đỗ Văn Sơn đã có chữ nên không hoàn tác được. Nếu ghi nhầm người, "
        "xin xoá ý kiến ấy trong biên bản."
    )
    with refused(no):
        room.undoes()
    remark.refresh_from_db()
    assert remark.words == "Tôi nhất trí."


def test_undo_is_of_the_step_on_the_screen_and_leaves_alone_what_members_did_since(room: Room, cast: Cast) -> None:
    room.lists(cast.son, cast.tuan)
    floor.move(room.turn(cast.tuan), to="up", **room.desk)
    shown = FloorStep.objects.latest("pk").pk
    room.asks(cast.lan)
    floor.withdraw(room.turn(cast.tuan), **room.as_themself(cast.tuan))
    floor.undo(room.item, step=shown, **room.desk)
    assert room.waiting == ["Sơn", "Lan"]
    with refused("Bước này không còn hoàn tác được: danh sách vừa thay đổi."):
        floor.undo(room.item, step=shown, **room.desk)


def test_undo_brings_nobody_back_who_has_left_or_asked_again(room: Room, cast: Cast) -> None:
    room.gives(cast.son)
    room.gives(cast.tuan)
    room.later(60)
    evening.come_and_go(room.row(cast.son), arrived_at=None, left_at=at("2026-12-03 19:31"), **room.desk)
    room.undoes()
    assert (room.speaker, room.turn(cast.son).state) == ("", "done")
    room.lists(cast.tuan)
    floor.withdraw(room.turn(cast.tuan), **room.desk)
    room.asks(cast.tuan)
    room.undoes()
    assert room.waiting == ["Tuấn"]


def _kept_of(member: Member) -> list[Any]:
    """What the page “Những gì lưu về tôi” says of turns."""
    title = "Đăng ký phát biểu ở buổi họp chưa ký biên bản"
    return [entry for chapter in kept_about(member) if chapter.title == title for entry in chapter.entries]


# --- What stays ---------------------------------------------------------------------------------


FLOOR = {what for what in _HELD if what in STEPS or what.startswith(("ask_", "withdraw_own"))} | {"undo_floor"}


def test_no_event_joins_a_person_with_a_turn(room: Room, cast: Cast, as_user: AsUser) -> None:
    """Events stay. One of the list says which item and what was done; one that names a person nothing of a turn."""
    assert {"ask_floor", "give_floor", "pause_turn", "end_turn", "correct_turn", "ask_for_oneself"} < FLOOR
    room.asks(cast.lan)
    floor.withdraw(room.turn(cast.lan), **room.as_themself(cast.lan))
    room.asks(cast.lan)
    room.asks(cast.tuan)
    room.lists(cast.son)
    floor.move(room.turn(cast.son), to="first", **room.desk)
    room.gives(cast.tuan)
    for on in (True, False):
        room.later(60)
        floor.pause(room.turn(cast.tuan), on=on, **room.desk)
    remark = Remark.objects.with_meeting().get()
    evening.remove_remark(remark, **room.desk)
    room.gives(cast.son)
    room.later(60)
    evening.come_and_go(room.row(cast.son), arrived_at=None, left_at=room.now, **room.desk)
    votes.step_aside(room.item, room.row(cast.lan), **room.desk)
    room.asks(cast.tuan)
    mark(cast, room.meeting, cast.tuan, Mark.UNEXCUSED)
    mark(cast, room.meeting, cast.tuan, Mark.PRESENT)
    room.gives(cast.tuan)
    room.later(60)
    floor.end(room.turn(cast.tuan), **room.desk)
    moments = {"started_at": DURING, "ended_at": room.now}
    floor.correct_times(room.turn(cast.tuan), **moments, **room.desk)
    room.undoes()
    close(cast, room.meeting)
    seal(cast, fresh(room.meeting))
    told = [(event.what, event.data) for event in room.meeting.events.all()]
    item = room.item.pk
    of_list = [(what, data) for what, data in told if what in FLOOR]
    assert {what for what, _ in of_list} >= FLOOR - {"close_list", "reopen_list", "limit_turns", "withdraw_asking"}
    assert all(
        data == ({"item": item, "to": "first"} if what == "move_turn" else {"item": item}) for what, data in of_list
    )
    of_people = {"mark": {"who", "mark", "was"}, "come_and_go": {"who"}, "remove_remark": {"who", "words"}}
    of_people["step_aside"] = {"item", "person"}
    assert {what: set(data) for what, data in told if what in of_people} == of_people
    seen = as_user(cast.lan).get(f"/meetings/{room.meeting.pk}/deeds/").content.decode()
    assert seen.count("Rút đăng ký phát biểu của mình") == 1  # her own
    assert as_user(cast.hoa).get(f"/meetings/{room.meeting.pk}/deeds/").content.decode().count("của mình") == 0


def test_after_the_seal_the_remark_stays_and_who_asked_when_and_how_long_is_gone(room: Room, cast: Cast) -> None:
    room.says(cast.tuan, "Tôi nhất trí.")
    room.later(60)
    room.lists(cast.son)
    assert len(_kept_of(cast.tuan)) == 1
    room.gives(cast.son)
    close(cast, room.meeting)
    assert Turn.objects.count() == 2
    seal(cast, fresh(room.meeting))
    assert (Turn.objects.count(), FloorStep.objects.count(), Remark.objects.count()) == (0, 0, 2)
    assert _kept_of(cast.tuan) == []
