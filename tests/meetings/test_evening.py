"""The evening: opening, agenda items, remarks, closing and going back to the room."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from documents.model import plain_text
from meetings.actions import evening, minutes, one_click, planning, seats
from meetings.models import AgendaItem, Attendance, Mark, Meeting, Minutes, Remark, Signature
from meetings.papers import build_minutes
from members import actions as people
from members.models import TenureKind
from members.refusal import AlreadyDone, Refused
from tests.factories import NOW, at, make_member, put_into
from tests.meetings.steps import (
    CLOSED,
    DURING,
    OPENED,
    SIGNED,
    begin,
    close,
    come_and_go,
    fresh,
    item_of,
    last_event,
    mark,
    on_screen,
    refused,
    row_of,
    say,
    stand,
)

if TYPE_CHECKING:
    from tests.conftest import Cast


# --- Opening ------------------------------------------------------------------------------------


def test_the_minute_taker_may_open_the_meeting(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.hoa), at=OPENED)
    meeting = fresh(called)
    assert (meeting.state, meeting.opened_at) == ("open", OPENED)


@pytest.mark.parametrize("state", ["open", "closed", "sealed"])
def test_nothing_has_taken_place_without_its_times_whoever_writes_it(cast: Cast, called: Meeting, state: str) -> None:
    put_into(state, pk=called.pk)
    for missing in ("opened_at", "closed_at")[: 1 if state == "open" else 2]:
        with pytest.raises(IntegrityError, match="what_took_place_has_its_times"), transaction.atomic():
            Meeting.objects.filter(pk=called.pk).update(**{missing: None})


@pytest.mark.parametrize("missing", ["chair", "minute_taker"])
def test_a_meeting_without_chair_or_minute_taker_does_not_open(cast: Cast, called: Meeting, missing: str) -> None:
    Meeting.objects.update(**{missing: None})
    with refused("Cần ghi rõ chủ trì và thư ký trước khi khai mạc."):
        evening.open_meeting(fresh(called), by=cast.account(cast.lan), at=OPENED)


def test_opening_draws_the_roster_again_with_the_standing_of_the_day(cast: Cast, called: Meeting) -> None:
    people.set_standing(cast.tuan, cast.cell, kind=TenureKind.FULL, starts_on=date(2026, 12, 3), by=None, at=NOW)
    people.set_standing(cast.son, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), by=None, at=NOW)
    make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 2))
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    assert list(called.attendances.order_by("name").values_list("name", "standing")) == [
        ("Lê Anh Tuấn", "full"),
        ("Nguyễn Thị Hoa", "full"),
        ("Trần Thị Lan", "full"),
        ("Vũ Thị Yến", "full"),
        ("Đỗ Văn Sơn", "left"),
    ]


def test_whoever_had_an_excuse_and_then_left_the_cell_is_not_counted_as_absent(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.son), reason="Chuyển nhà", by=by, at=NOW)
    planning.decide_apology(row_of(called, cast.son), accepted=True, by=by, at=NOW)
    people.set_standing(cast.son, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), by=None, at=NOW)
    evening.open_meeting(called, by=by, at=OPENED)
    row = row_of(called, cast.son)
    assert (row.standing, row.counts, row.mark, row.reason) == ("left", False, Mark.NONE, "")


def test_an_excuse_accepted_before_the_evening_is_still_on_the_roll(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.son), reason="Nằm viện", by=by, at=NOW)
    planning.decide_apology(row_of(called, cast.son), accepted=True, by=by, at=NOW)
    evening.open_meeting(called, by=by, at=OPENED)
    assert (row_of(called, cast.son).mark, row_of(called, cast.son).reason) == (Mark.EXCUSED, "Nằm viện")


# --- Items --------------------------------------------------------------------------------------


def test_starting_an_item_ends_the_one_before(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened, "opening"), by=by, at=at("2026-12-03 19:05"))
    evening.start_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:12"))
    first, second = item_of(opened, "opening"), item_of(opened, "purpose")
    assert (first.progress, first.started_at, first.ended_at) == (
        "done",
        at("2026-12-03 19:05"),
        at("2026-12-03 19:12"),
    )
    assert (second.progress, second.started_at, second.ended_at) == ("running", at("2026-12-03 19:12"), None)
    assert item_of(opened, "quality").progress == "waiting"


def test_going_on_ends_an_item_and_begins_the_next_that_nobody_has_begun(cast: Cast, opened: Meeting) -> None:
    """Two desks that press at once go on by one; what was taken up earlier is not begun again."""
    by, items = cast.account(cast.hoa), list(opened.items.order_by("position"))
    evening.start_item(items[2], by=by, at=at("2026-12-03 19:04"))
    evening.start_item(items[1], by=by, at=at("2026-12-03 19:06"))
    one, other = item_of(opened, items[1].step), item_of(opened, items[1].step)
    before = opened.events.count()
    assert one_click.go_on(one, by=by, at=at("2026-12-03 19:12")) == items[3]
    with pytest.raises(AlreadyDone):
        one_click.go_on(other, by=cast.account(cast.lan), at=at("2026-12-03 19:12"))
    with pytest.raises(Refused, match="chưa bắt đầu"):
        one_click.go_on(item_of(opened, items[4].step), by=by, at=at("2026-12-03 19:12"))
    assert [item.progress for item in opened.items.order_by("position")[:5]] == [
        "waiting",
        "done",
        "done",
        "running",
        "waiting",
    ]
    assert [event.what for event in opened.events.order_by("number")[before:]] == ["end_item", "start_item"]


def test_the_second_of_two_desks_is_told_that_the_item_has_ended_and_shown_the_one_that_is_on(
    cast: Cast, opened: Meeting, as_user: Any
) -> None:
    first, second = opened.items.order_by("position")[:2]
    evening.start_item(first, by=cast.account(cast.hoa), at=at("2026-12-03 19:04"))
    desks, key = {who: as_user(who) for who in (cast.hoa, cast.lan)}, str(uuid4())
    told = []
    for who in (cast.hoa, cast.hoa, cast.lan):  # the second is the same click once more
        answer = desks[who].post(f"/items/{first.pk}/end/", {"key": key if who is cast.hoa else uuid4()}, follow=True)
        assert answer.context["item"] == second
        told.append([str(one) for one in answer.context["messages"]])
    sentence = f"Nội dung “{first.title}” vừa được kết thúc từ một bàn ghi khác; lần bấm này không ghi thêm gì."
    assert told == [[], [], [sentence]]
    assert [event.what for event in opened.events.order_by("-number")[:2]] == ["start_item", "end_item"]
    assert opened.items.filter(ended_at=None, started_at__isnull=False).get() == second


def test_after_the_last_item_going_on_leads_to_the_closing(cast: Cast, opened: Meeting, as_user: Any) -> None:
    last = opened.items.order_by("position").last()
    evening.start_item(last, by=cast.account(cast.hoa), at=at("2026-12-03 19:12"))
    opened.items.exclude(pk=last.pk).update(started_at=last.started_at, ended_at=last.started_at)
    for _ in range(2):  # the second arrival finds it ended
        assert as_user(cast.hoa).post(f"/items/{last.pk}/end/").url == f"/meetings/{opened.pk}/close/"


def test_an_item_taken_up_again_keeps_the_time_of_its_first_start(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:05"))
    evening.end_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:10"))
    assert item_of(opened, "purpose").ended_at == at("2026-12-03 19:10")
    evening.start_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:20"))
    again = item_of(opened, "purpose")
    assert (again.started_at, again.ended_at) == (at("2026-12-03 19:05"), None)


def test_an_item_that_never_began_cannot_end(cast: Cast, opened: Meeting) -> None:
    evening.end_item(item_of(opened, "purpose"), by=cast.account(cast.hoa), at=DURING)
    assert (item_of(opened, "purpose").started_at, item_of(opened, "purpose").ended_at) == (None, None)


# --- Remarks ------------------------------------------------------------------------------------


def test_a_remark_is_opened_empty_and_names_who_entered_it(cast: Cast, opened: Meeting) -> None:
    remark = evening.add_remark(item_of(opened), row_of(opened, cast.tuan), by=cast.account(cast.hoa), at=DURING)
    assert (remark.speaker.name, remark.is_empty, remark.entered_by, remark.entered_at) == (
        "Lê Anh Tuấn",
        True,
        cast.account(cast.hoa),
        DURING,
    )


def test_whom_the_roll_has_not_reached_is_here_when_they_speak(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.NONE)
    say(cast, opened, row_of(opened, cast.son))
    assert row_of(opened, cast.son).mark == Mark.PRESENT


@pytest.mark.parametrize("given", [Mark.EXCUSED, Mark.UNEXCUSED])
def test_whoever_was_just_marked_absent_by_another_desk_does_not_speak(cast: Cast, opened: Meeting, given: str) -> None:
    seen_before = row_of(opened, cast.son)
    mark(cast, opened, cast.son, given, "Nằm viện")
    with refused("Đồng chí Đỗ Văn Sơn đang ghi vắng. Xin điểm danh lại trước.", "speaker"):
        say(cast, opened, seen_before)


def test_somebody_of_another_meeting_does_not_speak_here(cast: Cast, opened: Meeting) -> None:
    elsewhere = Meeting.objects.create(cell=cast.cell, kind="regular", rulebook="hd42", starts_at=DURING)
    stranger = Attendance.objects.create(meeting=elsewhere, name="Cao Văn Long", mark=Mark.PRESENT)
    with refused("Người phát biểu không thuộc buổi họp này.", "speaker"):
        evening.add_remark(item_of(opened), stranger, by=cast.account(cast.hoa), at=DURING)


def test_the_suspended_do_not_speak(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.SUSPENDED)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
        say(cast, called, row_of(called, cast.son))


def test_the_words_of_a_removed_remark_stay_in_the_event_as_they_last_stood(cast: Cast, opened: Meeting) -> None:
    before_typing = evening.add_remark(item_of(opened), row_of(opened, cast.tuan), by=cast.account(cast.hoa), at=DURING)
    Remark.objects.update(text="Tôi nhất trí.", proposal="Thêm mục III")
    evening.remove_remark(before_typing, by=cast.account(cast.lan), at=DURING)
    assert Remark.objects.count() == 0
    assert last_event(opened) == (
        "remove_remark",
        {
            "who": "Lê Anh Tuấn",
            "words": {"text": "Tôi nhất trí.", "awareness": "", "relation": "", "proposal": "Thêm mục III"},
        },
    )


# --- Closing ------------------------------------------------------------------------------------


def test_closing_ends_what_is_running_and_gives_the_minutes_their_number(cast: Cast, opened: Meeting) -> None:
    evening.start_item(item_of(opened, "purpose"), by=cast.account(cast.hoa), at=DURING)
    closed = close(cast, opened)
    assert (closed.state, closed.opened_at, closed.closed_at) == ("closed", OPENED, CLOSED)
    assert item_of(opened, "purpose").ended_at == CLOSED
    assert item_of(opened, "quality").ended_at is None
    assert (str(closed.minutes.number), closed.minutes.document, closed.minutes.sealed_at) == ("01-BB", "", None)


def test_who_is_said_to_leave_as_it_ends_has_stayed_to_the_end(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="20:45")
    held = close(cast, opened)
    assert "Đến muộn, về sớm" not in plain_text(build_minutes(held))
    vote(cast, held, SIGNED)
    assert (held.votes.get().taken_at, held.votes.get().entitled) == (CLOSED, 3)


def test_who_left_after_the_stated_end_is_asked_about_and_nothing_is_lost(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="20:59")
    begin(opened)
    with refused(f"Đồng chí Đỗ Văn Sơn về lúc 20 giờ 59 phút, {TOO_LATE}", "closed_at"):
        close(cast, opened)


TOO_EARLY = "trước giờ khai mạc này. Xin ghi giờ khai mạc sớm hơn, hoặc sửa điều đã ghi."
TOO_LATE = "sau giờ kết thúc này. Xin ghi giờ kết thúc muộn hơn, hoặc sửa điều đã ghi."


def vote(cast: Cast, meeting: Meeting, moment: datetime) -> None:
    counted = {"in_favour": 2, "against": 0, "other": 0}
    evening.record_vote(item_of(meeting), question="Thông qua", **counted, by=cast.account(cast.hoa), at=moment)


@pytest.mark.parametrize("clock", ["19:10", "20:50"])
@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("come", "Đồng chí Đỗ Văn Sơn đến lúc"),
        ("vote", "Biểu quyết “Thông qua” ghi lúc"),
        ("seat", "Đồng chí Đỗ Văn Sơn chủ trì từ"),
        ("start", "Nội dung “{title}” bắt đầu lúc"),
    ],
)
def test_a_meeting_does_not_close_on_times_outside_it(
    cast: Cast, opened: Meeting, what: str, told: str, clock: str
) -> None:
    moment, by = at(f"2026-12-03 {clock}"), cast.account(cast.hoa)
    if what == "come":
        come_and_go(cast, row_of(opened, cast.son), came=clock)
    elif what == "vote":
        vote(cast, opened, moment)
    elif what == "seat":
        seats.change_seat(opened, seat="chair", member=cast.son, since=moment, by=by, at=moment)
    else:
        evening.start_item(item_of(opened), by=by, at=moment)
    hour, minute = clock.split(":")
    field, why = ("opened_at", TOO_EARLY) if hour == "19" else ("closed_at", TOO_LATE)
    told = told.format(title=item_of(opened).title)
    with refused(f"{told} {hour} giờ {minute} phút, {why}", field):
        evening.close(opened, opened_at=at("2026-12-03 19:15"), closed_at=CLOSED, by=by, at=SIGNED)


def test_a_meeting_may_end_in_the_minute_of_its_last_event(cast: Cast, opened: Meeting) -> None:
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=CLOSED + timedelta(seconds=40))
    assert close(cast, opened).state == "closed"


def test_a_meeting_does_not_close_before_the_roll_is_complete(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    mark(cast, called, cast.lan, Mark.PRESENT)
    mark(cast, called, cast.hoa, Mark.PRESENT)
    begin(called)
    with refused("Chưa điểm danh xong: đồng chí Đỗ Văn Sơn, đồng chí Lê Anh Tuấn."):
        close(cast, called)


def test_nobody_waits_for_the_exempt_at_the_roll(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    assert close(cast, called).state == "closed"


@pytest.mark.parametrize(
    ("opened_at", "closed_at", "sentence"),
    [
        ("2026-12-03 20:00", "2026-12-03 20:00", "Giờ kết thúc phải sau giờ khai mạc."),
        ("2026-12-03 19:00", "2026-12-03 21:01", "Giờ kết thúc không thể ở tương lai."),
        ("2026-12-02 20:00", "2026-12-03 20:00", "Một buổi sinh hoạt không thể kéo dài quá một ngày."),
    ],
)
def test_times_that_cannot_be_are_refused(
    cast: Cast, opened: Meeting, opened_at: str, closed_at: str, sentence: str
) -> None:
    with refused(sentence, "closed_at"):
        evening.close(opened, opened_at=at(opened_at), closed_at=at(closed_at), by=cast.account(cast.lan), at=SIGNED)


def test_a_cell_that_does_not_number_its_minutes_gets_no_number(cast: Cast, opened: Meeting) -> None:
    cast.cell.number_minutes = False
    cast.cell.save()
    close(cast, fresh(opened))
    assert Minutes.objects.get().number is None


def test_the_minutes_are_read_back_with_the_time(cast: Cast, opened: Meeting) -> None:
    evening.read_back(opened, by=cast.account(cast.hoa), at=DURING)
    assert (fresh(opened).read_back_at, last_event(opened)[0]) == (DURING, "read_back")


def test_going_back_to_the_room_voids_the_signature_and_the_reading_back(cast: Cast, opened: Meeting) -> None:
    evening.read_back(opened, by=cast.account(cast.hoa), at=DURING)
    closed = close(cast, opened)
    minutes.sign(closed, seat="chair", seen=on_screen(closed), by=cast.account(cast.lan), at=SIGNED)
    evening.reopen(closed, by=cast.account(cast.hoa), at=SIGNED)
    again = fresh(opened)
    assert (again.state, again.closed_at, again.read_back_at) == ("open", None, None)
    assert Signature.objects.count() == 0
    evening.close(again, opened_at=OPENED, closed_at=SIGNED, by=cast.account(cast.lan), at=SIGNED)
    assert (str(fresh(opened).minutes.number), Minutes.objects.count()) == ("01-BB", 1)


def test_an_item_waits_until_it_is_started() -> None:
    assert AgendaItem().progress == "waiting"
