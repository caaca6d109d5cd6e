"""Who is here at a moment: the one answer that speakers, votes and reserved opinions are judged by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from meetings.actions import evening
from meetings.models import Attendance, Mark, Meeting
from meetings.presence import Room
from members.models import TenureKind
from tests.factories import at
from tests.meetings.steps import CLOSED, close, come_and_go, item_of, mark, refused, row_of, stand

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

HALF_PAST = at("2026-12-03 19:30")


def row(standing: str = TenureKind.FULL, mark: str = Mark.PRESENT, came: str = "", went: str = "") -> Attendance:
    def moment(clock: str) -> datetime | None:
        return at(f"2026-12-03 {clock}") if clock else None

    return Attendance(member_id=1, standing=standing, mark=mark, arrived_at=moment(came), left_at=moment(went))


@pytest.mark.parametrize(
    ("came", "went", "here"),
    [
        ("", "", True),
        ("19:30", "", True),
        ("19:31", "", False),
        ("", "19:31", True),
        ("", "19:30", False),
        ("19:10", "19:40", True),
        ("19:10", "19:20", False),
    ],
)
def test_who_has_come_and_not_gone_is_here(came: str, went: str, here: bool) -> None:
    assert Room([], HALF_PAST).is_here(row(came=came, went=went)) is here


@pytest.mark.parametrize("given", [Mark.NONE, Mark.EXCUSED, Mark.UNEXCUSED])
def test_who_is_not_marked_present_is_not_here(given: str) -> None:
    assert Room([], HALF_PAST).may_vote(row(mark=given)) is False


@pytest.mark.parametrize(
    ("standing", "here", "votes", "in_base"),
    [
        (TenureKind.FULL, True, True, True),
        (TenureKind.FULL, False, False, True),
        (TenureKind.EXEMPT, True, True, True),
        (TenureKind.EXEMPT, False, False, False),
        (TenureKind.SPECIAL_DUTY, True, True, True),
        (TenureKind.SPECIAL_DUTY, False, False, True),
        (TenureKind.PROBATIONARY, True, False, False),
        (TenureKind.TEMPORARY_IN, True, False, False),
        (TenureKind.TEMPORARY_OUT, False, False, False),
        (TenureKind.SUSPENDED, False, False, False),
        (TenureKind.LEFT, False, False, False),
        ("", True, False, False),
    ],
)
def test_who_votes_and_who_is_in_the_base(standing: str, here: bool, votes: bool, in_base: bool) -> None:
    person = row(standing, mark=Mark.PRESENT if here else Mark.NONE)
    room = Room([person], HALF_PAST)
    assert (room.voters() == [person], room.base() == [person]) == (votes, in_base)


def test_whoever_was_here_during_an_item_may_have_spoken_on_it() -> None:
    room = Room([], HALF_PAST, since=at("2026-12-03 19:10"))
    assert [room.may_speak(row(went=went)) for went in ("19:10", "19:11", "19:40")] == [False, True, True]
    assert [room.may_speak(row(came=came)) for came in ("19:30", "19:31")] == [True, False]


def vote(cast: Cast, meeting: Meeting, in_favour: int, moment: str = "19:40") -> None:
    evening.record_vote(
        item_of(meeting),
        question="Thông qua",
        in_favour=in_favour,
        against=0,
        other=0,
        by=cast.account(cast.hoa),
        at=at(f"2026-12-03 {moment}"),
    )


def test_who_has_left_has_no_vote_and_stays_in_the_base(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    with refused("Tổng số biểu quyết là 3, nhiều hơn 2 đảng viên chính thức có mặt.", "in_favour"):
        vote(cast, opened, 3)
    vote(cast, opened, 2)
    taken = opened.votes.get()
    assert (taken.entitled, taken.base, taken.taken_at) == (2, 3, at("2026-12-03 19:40"))


def test_a_clock_set_back_brings_nobody_back(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:28")  # entered at 19:30
    with refused("Tổng số biểu quyết là 3, nhiều hơn 2 đảng viên chính thức có mặt.", "in_favour"):
        vote(cast, opened, 3, "19:25")


def test_a_vote_entered_later_is_judged_by_the_end_of_its_item(cast: Cast, opened: Meeting) -> None:
    who = {"by": cast.account(cast.hoa)}
    evening.start_item(item_of(opened), at=at("2026-12-03 19:05"), **who)
    evening.end_item(item_of(opened), at=at("2026-12-03 19:25"), **who)
    come_and_go(cast, row_of(opened, cast.son), went="19:28")
    vote(cast, opened, 3)
    assert opened.votes.get().taken_at == at("2026-12-03 19:25")


def test_who_left_after_a_vote_may_still_reserve_an_opinion_on_it(cast: Cast, opened: Meeting) -> None:
    vote(cast, opened, 2, "19:31")
    come_and_go(cast, row_of(opened, cast.son), went="19:35")
    kept = evening.add_remark(
        item_of(opened), row_of(opened, cast.son), vote=opened.votes.get(), by=cast.account(cast.hoa), at=CLOSED
    )
    assert kept.speaker.name == "Đỗ Văn Sơn"


def test_who_left_before_an_item_is_no_speaker_of_it(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=by, at=at("2026-12-03 19:35"))
    with refused("Đồng chí Đỗ Văn Sơn đã về lúc 19 giờ 20 phút.", "speaker"):
        evening.add_remark(item_of(opened), row_of(opened, cast.son), by=by, at=at("2026-12-03 19:40"))


def test_who_left_during_an_item_may_still_be_written_down(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=by, at=at("2026-12-03 19:05"))
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    evening.add_remark(item_of(opened), row_of(opened, cast.son), by=by, at=at("2026-12-03 19:40"))


def test_the_desk_offers_whoever_is_here(
    cast: Cast, opened: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-12-03 19:40"))
    by = cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=by, at=at("2026-12-03 19:35"))
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    page = as_user(cast.hoa).get(reverse("room-item", args=[item_of(opened).pk]))
    offered = (page.context["floor"].callable, page.context["not_yet"], page.context["voters"])
    names = [[person.name for person in people] for people in offered]
    both = ["Nguyễn Thị Hoa", "Trần Thị Lan"]
    assert names == [[both[0], "Trần Thị Lan", "Lê Anh Tuấn"]] * 2 + [both]


def test_after_the_end_whoever_came_may_be_written_down(cast: Cast, opened: Meeting) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:20")
    held = close(cast, opened)
    by = cast.account(cast.hoa)
    evening.add_remark(item_of(held), row_of(held, cast.son), by=by, at=CLOSED + timedelta(minutes=20))
    vote(cast, held, 2, "21:10")
    assert (held.votes.get().taken_at, held.votes.get().entitled) == (CLOSED, 2)


def test_the_exempt_who_stayed_away_are_not_in_the_base(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=at("2026-12-03 19:02"))
    mark(cast, called, cast.lan, Mark.PRESENT)
    vote(cast, called, 1)
    assert (called.votes.get().entitled, called.votes.get().base) == (1, 2)


def test_times_do_not_contradict_what_somebody_said(cast: Cast, opened: Meeting) -> None:
    by, item = cast.account(cast.hoa), item_of(opened, "conclusion")
    evening.start_item(item, by=by, at=at("2026-12-03 19:35"))
    evening.add_remark(item, row_of(opened, cast.son), by=by, at=at("2026-12-03 19:40"))
    evening.end_item(item, by=by, at=at("2026-12-03 19:45"))
    with refused(f"Đồng chí Đỗ Văn Sơn đã có ý kiến ở “{item.title}”, sau giờ này.", "left_at"):
        come_and_go(cast, row_of(opened, cast.son), went="19:35")
    with refused(f"Đồng chí Đỗ Văn Sơn đã có ý kiến ở “{item.title}”, trước giờ này.", "arrived_at"):
        come_and_go(cast, row_of(opened, cast.son), came="19:46")
    come_and_go(cast, row_of(opened, cast.son), came="19:36", went="19:44")
