"""What a meeting's figures say of themselves: how long it lasted and how many came."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from guideline.facts import MeetingFacts, local

SEVEN = datetime.fromisoformat("2026-12-03 19:00")


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        (MeetingFacts(), None),
        (MeetingFacts(now=SEVEN), None),
        (MeetingFacts(opened_at=SEVEN), None),
        (MeetingFacts(opened_at=SEVEN, now=SEVEN + timedelta(minutes=62, seconds=59)), 62),
        (
            MeetingFacts(
                opened_at=SEVEN,
                closed_at=SEVEN + timedelta(minutes=95),
                now=SEVEN + timedelta(days=2),
            ),
            95,
        ),
        (MeetingFacts(opened_at=SEVEN, closed_at=SEVEN - timedelta(minutes=5)), 0),
        (MeetingFacts(opened_at=SEVEN, closed_at=datetime(2026, 12, 3, 13, 30, tzinfo=UTC)), 90),
    ],
)
def test_a_meeting_lasts_from_opening_to_closing_or_to_now(facts: MeetingFacts, minutes: int | None) -> None:
    assert facts.duration_minutes == minutes


def test_half_past_six_in_the_morning_is_already_the_new_day_in_viet_nam() -> None:
    assert local(datetime(2026, 12, 2, 23, 30, tzinfo=UTC)) == datetime.fromisoformat("2026-12-03 06:30")


def test_a_moment_from_any_other_zone_is_read_on_the_same_wall_clock() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert local(datetime(2026, 12, 3, 21, 0, tzinfo=tokyo)) == SEVEN
