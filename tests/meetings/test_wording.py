"""Dates, times, people and counts as they are said in Vietnamese."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meetings import wording
from tests.factories import at


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 3), "ngày 03 tháng 12 năm 2026"),
        (date(2026, 1, 15), "ngày 15 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_a_date_on_paper_has_a_zero_before_small_days_and_the_first_two_months(day: date, words: str) -> None:
    assert wording.paper_day(day) == words


@pytest.mark.parametrize(("month", "words"), [(1, "tháng 01"), (2, "tháng 02"), (3, "tháng 3"), (12, "tháng 12")])
def test_a_month_on_paper(month: int, words: str) -> None:
    assert wording.paper_month(date(2026, month, 1)) == words


def test_times_are_those_of_the_wall_clock_in_vietnam() -> None:
    moment = datetime(2026, 12, 3, 12, 5, tzinfo=UTC)
    assert wording.paper_time(moment) == "19 giờ 05 phút"
    assert wording.screen_moment(moment) == "thứ Năm, 03/12/2026, 19:05"


def test_after_midnight_in_vietnam_it_is_already_the_next_day() -> None:
    assert wording.screen_moment(datetime(2026, 12, 5, 17, 30, tzinfo=UTC)) == "Chủ nhật, 06/12/2026, 00:30"


def test_the_days_of_the_week() -> None:
    assert [wording.weekday(at(f"2026-11-{day} 08:00").date()) for day in range(23, 30)] == [
        "thứ Hai",
        "thứ Ba",
        "thứ Tư",
        "thứ Năm",
        "thứ Sáu",
        "thứ Bảy",
        "Chủ nhật",
    ]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 phút"), (45, "45 phút"), (60, "1 giờ"), (65, "1 giờ 05 phút"), (125, "2 giờ 05 phút")]
)
def test_a_length_of_time(minutes: int, words: str) -> None:
    assert wording.duration(minutes) == words


def test_quarters_have_roman_numbers() -> None:
    assert [wording.quarter(date(2026, month, 1)) for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
        "I",
        "I",
        "II",
        "II",
        "III",
        "III",
        "IV",
        "IV",
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("theo 15-HD/ĐU", "Hướng dẫn 15-HD/ĐU"),
        ("theo Điều lệ Đảng, Điều 9", "Điều lệ Đảng, Điều 9"),
        ("07-QĐ/ĐU ngày 05/01/2026", "văn bản số 07-QĐ/ĐU ngày 05/01/2026"),
    ],
)
def test_what_a_paper_rests_on_is_said_once_and_by_its_kind(source: str, words: str) -> None:
    assert wording.based_on(source) == words


def test_people_are_comrades() -> None:
    assert wording.people(["Trần Thị Lan", "Đỗ Văn Sơn"]) == "đồng chí Trần Thị Lan, đồng chí Đỗ Văn Sơn"
    assert wording.people([]) == ""


@pytest.mark.parametrize(("number", "words"), [(0, "không"), (1, "01"), (9, "09"), (10, "10"), (123, "123")])
def test_a_count_has_two_figures(number: int, words: str) -> None:
    assert wording.count(number) == words


@pytest.mark.parametrize(
    ("value", "words"), [(100.0, "100%"), (200 / 3, "66,7%"), (50.0, "50%"), (0.0, "0%"), (12.5, "12,5%")]
)
def test_a_share_has_a_comma_and_no_needless_zero(value: float, words: str) -> None:
    assert wording.percent(value) == words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("đã nộp", "Đã nộp."),
        (" Đã nộp! ", "Đã nộp!"),
        ("ấm áp;", "Ấm áp;"),
        ("xong…", "Xong…"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_note_becomes_a_sentence(typed: str, said: str) -> None:
    assert wording.sentence(typed) == said
