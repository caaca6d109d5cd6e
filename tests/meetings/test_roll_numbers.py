"""Numbers of the roll: who has which, what is typed at the door, what a phone shows, and the seal that ends them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from documents.model import Title
from meetings import roll_numbers
from meetings.actions import evening, one_click, planning
from meetings.lifecycle import State
from meetings.models import Attendance, Mark
from meetings.papers.roll_numbers import build_roll_numbers
from meetings.views.live import own_number
from members import actions as people
from members.models import TenureKind
from tests.factories import NOW, at, make_member, plan_fields, press
from tests.meetings.steps import (
    DURING,
    OPENED,
    close,
    come_and_go,
    fresh,
    has_one_effect,
    last_event,
    mark,
    refused,
    row_of,
    seal,
    stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from meetings.models import Meeting
    from members.models import Member
    from tests.conftest import Cast

    AsUser = Callable[..., Client]

NOBODY = "Buổi này không có số điểm danh ấy. Xin xem lại số, hoặc tìm theo tên."


@pytest.fixture
def evening_begun(cast: Cast, called: Meeting) -> Meeting:
    """Opened; nobody is marked and no line of the agenda was begun."""
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    return called


def number_of(meeting: Meeting, member: Member) -> int:
    return row_of(meeting, member).roll_number or 0


def show(cast: Cast, meeting: Meeting, number: int, clock: str = "19:05") -> Attendance:
    return one_click.come_in(meeting, number=number, by=cast.account(cast.hoa), at=at(f"2026-12-03 {clock}"))


# --- The numbers ------------------------------------------------------------------------------------


def test_one_wrong_digit_or_two_neighbours_swapped_are_nobody() -> None:
    numbers = {str(number) for number in roll_numbers.SHORT}
    for number in numbers:
        wrong = {number[:n] + digit + number[n + 1 :] for n in range(4) for digit in "0123456789"} - {number}
        swapped = {number[:n] + number[n + 1] + number[n] + number[n + 2 :] for n in range(3)} - {number}
        assert not numbers & (wrong | swapped)


def test_a_hall_of_a_thousand_has_a_number_each() -> None:
    drawn = roll_numbers.draw(1000, taken={1001, 10_010})
    assert (len(set(drawn)), {1001, 10_010} & set(drawn)) == (1000, set())


@pytest.mark.parametrize(
    ("typed", "number"),
    [("4378", 4378), (" 43 78\r", 4378), ("", None), ("43-78", None), ("٤٣٧٨", None), ("4" * 7, None), ("hoa", None)],
)
def test_what_is_typed_or_scanned_is_read_as_digits_alone(typed: str, number: int | None) -> None:
    assert roll_numbers.read(typed) == number


def test_everybody_called_has_a_number_that_stays_when_the_meeting_is_opened(cast: Cast, called: Meeting) -> None:
    before = dict(called.attendances.values_list("member", "roll_number"))
    make_member(cast.cell, "Lý Văn Mới")
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    after = dict(called.attendances.values_list("member", "roll_number"))
    assert before.items() <= after.items()
    assert len(set(after.values()) - {None}) == len(after) == len(before) + 1


def test_whoever_joins_while_the_meeting_is_on_has_one_too(cast: Cast, opened: Meeting) -> None:
    new = make_member(cast.other_cell, "Lý Văn Mới")
    people.set_standing(new, cast.cell, kind=TenureKind.FULL, starts_on=opened.day, by=None, at=DURING)
    assert number_of(opened, new) not in {0, *(number_of(opened, one) for one in (cast.lan, cast.hoa, cast.tuan))}


def test_the_seal_ends_the_numbers(cast: Cast, opened: Meeting) -> None:
    seal(cast, close(cast, opened))
    assert set(opened.attendances.values_list("roll_number", flat=True)) == {None}


# --- At the desk ------------------------------------------------------------------------------------


def test_before_the_first_line_whoever_shows_a_number_is_in_time(cast: Cast, evening_begun: Meeting) -> None:
    assert show(cast, evening_begun, number_of(evening_begun, cast.tuan)).name == "Lê Anh Tuấn"
    row = row_of(evening_begun, cast.tuan)
    assert (row.mark, row.arrived_at, last_event(evening_begun)[0]) == (Mark.PRESENT, None, "mark")


def test_once_a_line_was_begun_the_moment_is_written_down(cast: Cast, evening_begun: Meeting) -> None:
    first = evening_begun.items.first()
    assert first is not None
    evening.start_item(first, by=cast.account(cast.hoa), at=OPENED)
    show(cast, evening_begun, number_of(evening_begun, cast.son), "19:20")
    row = row_of(evening_begun, cast.son)
    assert (row.mark, row.arrived_at) == (Mark.PRESENT, at("2026-12-03 19:20"))


def test_shown_twice_it_is_done_once(cast: Cast, evening_begun: Meeting) -> None:
    number = number_of(evening_begun, cast.tuan)
    who = {"by": cast.account(cast.hoa), "at": DURING}
    has_one_effect(lambda key: one_click.come_in(evening_begun, number=number, key=key, **who), press())
    version = fresh(evening_begun).version
    show(cast, evening_begun, number)
    assert fresh(evening_begun).version == version


def test_whoever_was_excused_and_comes_is_here(cast: Cast, evening_begun: Meeting) -> None:
    mark(cast, evening_begun, cast.son, Mark.EXCUSED, "Đi công tác")
    show(cast, evening_begun, number_of(evening_begun, cast.son))
    row = row_of(evening_begun, cast.son)
    assert (row.mark, row.reason) == (Mark.PRESENT, "")


def test_a_number_that_nobody_has_is_refused(cast: Cast, opened: Meeting) -> None:
    with refused(NOBODY, "number"):
        show(cast, opened, 4)


def test_a_number_of_another_meeting_is_nobody_here(cast: Cast, opened: Meeting) -> None:
    row = row_of(opened, cast.son)
    other = planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=NOW, **plan_fields(topic=""))
    Attendance.objects.filter(pk=row.pk).update(meeting=other)
    with refused(NOBODY, "number"):
        show(cast, opened, row.roll_number or 0)


def test_once_the_meeting_is_over_no_number_is_shown_or_printed(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    mark(cast, opened, cast.son, Mark.EXCUSED, "Đi công tác")
    close(cast, opened)
    assert number_of(opened, cast.son) > 0
    assert own_number(row_of(opened, cast.son), fresh(opened)) is None
    sheet = as_user(cast.hoa).get(reverse("roll-numbers-pdf", args=[opened.pk]))
    assert (sheet.status_code, sheet["Location"]) == (302, f"/meetings/{opened.pk}/")


def test_whoever_has_left_is_not_brought_back_by_a_number(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    sentence = "Đồng chí Đỗ Văn Sơn được ghi đã về lúc 19 giờ 20 phút. Nếu trở lại, xin sửa giờ ở dòng ấy."
    with refused(sentence, "number"):
        show(cast, opened, number_of(opened, cast.son), "19:40")


def test_whoever_may_not_come_is_refused_as_on_the_roll(cast: Cast, called: Meeting) -> None:
    number = number_of(called, cast.son)
    stand(cast, cast.son, TenureKind.SUSPENDED)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
        show(cast, called, number)


def test_the_page_without_script_says_who_came_and_waits_for_the_next_number(
    cast: Cast, evening_begun: Meeting, as_user: AsUser
) -> None:
    hoa, address = as_user(cast.hoa), reverse("roll-number", args=[evening_begun.pk])
    page = hoa.post(address, {"number": number_of(evening_begun, cast.tuan)}, follow=True)
    assert "Đồng chí Lê Anh Tuấn: có mặt." in page.text
    assert 'id="roll-number" name="number"' in page.text
    assert "autofocus" in page.text.partition('id="roll-number"')[2].partition(">")[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("4379", NOBODY), ("", "Chưa có số"), ("<b>1", "bốn hoặc năm chữ số"), ("1" * 40, "bốn hoặc năm chữ số")],
)
def test_a_wrong_number_comes_back_with_a_sentence(
    cast: Cast, evening_begun: Meeting, as_user: AsUser, typed: str, sentence: str
) -> None:
    hoa, address = as_user(cast.hoa), reverse("roll-number", args=[evening_begun.pk])
    whole, line = (
        hoa.post(address, {"number": typed}),
        hoa.post(address, {"number": typed}, headers={"X-One-Line": "1"}),
    )
    assert (whole.status_code, line.status_code) == (422, 422)
    assert sentence in whole.text
    assert sentence in line.text
    assert len(line.content) < 400


def test_the_script_is_told_in_one_line(cast: Cast, evening_begun: Meeting, as_user: AsUser) -> None:
    hoa, number = as_user(cast.hoa), number_of(evening_begun, cast.tuan)
    for _ in range(2):
        told = hoa.post(
            reverse("roll-number", args=[evening_begun.pk]), {"number": number}, headers={"X-One-Line": "1"}
        )
        assert (told.status_code, "Đồng chí Lê Anh Tuấn: có mặt." in told.text) == (200, True)


# --- On the phone and on paper ---------------------------------------------------------------------------


def test_the_phone_shows_its_owner_their_own_number_until_they_are_here(
    cast: Cast, evening_begun: Meeting, as_user: AsUser
) -> None:
    numbers = {one: f">{number_of(evening_begun, one)}</b>" for one in (cast.tuan, cast.hoa, cast.son)}
    page = reverse("pocket", args=[evening_begun.pk])
    text = as_user(cast.tuan).get(page).text
    assert [number in text for number in numbers.values()] == [True, False, False]
    assert "data:image/svg+xml" in text
    show(cast, evening_begun, number_of(evening_begun, cast.tuan))
    text = as_user(cast.tuan).get(page).text
    assert (numbers[cast.tuan] in text, "Đồng chí đã được ghi có mặt." in text) == (False, True)


def test_the_number_stands_on_the_page_of_a_called_meeting_and_not_on_the_wall(
    cast: Cast, called: Meeting, as_user: AsUser
) -> None:
    number = f">{number_of(called, cast.tuan)}</b>"
    shown = {
        name: number in as_user(cast.tuan).get(reverse(name, args=[called.pk])).text for name in ("meeting", "wall")
    }
    assert shown == {"meeting": True, "wall": False}


def test_the_sheet_has_everybody_who_may_come_with_a_box_to_tick(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    rows = sorted(called.attendances.all(), key=lambda row: row.name)
    _, title, table, _ = build_roll_numbers(fresh(called), rows).blocks
    assert title == Title("DANH SÁCH SỐ ĐIỂM DANH", ("Sinh hoạt chuyên đề", "Ngày 03 tháng 12 năm 2026"))
    assert [line[1:] for line in table.rows] == [(row.name, str(row.roll_number), "") for row in rows]
    pdf = as_user(cast.hoa).get(reverse("roll-numbers-pdf", args=[called.pk]))
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")


def test_a_second_desk_is_brought_the_roll_as_panels(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    assert opened.state == State.OPEN
    page = as_user(cast.hoa).get(reverse("room", args=[opened.pk])).text
    panels = ["roll-tally", "roll-rest", "roll-list", "roll-guests", "roll-foot"]
    places = [page.find(f'data-panel="{name}"') for name in panels]
    assert all(one < two for one, two in pairwise([0, *places]))
