"""The clock of the evening: after midnight, and set back in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from meetings.actions import evening, planning
from meetings.models import AgendaItem, Meeting, Remark, Vote
from meetings.papers import build_minutes
from tests.factories import at, new_key, plan_fields
from tests.meetings.steps import OPENED, fresh, item_of, refused, row_of

if TYPE_CHECKING:
    from datetime import datetime

    from tests.conftest import AsUser, Cast


@pytest.fixture
def late(cast: Cast) -> Meeting:
    """Opened at half past eleven at night, everybody is here."""
    lan = cast.account(cast.lan)
    fields = plan_fields(chair=cast.lan, minute_taker=cast.hoa, starts_at=at("2026-12-03 23:30"), topic="")
    meeting = planning.plan_meeting(cast.cell, kind="regular", by=lan, at=at("2026-11-20 08:00"), **fields)
    planning.call(meeting, by=lan, at=at("2026-11-25 08:00"))
    evening.open_meeting(meeting, by=lan, at=at("2026-12-03 23:30"))
    evening.mark_rest_present(meeting, by=lan, at=at("2026-12-03 23:31"))
    return meeting


def close(cast: Cast, meeting: Meeting, moment: datetime, now: datetime) -> None:
    evening.close(meeting, opened_at=meeting.opened_at or now, closed_at=moment, by=cast.account(cast.lan), at=now)


@pytest.mark.parametrize(
    ("form", "column"),
    [({"arrived_at": "00:30"}, "arrived_at"), ({"left_at": "00:30"}, "left_at")],
    ids=["came", "went"],
)
def test_half_past_midnight_is_the_next_day(
    cast: Cast, late: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, form: dict[str, str], column: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-12-04 00:31"))
    row = row_of(late, cast.son)
    as_user(cast.hoa).post(f"/attendances/{row.pk}/times/", {**form, "key": new_key()})
    assert getattr(row_of(late, cast.son), column) == at("2026-12-04 00:30")


def test_a_time_before_the_opening_of_an_ordinary_evening_is_no_next_day(cast: Cast, opened: Meeting, as_user) -> None:  # type: ignore[no-untyped-def]
    row = row_of(opened, cast.son)
    page = as_user(cast.hoa).post(f"/attendances/{row.pk}/times/", {"arrived_at": "18:50", "key": new_key()})
    assert page.context["times_form"].errors == {"arrived_at": ["Giờ này sớm hơn giờ khai mạc."]}


def test_an_evening_over_midnight_is_told_with_both_days(cast: Cast, late: Meeting) -> None:
    lan = cast.account(cast.lan)
    item = late.items.all()[1]
    evening.start_item(item, by=lan, at=at("2026-12-03 23:50"))
    evening.record_vote(item, question="Thông qua", in_favour=3, against=0, other=0, by=lan, at=at("2026-12-04 00:30"))
    evening.come_and_go(
        row_of(late, cast.son), arrived_at=None, left_at=at("2026-12-04 00:35"), by=lan, at=at("2026-12-04 00:36")
    )
    close(cast, late, at("2026-12-04 01:10"), at("2026-12-04 01:10"))
    said = plain_text(build_minutes(fresh(late)))
    assert "bắt đầu lúc 23 giờ 30 phút, ngày 03 tháng 12 năm 2026." in said
    assert "đồng chí Đỗ Văn Sơn về lúc 00 giờ 35 phút, ngày 04 tháng 12 năm 2026." in said
    assert "kết thúc lúc 01 giờ 10 phút, ngày 04 tháng 12 năm 2026." in said


# --- A clock that is set back five minutes ------------------------------------------------------


def test_an_item_never_ends_before_it_began(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened, "opening"), by=by, at=at("2026-12-03 19:40"))
    evening.start_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:35"))
    evening.end_item(item_of(opened, "purpose"), by=by, at=at("2026-12-03 19:30"))
    times = AgendaItem.objects.filter(meeting=opened, started_at__isnull=False).values_list("started_at", "ended_at")
    assert list(times) == [
        (at("2026-12-03 19:40"), at("2026-12-03 19:40")),
        (at("2026-12-03 19:35"), at("2026-12-03 19:35")),
    ]


def test_remarks_and_votes_stand_as_they_were_made(cast: Cast, opened: Meeting) -> None:
    by, item = cast.account(cast.hoa), item_of(opened)
    for speaker, minute in ((cast.tuan, "19:40"), (cast.son, "19:35")):
        evening.add_remark(item, row_of(opened, speaker), by=by, at=at(f"2026-12-03 {minute}"))
        figures = {"in_favour": 3, "against": 0, "other": 0}
        evening.record_vote(item, question=str(speaker), **figures, by=by, at=at(f"2026-12-03 {minute}"))
    assert [str(remark) for remark in Remark.objects.all()] == ["Lê Anh Tuấn", "Đỗ Văn Sơn"]
    assert [str(vote) for vote in Vote.objects.all()] == ["Lê Anh Tuấn", "Đỗ Văn Sơn"]


def test_the_time_that_the_page_proposed_closes_the_meeting(cast: Cast, opened: Meeting) -> None:
    """The page was shown at 20:50; then the server's clock was set back to 20:45."""
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=at("2026-12-03 19:40"))
    close(cast, opened, at("2026-12-03 20:50"), at("2026-12-03 20:45"))
    assert fresh(opened).closed_at == at("2026-12-03 20:50")


def test_a_meeting_does_not_end_in_the_future(cast: Cast, opened: Meeting) -> None:
    with refused("Giờ kết thúc không thể ở tương lai.", "closed_at"):
        evening.close(
            opened,
            opened_at=OPENED,
            closed_at=at("2026-12-03 21:00"),
            by=cast.account(cast.lan),
            at=at("2026-12-03 20:45"),
        )
