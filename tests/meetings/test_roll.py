"""The roll: who is here, who came late or left early, who is away and why, and the guests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meetings.actions import evening, one_click, planning, votes
from meetings.models import Mark, Meeting
from members.models import TenureKind
from members.refusal import AlreadyDone
from tests.factories import NOW, at, new_key
from tests.meetings.steps import (
    DURING,
    OPENED,
    close,
    come_and_go,
    forbidden,
    item_of,
    last_event,
    mark,
    refused,
    row_named,
    row_of,
    say,
    stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Cast


# --- The roll -----------------------------------------------------------------------------------


def test_one_click_marks_everybody_who_is_left_as_present(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    mark(cast, called, cast.son, Mark.UNEXCUSED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    assert list(called.attendances.order_by("name").values_list("name", "mark")) == [
        ("Lê Anh Tuấn", "present"),
        ("Nguyễn Thị Hoa", "present"),
        ("Trần Thị Lan", "present"),
        ("Đỗ Văn Sơn", "unexcused"),
    ]
    what, data = last_event(called)
    assert (what, sorted(data["who"])) == ("mark_rest_present", ["Lê Anh Tuấn", "Nguyễn Thị Hoa", "Trần Thị Lan"])


def test_the_exempt_are_not_taken_to_be_present(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    assert (row_of(called, cast.son).standing, row_of(called, cast.son).mark) == ("exempt", Mark.NONE)


@pytest.mark.parametrize(("given", "kept"), [(Mark.PRESENT, ""), (Mark.EXCUSED, "Nằm viện"), (Mark.UNEXCUSED, "")])
def test_a_reason_belongs_to_an_excused_absence_only(cast: Cast, opened: Meeting, given: str, kept: str) -> None:
    mark(cast, opened, cast.son, given, " Nằm viện ")
    row = row_of(opened, cast.son)
    assert (row.mark, row.reason) == (given, kept)
    assert last_event(opened) == ("mark", {"who": "Đỗ Văn Sơn", "mark": given, "was": "present"})


def test_without_another_reason_the_one_from_the_apology_stands(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.son), reason="Nằm viện", by=cast.account(cast.lan), at=NOW)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    mark(cast, called, cast.son, Mark.EXCUSED)
    assert row_of(called, cast.son).reason == "Nằm viện"


def test_whoever_is_marked_absent_came_neither_late_nor_left_early(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), came="19:20", went="20:10")
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    row = row_of(opened, cast.son)
    assert (row.mark, row.arrived_at, row.left_at) == (Mark.UNEXCUSED, None, None)


def test_a_speaker_cannot_be_marked_absent(cast: Cast, opened: Meeting) -> None:
    say(cast, opened, row_of(opened, cast.son))
    with refused("Đồng chí Đỗ Văn Sơn đã có ý kiến trong biên bản nên không thể ghi vắng."):
        mark(cast, opened, cast.son, Mark.EXCUSED)


def test_only_the_marks_of_the_roll_can_be_given(cast: Cast, opened: Meeting) -> None:
    with refused("Không có mục điểm danh này."):
        mark(cast, opened, cast.son, "late")


def test_the_suspended_are_not_marked(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.SUSPENDED)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
        mark(cast, called, cast.son, Mark.PRESENT)
    with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
        come_and_go(cast, row_of(called, cast.son), came="19:20")


def test_a_plain_member_does_not_take_the_roll(cast: Cast, opened: Meeting) -> None:
    with forbidden():
        evening.mark(row_of(opened, cast.son), mark=Mark.EXCUSED, by=cast.account(cast.tuan), at=DURING)


def test_after_the_end_a_mark_can_be_corrected_but_not_taken_away(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    assert row_of(opened, cast.son).mark == Mark.UNEXCUSED
    with refused("Buổi họp đã kết thúc; xin ghi có mặt hoặc vắng."):
        mark(cast, opened, cast.son, Mark.NONE)


# --- Late and early -----------------------------------------------------------------------------


def test_late_and_early_is_present_with_times(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.EXCUSED, "Nằm viện")
    come_and_go(cast, row_of(opened, cast.son), came="19:20", went="20:10")
    row = row_of(opened, cast.son)
    assert (row.mark, row.reason, row.arrived_at, row.left_at) == (
        Mark.PRESENT,
        "",
        at("2026-12-03 19:20"),
        at("2026-12-03 20:10"),
    )


def test_whoever_comes_in_now_is_here_from_now_on_and_when_they_left_stays(cast: Cast, opened: Meeting) -> None:
    """By the server's clock; a clock that is behind takes nobody in before the opening."""
    who = {"by": cast.account(cast.hoa)}
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    one_click.arrive(row_of(opened, cast.son), at=at("2026-12-03 19:20"), **who)
    row = row_of(opened, cast.son)
    assert (row.mark, row.arrived_at, row.left_at) == (Mark.PRESENT, at("2026-12-03 19:20"), None)
    one_click.arrive(row, at=at("2026-12-03 18:58"), **who)
    assert row_of(opened, cast.son).arrived_at == OPENED.replace(second=0)


def test_nobody_comes_before_the_opening(cast: Cast, opened: Meeting) -> None:
    with refused("Giờ này sớm hơn giờ khai mạc.", "arrived_at"):
        come_and_go(cast, row_of(opened, cast.son), came="19:01")


def test_the_minute_of_the_opening_is_within_the_meeting(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.update(opened_at=OPENED + timedelta(seconds=40))
    come_and_go(cast, row_of(opened, cast.son), came="19:02")
    assert row_of(opened, cast.son).arrived_at == OPENED


def test_nobody_leaves_after_the_end(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    with refused("Giờ này muộn hơn giờ kết thúc.", "left_at"):
        come_and_go(cast, row_of(opened, cast.son), went="20:46")


@pytest.mark.parametrize("went", ["19:20", "19:30"])
def test_nobody_leaves_before_they_came(cast: Cast, opened: Meeting, went: str) -> None:
    with refused("Giờ về phải sau giờ đến.", "left_at"):
        come_and_go(cast, row_of(opened, cast.son), came="19:30", went=went)


def test_nobody_has_come_or_gone_at_a_time_that_is_not_there_yet(cast: Cast, opened: Meeting) -> None:
    who = {"by": cast.account(cast.hoa), "at": DURING}
    for field, other in (("arrived_at", "left_at"), ("left_at", "arrived_at")):
        with refused("Giờ này chưa tới.", field):
            evening.come_and_go(row_of(opened, cast.son), **{field: at("2026-12-03 19:41"), other: None}, **who)
    evening.come_and_go(row_of(opened, cast.son), arrived_at=at("2026-12-03 19:40"), left_at=None, **who)


@pytest.mark.parametrize(
    ("came", "went", "field"), [("19:31", "", "arrived_at"), ("", "19:30", "left_at"), ("19:30", "19:31", None)]
)
def test_whoever_reserved_an_opinion_was_here_for_the_vote(
    cast: Cast, opened: Meeting, came: str, went: str, field: str | None
) -> None:
    by, son = cast.account(cast.hoa), row_of(opened, cast.son)
    counted = {"in_favour": 2, "against": 0, "other": 0}
    vote = evening.record_vote(item_of(opened), question="Thông qua", **counted, by=by, at=DURING)
    evening.add_remark(item_of(opened), son, vote=vote, by=by, at=DURING)
    if field is None:
        come_and_go(cast, son, came=came, went=went)
        return
    with refused(
        "Đồng chí Đỗ Văn Sơn đã bảo lưu ý kiến về biểu quyết “Thông qua” lúc 19 giờ 30 phút, nên có mặt lúc ấy.", field
    ):
        come_and_go(cast, son, came=came, went=went)


# --- Two desks ----------------------------------------------------------------------------------


def test_the_roll_is_judged_as_it_is_now(cast: Cast, opened: Meeting) -> None:
    seen_before = row_of(opened, cast.son)
    stand(cast, cast.son, TenureKind.SUSPENDED)
    who = {"by": cast.account(cast.hoa), "at": DURING}
    for action in (
        lambda: evening.mark(seen_before, mark=Mark.PRESENT, **who),
        lambda: evening.come_and_go(seen_before, arrived_at=DURING, left_at=None, **who),
    ):
        seen_before.standing = TenureKind.FULL
        with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
            action()
    seen_before.standing = TenureKind.FULL
    with refused("Chỉ ghi đảng viên dự buổi họp này.", "person"):
        votes.step_aside(item_of(opened), seen_before, **who)


@pytest.mark.parametrize("action", ["mark", "come_and_go", "step_aside", "add_remark"])
def test_a_guest_whom_another_desk_took_off_is_told(cast: Cast, opened: Meeting, action: str) -> None:
    who = {"by": cast.account(cast.hoa), "at": DURING}
    guest = evening.add_guest(opened, name="Cao Văn Long", position="", **who)
    seen_before = row_named(opened, "Cao Văn Long")
    evening.remove_guest(guest, **who)
    with refused("Đồng chí Cao Văn Long vừa được bỏ tên khỏi danh sách dự họp."):
        {
            "mark": lambda: evening.mark(seen_before, mark=Mark.PRESENT, **who),
            "come_and_go": lambda: evening.come_and_go(seen_before, arrived_at=None, left_at=DURING, **who),
            "step_aside": lambda: votes.step_aside(item_of(opened), seen_before, **who),
            "add_remark": lambda: evening.add_remark(item_of(opened), seen_before, **who),
        }[action]()
    with pytest.raises(AlreadyDone):
        evening.remove_guest(seen_before, **who)


# --- Guests -------------------------------------------------------------------------------------


def test_a_guest_is_here_with_name_and_position(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    row = evening.add_guest(opened, name="Cao Văn Long", position="Phó Chủ tịch phường", by=by, at=DURING)
    assert (row.is_guest, row.name, row.position, row.mark) == (
        True,
        "Cao Văn Long",
        "Phó Chủ tịch phường",
        Mark.PRESENT,
    )
    assert (row.counts, row.may_vote) == (False, False)


def test_a_guest_can_be_taken_off_again(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING)
    evening.remove_guest(row_named(opened, "Cao Văn Long"), by=by, at=DURING)
    assert opened.attendances.count() == 4
    assert last_event(opened) == ("remove_guest", {"name": "Cao Văn Long"})


def test_a_guest_who_spoke_stays(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING)
    say(cast, opened, row_named(opened, "Cao Văn Long"))
    with refused("Đồng chí Cao Văn Long đã có ý kiến trong biên bản nên không bỏ tên được."):
        evening.remove_guest(row_named(opened, "Cao Văn Long"), by=by, at=DURING)


def test_a_member_is_not_taken_off_as_if_they_were_a_guest(cast: Cast, opened: Meeting) -> None:
    with refused("Đây là đảng viên của chi bộ, không phải khách mời."):
        evening.remove_guest(row_of(opened, cast.son), by=cast.account(cast.hoa), at=DURING)


def test_a_guest_is_not_marked_on_the_roll(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING)
    with refused("Khách mời không phải điểm danh; nếu không dự, xin bỏ tên."):
        evening.mark(row_named(opened, "Cao Văn Long"), mark=Mark.UNEXCUSED, by=by, at=DURING)


# --- The desk's page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "typed", "sentence"),
    [
        ("times", {"arrived_at": "20:10", "left_at": "19:40"}, "Giờ về phải sau giờ đến."),
        ("times", {"arrived_at": "muộn"}, "Giờ ghi dạng 19:30."),
        ("mark", {"mark": "excused", "reason": "Trực đêm"}, "Đồng chí Đỗ Văn Sơn đã có ý kiến trong biên bản"),
    ],
)
def test_what_the_roll_refuses_stays_in_its_open_form(
    cast: Cast,
    opened: Meeting,
    as_user: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    typed: dict[str, str],
    sentence: str,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-12-03 20:15"))
    row = row_of(opened, cast.son)
    if button == "mark":
        say(cast, opened, row)
    page = as_user(cast.hoa).post(f"/attendances/{row.pk}/{button}/", {**typed, "key": new_key()})
    said = page.content.decode()
    assert (page.status_code, said.count('<details class="more" open>')) == (422, 1)
    form = said.split('<details class="more" open>')[1].split("</details>")[0]
    assert sentence in form
    assert all(f'value="{value}"' in form for value in typed.values())


def test_who_may_take_a_seat_stands_in_the_order_of_the_roll(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client]
) -> None:
    hoa = as_user(cast.hoa)
    asked = hoa.get(f"/meetings/{opened.pk}/room/?open=seats")
    again = hoa.post(f"/meetings/{opened.pk}/seats/", {"key": new_key()})
    for page in (asked, again):
        people = page.context["seat_form"].fields["member"].people.values()
        assert [str(one) for one in people] == ["Nguyễn Thị Hoa", "Trần Thị Lan", "Đỗ Văn Sơn", "Lê Anh Tuấn"]
