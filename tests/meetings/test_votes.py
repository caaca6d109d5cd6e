"""Votes by count: who has one, when one is passed, and opinions that are reserved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import evening
from meetings.models import Mark, Meeting, Remark, Vote
from members.models import TenureKind
from tests.meetings.steps import DURING, OPENED, item_of, last_event, mark, refused, row_of, stand

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast


def vote(cast: Cast, meeting: Meeting, in_favour: int, against: int = 0, other: int = 0) -> Vote:
    return evening.record_vote(
        item_of(meeting, "conclusion"),
        question="Thông qua kết luận",
        in_favour=in_favour,
        against=against,
        other=other,
        by=cast.account(cast.hoa),
        at=DURING,
    )


# --- Votes --------------------------------------------------------------------------------------


def test_a_vote_counts_the_full_members_who_are_here(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 2, 0, 1)
    assert (result.entitled, result.base, result.in_favour, result.against, result.other) == (3, 3, 2, 0, 1)


def test_the_probationary_have_no_vote(cast: Cast, opened: Meeting) -> None:
    sentence = "Tổng số biểu quyết là 4, nhiều hơn 3 đảng viên chính thức có mặt."
    with refused(sentence, "in_favour"):
        vote(cast, opened, 4)


def test_the_absent_have_no_vote_but_remain_in_the_base(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.EXCUSED, "Nằm viện")
    sentence = "Tổng số biểu quyết là 3, nhiều hơn 2 đảng viên chính thức có mặt."
    with refused(sentence, "in_favour"):
        vote(cast, opened, 2, 1)
    result = vote(cast, opened, 1, 1)
    assert (result.entitled, result.base, result.passed, result.percent) == (2, 3, False, 50.0)


def test_an_exempt_member_who_came_votes(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    assert (vote(cast, called, 2).entitled, vote(cast, called, 2).base) == (2, 2)
    mark(cast, called, cast.son, Mark.PRESENT)
    assert (vote(cast, called, 3).entitled, vote(cast, called, 3).base) == (3, 3)


def test_guests_have_no_vote(cast: Cast, opened: Meeting) -> None:
    evening.add_guest(opened, name="Cao Văn Long", position="", by=cast.account(cast.hoa), at=DURING)
    with refused("Tổng số biểu quyết là 4, nhiều hơn 3 đảng viên chính thức có mặt.", "in_favour"):
        vote(cast, opened, 0, 0, 4)


@pytest.mark.parametrize(("in_favour", "base", "passed"), [(2, 4, False), (3, 4, True), (2, 3, True), (1, 3, False)])
def test_a_vote_passes_with_more_than_half_of_the_full_members(in_favour: int, base: int, passed: bool) -> None:
    assert Vote(in_favour=in_favour, against=0, other=0, entitled=in_favour, base=base).passed is passed


def test_a_vote_without_hands_is_not_recorded(cast: Cast, opened: Meeting) -> None:
    with refused("Chưa ghi số biểu quyết.", "in_favour"):
        vote(cast, opened, 0)


def test_later_marks_do_not_change_a_vote(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 3)
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    result.refresh_from_db()
    assert (result.entitled, result.base, result.percent) == (3, 3, 100.0)


def test_the_figures_of_a_removed_vote_stay_in_the_event(cast: Cast, opened: Meeting) -> None:
    evening.remove_vote(vote(cast, opened, 2, 1), by=cast.account(cast.hoa), at=DURING)
    assert Vote.objects.count() == 0
    assert last_event(opened) == ("remove_vote", {"question": "Thông qua kết luận", "figures": [2, 1, 0]})


def reserve(cast: Cast, meeting: Meeting, member: Member, on: Vote) -> Remark:
    return evening.add_remark(
        item_of(meeting, "conclusion"), row_of(meeting, member), vote=on, by=cast.account(cast.hoa), at=DURING
    )


def test_a_full_member_may_reserve_an_opinion_on_a_vote(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 2, 1)
    reserved = reserve(cast, opened, cast.son, result)
    assert list(result.reserved.all()) == [reserved]
    with refused("Biểu quyết này đã có ý kiến bảo lưu; xin xoá ý kiến bảo lưu trước."):
        evening.remove_vote(result, by=cast.account(cast.hoa), at=DURING)


def test_who_has_no_vote_reserves_no_opinion(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 3)
    with refused("Chỉ đảng viên chính thức có mặt mới bảo lưu ý kiến về biểu quyết.", "speaker"):
        reserve(cast, opened, cast.tuan, result)


def test_an_opinion_is_reserved_under_the_item_of_its_vote(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 3)
    with refused("Người phát biểu không thuộc buổi họp này.", "speaker"):
        evening.add_remark(item_of(opened), row_of(opened, cast.son), vote=result, by=cast.account(cast.hoa), at=DURING)
