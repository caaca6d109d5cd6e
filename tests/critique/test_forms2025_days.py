"""Working days: three before a review meeting, thirty for an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from critique.official_forms.days import after, is_working, working_days_before, working_days_between
from tests.sample import tries

FRIDAY = date(2026, 12, 18)
NEW_YEAR = date(2027, 1, 1)  # a Friday


@pytest.mark.parametrize(
    ("meeting", "n", "send"),
    [
        (FRIDAY, 3, date(2026, 12, 15)),
        (date(2026, 12, 14), 3, date(2026, 12, 9)),  # Monday: Friday, Thursday, Wednesday
        (date(2026, 12, 13), 1, date(2026, 12, 11)),  # Sunday
        (FRIDAY, 0, FRIDAY),
    ],
)
def test_drafts_go_out_so_many_working_days_before(meeting: date, n: int, send: date) -> None:
    assert working_days_before(meeting, n) == send


def test_a_holiday_is_no_working_day() -> None:
    monday = date(2027, 1, 4)
    assert (working_days_before(monday, 3, [NEW_YEAR]), working_days_before(monday, 3)) == (
        date(2026, 12, 29),
        date(2026, 12, 30),
    )


def test_an_answer_is_due_thirty_working_days_after() -> None:
    assert after(FRIDAY, 30) == date(2027, 1, 29)
    assert after(FRIDAY, 30, [NEW_YEAR]) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("sent", "days"),
    [(date(2026, 12, 15), 3), (date(2026, 12, 17), 1), (FRIDAY, 0), (date(2026, 12, 12), 4), (date(2027, 1, 5), 0)],
)
def test_how_early_something_was(sent: date, days: int) -> None:
    assert working_days_between(sent, FRIDAY) == days


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        after(FRIDAY, -1)


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@settings(max_examples=tries(150), deadline=None)
@given(DAYS, st.integers(1, 60), st.lists(DAYS))
def test_sent_on_the_last_day_it_is_exactly_so_early(day: date, n: int, holidays: list[date]) -> None:
    last = working_days_before(day, n, holidays)
    assert (working_days_between(last, day, holidays), working_days_between(last + timedelta(1), day, holidays)) == (
        n,
        n - 1,
    )
    assert is_working(last, holidays)


@settings(max_examples=tries(150), deadline=None)
@given(DAYS, st.integers(1, 60))
def test_there_and_back(day: date, n: int) -> None:
    start = working_days_before(day, 1)
    assert working_days_before(after(start, n), n) == start
