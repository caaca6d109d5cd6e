"""The speaking list: who asks, who is given the floor, in which order, for how long, and what can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import evening, floor, votes
from meetings.floor import floor_of
from meetings.models import Attendance, FloorStep, Mark, Meeting, Remark
from meetings.presence import room_with
from members.refusal import AlreadyDone
from tests.factories import at, new_key
from tests.meetings.on_the_floor import Room
from tests.meetings.steps import (
    CLOSED,
    DURING,
    close,
    come_and_go,
    forbidden,
    fresh,
    item_of,
    last_event,
    mark,
    refused,
    row_named,
)

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

SHUT = "Chủ trì đã đóng danh sách đăng ký phát biểu ở nội dung này."


@pytest.fixture
def room(cast: Cast, opened: Meeting) -> Room:
    return Room(cast, opened)


# --- Asking -------------------------------------------------------------------------------------


def test_a_member_asks_on_the_phone_and_stands_behind_who_asked_before(room: Room, cast: Cast) -> None:
    room.lists(cast.son)
    room.asks(cast.tuan)
    assert room.waiting == ["Sơn", "Tuấn"]
    assert last_event(room.meeting) == ("ask_for_oneself", {"item": room.item.pk})
    mine, for_him = room.turn(cast.tuan), room.turn(cast.son)
    assert (mine.entered_for_them, for_him.entered_for_them, for_him.asked_by) == (
        False,
        True,
        cast.account(cast.hoa),
    )


def test_whoever_is_on_the_list_or_on_the_floor_is_told_so_and_stands_there_once(room: Room, cast: Cast) -> None:
    room.asks(cast.tuan)
    with refused("Đồng chí Lê Anh Tuấn đã có tên trong danh sách.", "speaker"):
        room.asks(cast.tuan)
    room.gives(cast.tuan)
    with refused("Đồng chí Lê Anh Tuấn đang phát biểu.", "speaker"):
        room.asks(cast.tuan)
    with refused("Đồng chí Lê Anh Tuấn đang phát biểu.", "speaker"):
        room.gives(cast.tuan)
    floor.end(room.turn(cast.tuan), **room.desk)
    room.asks(cast.tuan, kind="reply")
    assert [turn.kind for turn in room.floor.waiting] == ["reply"]


def test_nobody_asks_for_somebody_else_but_the_desk(room: Room, cast: Cast) -> None:
    with forbidden():
        floor.ask(room.item, room.row(cast.son), **room.as_themself(cast.tuan))
    turn = room.asks(cast.tuan)
    room.lists(cast.son)
    with forbidden():
        floor.withdraw(room.turn(cast.son), **room.as_themself(cast.tuan))
    with forbidden():
        floor.move(turn, to="up", **room.as_themself(cast.tuan))
    with forbidden():
        floor.call_on(room.item, room.row(cast.tuan), at_once=True, **room.as_themself(cast.tuan))


def test_a_closed_list_refuses_members_and_not_the_chair_s_word_to_the_desk(room: Room, cast: Cast) -> None:
    floor.close_list(room.item, **room.desk)
    with refused(SHUT):
        room.asks(cast.tuan)
    assert (room.floor.may_ask, room.floor.not_here) == ([], [])
    room.lists(cast.tuan)
    with pytest.raises(AlreadyDone):
        floor.close_list(room.item, **room.desk)
    floor.close_list(room.item, closed=False, **room.desk)
    assert (room.waiting, room.floor.is_closed) == (["Tuấn"], False)
    assert last_event(room.meeting)[0] == "reopen_list"


def test_a_guest_and_a_member_without_a_device_are_put_on_the_list(room: Room, cast: Cast) -> None:
    evening.add_guest(room.meeting, name="Cao Văn Long", position="", **room.desk)
    floor.ask(room.item, row_named(room.meeting, "Cao Văn Long"), **room.desk)
    room.lists(cast.son)
    assert room.waiting == ["Long", "Sơn"]
    evening.remove_guest(row_named(room.meeting, "Cao Văn Long"), **room.desk)
    assert room.waiting == ["Sơn"]


def test_a_word_on_the_procedure_stands_before_the_others(room: Room, cast: Cast) -> None:
    room.lists(cast.son, cast.lan)
    room.asks(cast.tuan, kind="procedural")
    assert room.waiting == ["Tuấn", "Sơn", "Lan"]
    with refused("Xin chọn loại: phát biểu, trao đổi lại hoặc về trình tự.", "kind"):
        room.asks(cast.hoa, kind="shout")


def test_who_is_not_here_is_refused_in_the_words_of_the_roll(room: Room, cast: Cast) -> None:
    mark(cast, room.meeting, cast.tuan, Mark.UNEXCUSED)
    with refused("Đồng chí Lê Anh Tuấn đang ghi vắng. Xin điểm danh lại trước.", "speaker"):
        room.asks(cast.tuan)
    assert [row.name for row in room.floor.not_here] == ["Lê Anh Tuấn"]
    room.later(120)  # Sơn was here when the item began, and has left since
    evening.come_and_go(room.row(cast.son), arrived_at=None, left_at=at("2026-12-03 19:31"), **room.desk)
    for no in (room.gives, room.lists):
        with refused("Đồng chí Đỗ Văn Sơn đã về lúc 19 giờ 31 phút.", "speaker"):
            no(cast.son)
    assert [row.name for row in room.floor.callable if row.name == "Đỗ Văn Sơn"] == []


def test_an_item_that_is_not_on_takes_no_asking(room: Room, cast: Cast) -> None:
    other = item_of(room.meeting, "conclusion")
    with refused(f"Nội dung “{other.title}” không đang tiến hành nên không đăng ký, mời phát biểu được."):
        floor.ask(other, room.row(cast.tuan), **room.as_themself(cast.tuan))
    earlier = Meeting.objects.create(cell=cast.cell, kind="regular", starts_at=at("2026-11-03 19:00"))
    elsewhere = Attendance.objects.create(meeting=earlier, member=cast.son, name="Đỗ Văn Sơn", standing="full")
    with refused("Người phát biểu không thuộc buổi họp này.", "speaker"):
        floor.call_on(room.item, elsewhere, at_once=True, **room.desk)


# --- The floor ----------------------------------------------------------------------------------


def test_giving_the_floor_ends_the_speaker_before_and_opens_an_empty_remark(room: Room, cast: Cast) -> None:
    room.lists(cast.son)
    first = room.gives(cast.tuan)
    room.later(60)
    second = room.gives(cast.son)
    assert (first.words, second.words, second.speaker_id, room.speaker, room.waiting) == (
        "",
        "",
        room.row(cast.son).pk,
        "Sơn",
        [],
    )
    assert room.floor.spoken() == [(room.turn(cast.tuan), 60)]
    assert last_event(room.meeting) == ("give_floor", {"item": room.item.pk})


def test_a_name_gets_the_floor_while_it_is_free_and_a_place_in_the_list_while_it_is_not(room: Room, cast: Cast) -> None:
    opened = floor.call_on(room.item, room.row(cast.tuan), **room.desk)
    assert isinstance(opened, Remark)
    assert floor.call_on(room.item, room.row(cast.son), **room.desk) is None
    assert (room.speaker, room.waiting) == ("Tuấn", ["Sơn"])
    floor.call_on(room.item, room.row(cast.lan), at_once=True, **room.desk)
    assert (room.speaker, room.waiting) == ("Lan", ["Sơn"])
    evening.end_item(room.item, **room.desk)
    assert isinstance(floor.call_on(room.item, room.row(cast.son), **room.desk), Remark)  # said, and noted later
    assert (room.speaker, room.waiting, Remark.objects.count()) == ("", [], 3)


def test_whom_the_roll_has_not_reached_is_here_once_they_have_the_floor(room: Room, cast: Cast) -> None:
    Attendance.objects.filter(member=cast.son).update(mark=Mark.NONE)
    room.gives(cast.son)
    assert room.row(cast.son).mark == Mark.PRESENT
    room.undoes()
    assert (room.row(cast.son).mark, room.speaker, Remark.objects.count()) == (Mark.NONE, "", 0)


def test_a_pause_counts_to_nobody_and_an_end_while_paused_ends_it_too(room: Room, cast: Cast) -> None:
    room.gives(cast.tuan)
    room.later(100)
    floor.pause(room.turn(cast.tuan), **room.desk)
    room.later(300)
    assert (room.floor.is_paused, room.floor.seconds) == (True, 100)
    floor.pause(room.turn(cast.tuan), on=False, **room.desk)
    room.later(20)
    assert (room.floor.is_paused, room.floor.seconds) == (False, 120)
    floor.pause(room.turn(cast.tuan), **room.desk)
    with refused("Lượt của đồng chí Lê Anh Tuấn đang ở bước “Tạm dừng”."):
        floor.pause(room.turn(cast.tuan), **room.desk)
    room.later(500)
    floor.end(room.turn(cast.tuan), **room.desk)
    assert [seconds for _, seconds in room.floor.spoken()] == [120]
    with refused("Lượt của đồng chí Lê Anh Tuấn đang ở bước “Đã phát biểu”."):
        floor.end(room.turn(cast.tuan), **room.desk)


def test_a_server_s_clock_that_is_set_back_makes_nothing_negative_and_swaps_nobody(room: Room, cast: Cast) -> None:
    room.gives(cast.tuan)
    room.later(-3600)
    room.lists(cast.lan, cast.son)
    floor.pause(room.turn(cast.tuan), **room.desk)
    floor.pause(room.turn(cast.tuan), on=False, **room.desk)
    room.gives(cast.lan)
    assert ([seconds for _, seconds in room.floor.spoken()], room.floor.seconds) == ([0], 0)
    room.gives(cast.son)
    assert [turn.speaker.member for turn in room.floor.done] == [cast.tuan, cast.lan]
    assert all(turn.ended_at >= turn.started_at for turn in room.floor.done)


def test_the_limit_is_a_signal_and_cuts_nobody_off(room: Room, cast: Cast) -> None:
    floor.limit(room.item, minutes=2, **room.desk)
    room.gives(cast.tuan)
    room.later(119)
    assert room.floor.is_over_limit is False
    room.later(600)
    assert (room.floor.is_over_limit, room.speaker, room.floor.limit) == (True, "Tuấn", 120)
    floor.limit(room.item, minutes=None, **room.desk)
    assert (room.floor.is_over_limit, room.floor.limit) == (False, None)
    with refused("Mỗi lượt từ 1 đến 60 phút; để trống nếu không giới hạn.", "minutes"):
        floor.limit(room.item, minutes=61, **room.desk)


def test_who_has_not_spoken_is_a_hint_for_this_item_alone(room: Room, cast: Cast) -> None:
    def quiet() -> set[str]:
        return {row.name.split()[-1] for row in room.floor.not_yet}

    assert quiet() == {"Lan", "Hoa", "Tuấn", "Sơn"}
    room.gives(cast.tuan)
    room.lists(cast.son)
    assert quiet() == {"Lan", "Hoa", "Sơn"}
    other = item_of(room.meeting, "conclusion")
    evening.start_item(other, **room.desk)
    found = floor_of(fresh(room.meeting), item_of(room.meeting, "conclusion"), now=room.now)
    assert len(found.not_yet) == 4
    with CaptureQueriesContext(connection) as asked:
        floor_of(room.meeting, other, now=room.now)
    assert len(asked) == 2


# --- Order --------------------------------------------------------------------------------------


def test_the_desk_puts_those_who_wait_in_another_order(room: Room, cast: Cast) -> None:
    room.lists(cast.lan, cast.tuan, cast.son)
    floor.move(room.turn(cast.son), to="first", **room.desk)
    assert room.waiting == ["Sơn", "Lan", "Tuấn"]
    assert last_event(room.meeting) == ("move_turn", {"item": room.item.pk, "to": "first"})
    floor.move(room.turn(cast.lan), to="down", **room.desk)
    floor.move(room.turn(cast.tuan), to="up", **room.desk)
    assert room.waiting == ["Tuấn", "Sơn", "Lan"]
    for who, to in ((cast.tuan, "up"), (cast.tuan, "first"), (cast.lan, "down")):
        with pytest.raises(AlreadyDone):
            floor.move(room.turn(who), to=to, **room.desk)
    with refused("Không có cách đổi thứ tự này."):
        floor.move(room.turn(cast.lan), to="away", **room.desk)
    room.gives(cast.son)
    with refused("Lượt của đồng chí Đỗ Văn Sơn đang ở bước “Đang phát biểu”."):
        floor.move(room.turn(cast.son), to="up", **room.desk)


def test_whoever_takes_their_asking_back_is_off_the_list_and_may_ask_again(room: Room, cast: Cast) -> None:
    turn = room.asks(cast.tuan)
    floor.withdraw(turn, **room.as_themself(cast.tuan))
    with pytest.raises(AlreadyDone):
        floor.withdraw(turn, **room.as_themself(cast.tuan))
    assert room.waiting == []
    room.asks(cast.tuan)
    room.gives(cast.tuan)
    with refused("Đồng chí Lê Anh Tuấn đã được mời phát biểu."):
        floor.withdraw(room.turn(cast.tuan), **room.as_themself(cast.tuan))


def test_whoever_asks_to_and_fro_is_asked_to_wait(room: Room, cast: Cast) -> None:
    for _ in range(20):
        floor.withdraw(room.asks(cast.tuan), **room.as_themself(cast.tuan))
    with refused("Đồng chí vừa đổi nhiều lần liền. Xin đợi vài phút rồi đổi tiếp; điều đã ghi vẫn giữ nguyên."):
        room.asks(cast.tuan)
    room.lists(cast.tuan)  # the desk may
    floor.withdraw(room.turn(cast.tuan), **room.desk)
    room.later(301)
    room.asks(cast.tuan)
    assert room.waiting == ["Tuấn"]


# --- What else ends a turn ----------------------------------------------------------------------


def test_an_item_that_ends_ends_the_turn_and_says_how_many_were_not_heard(room: Room, cast: Cast) -> None:
    room.gives(cast.tuan)
    floor.pause(room.turn(cast.tuan), **room.desk)
    room.lists(cast.son)
    room.later(60)
    evening.end_item(room.item, **room.desk)
    told = {"item": room.item.pk, "title": room.item.title, "dropped": 1}
    assert last_event(room.meeting) == ("end_item", told)
    assert [room.turn(who).state for who in (cast.tuan, cast.son)] == ["done", "withdrawn"]
    assert (room.floor.spoken()[0][1], FloorStep.objects.count()) == (0, 0)


@pytest.mark.parametrize("way", ["another item", "the end of the meeting"])
def test_whatever_else_ends_an_item_ends_its_list(room: Room, cast: Cast, way: str) -> None:
    room.says(cast.tuan, "Nhất trí.")
    room.lists(cast.son)
    evening.start_item(room.item, **room.desk)  # it runs already, and goes on
    assert (room.speaker, room.waiting) == ("Tuấn", ["Sơn"])
    if way == "another item":
        evening.start_item(item_of(room.meeting, "conclusion"), **room.desk)
    else:
        room.now = CLOSED
        close(cast, room.meeting)
    assert last_event(room.meeting)[1]["dropped"] == 1
    assert (room.speaker, room.waiting, Remark.objects.count()) == ("", [], 1)


def test_whoever_is_marked_absent_leaves_or_steps_aside_is_off_the_list(room: Room, cast: Cast) -> None:
    room.lists(cast.tuan, cast.son, cast.lan)
    mark(cast, room.meeting, cast.tuan, Mark.EXCUSED, "Ốm")
    assert room.waiting == ["Sơn", "Lan"]
    come_and_go(cast, room.row(cast.son), went="19:29")
    assert room.waiting == ["Lan"]
    votes.step_aside(room.item, room.row(cast.lan), **room.desk)
    assert room.waiting == []


def test_a_speaker_cannot_be_absent_but_may_leave(room: Room, cast: Cast) -> None:
    room.gives(cast.son)
    with refused("Đồng chí Đỗ Văn Sơn đã có ý kiến trong biên bản nên không thể ghi vắng."):
        mark(cast, room.meeting, cast.son, Mark.UNEXCUSED)
    room.later(60)
    evening.come_and_go(room.row(cast.son), arrived_at=None, left_at=at("2026-12-03 19:31"), **room.desk)
    assert (room.speaker, last_event(room.meeting)) == ("", ("come_and_go", {"who": "Đỗ Văn Sơn"}))


def test_deleting_the_running_remark_ends_its_turn(room: Room, cast: Cast) -> None:
    remark = room.gives(cast.tuan)
    evening.remove_remark(Remark.objects.with_meeting().get(pk=remark.pk), **room.desk)
    assert (room.speaker, room.turn(cast.tuan).state, room.turn(cast.tuan).remark) == ("", "done", None)
    assert set(last_event(room.meeting)[1]) == {"who", "words"}


def test_a_guest_who_is_called_while_the_screen_is_gathered_is_on_the_next_one(room: Room, cast: Cast) -> None:
    rows = list(room.meeting.attendances.select_related("member").at_item(room.item).with_spoke(room.item))
    evening.add_guest(room.meeting, name="Cao Văn Long", position="", **room.desk)
    floor.call_on(room.item, row_named(room.meeting, "Cao Văn Long"), at_once=True, **room.desk)
    seen = room_with(rows, fresh(room.meeting), room.now, room.item)
    assert floor_of(room.meeting, room.item, now=room.now, room=seen).speaking is None
    assert room.speaker == "Long"


# --- Times afterwards ---------------------------------------------------------------------------


def test_times_are_corrected_afterwards_within_the_evening(room: Room, cast: Cast, as_user: AsUser) -> None:
    room.says(cast.tuan, "Nhất trí.")
    turn = room.turn(cast.tuan)
    running = {"started_at": DURING, "ended_at": DURING}
    with refused("Lượt của đồng chí Lê Anh Tuấn đang ở bước “Đang phát biểu”."):
        floor.correct_times(turn, **running, **room.desk)
    room.later(125)
    floor.end(turn, **room.desk)
    began, over = at("2026-12-03 19:28"), at("2026-12-03 19:31")
    wrong = [
        (over, began, "Giờ kết thúc phải sau giờ bắt đầu.", "ended_at"),
        (at("2026-12-03 18:00"), over, "Giờ này sớm hơn giờ khai mạc.", "started_at"),
        (began, at("2026-12-03 22:00"), "Giờ này chưa tới.", "ended_at"),
    ]
    for start, end, sentence, field in wrong:
        with refused(sentence, field):
            floor.correct_times(turn, started_at=start, ended_at=end, **room.desk)
    page = as_user(cast.hoa).post(f"/turns/{turn.pk}/", {"started_at": "19:31", "ended_at": "19:2", "key": new_key()})
    assert page.status_code == 422
    assert "Giờ kết thúc phải sau giờ bắt đầu." in page.content.decode()
    assert 'value="19:2"' in page.content.decode()
    floor.correct_times(turn, started_at=began, ended_at=over, **room.desk)
    assert room.floor.spoken() == [(turn, 180)]
    room.undoes()
    assert room.floor.spoken() == [(turn, 125)]
