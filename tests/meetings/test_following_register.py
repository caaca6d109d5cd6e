"""The register changes while a meeting is on: the roll follows, with the reason; sealed papers stay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from meetings.actions import evening, minutes
from meetings.actions.minutes import paper_of
from meetings.models import Mark, Meeting
from meetings.papers import build_minutes
from members import actions as people
from members.models import Member, Tenure, TenureKind
from tests.factories import NOW, at, make_member
from tests.meetings.committee import seat
from tests.meetings.steps import SIGNED, begin, close, fresh, mark, on_screen, refused, row_of, say, seal

if TYPE_CHECKING:
    from tests.conftest import Cast

AFTER = "Xin ghi tư cách này từ sau buổi họp ngày 03/12/2026, hoặc sửa ở bàn thư ký trước."


def stands(cast: Cast, member: Member, kind: TenureKind, day: date = date(2026, 12, 1)) -> None:
    who = {"by": cast.account(cast.lan), "at": at("2026-12-03 19:20")}
    people.set_standing(member, cast.cell, kind=kind, starts_on=day, **who)


def paper(meeting: Meeting) -> str:
    return plain_text(build_minutes(fresh(meeting)))


def test_whoever_is_entered_waits_for_the_roll_call_with_the_reason(cast: Cast, opened: Meeting) -> None:
    yen = make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 2))
    row = row_of(opened, yen)
    assert (row.standing, row.mark, row.note) == (
        "full",
        Mark.NONE,
        "lúc 08 giờ 00 phút, ngày 20 tháng 11 năm 2026, bổ sung: đảng viên chính thức từ ngày 02/12/2026",
    )
    begin(opened)
    with refused("Chưa điểm danh xong: đồng chí Vũ Thị Yến."):
        close(cast, opened)
    mark(cast, opened, yen, Mark.PRESENT)
    assert f"Điều chỉnh danh sách sau khai mạc: đồng chí Vũ Thị Yến {row.note}." in paper(opened)


def test_a_vote_is_counted_anew_of_those_whom_the_register_leaves(cast: Cast, opened: Meeting) -> None:
    begin(opened)
    counted = {"in_favour": 2, "against": 0, "other": 0}
    item = opened.items.all()[0]
    vote = evening.record_vote(
        item, question="Thông qua", **counted, by=cast.account(cast.lan), at=at("2026-12-03 19:10")
    )
    assert (vote.entitled, vote.base) == (3, 3)
    stands(cast, cast.son, TenureKind.LEFT)
    vote.refresh_from_db()
    assert (vote.entitled, vote.base) == (2, 2)


def test_whoever_is_entered_before_the_seal_is_marked_first(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 2))
    sign = {"seen": on_screen(opened), "at": SIGNED}
    minutes.sign(fresh(opened), seat="minute_taker", by=cast.account(cast.hoa), **sign)
    with refused("Chưa điểm danh xong: đồng chí Vũ Thị Yến."):
        minutes.sign(fresh(opened), seat="chair", by=cast.account(cast.lan), **sign)


def test_a_standing_is_corrected_and_says_what_it_was(cast: Cast, opened: Meeting) -> None:
    stands(cast, cast.tuan, TenureKind.FULL)
    row = row_of(opened, cast.tuan)
    assert (row.standing, row.mark, row.note) == (
        "full",
        Mark.PRESENT,
        "lúc 19 giờ 20 phút, sửa thành đảng viên chính thức từ ngày 01/12/2026 (trước đó ghi: đảng viên dự bị)",
    )


def test_whoever_had_left_is_struck(cast: Cast, opened: Meeting) -> None:
    stands(cast, cast.son, TenureKind.LEFT)
    row = row_of(opened, cast.son)
    assert (row.standing, row.mark, row.may_come) == ("left", Mark.NONE, False)
    assert (
        "đồng chí Đỗ Văn Sơn lúc 19 giờ 20 phút, đưa ra khỏi danh sách: không còn sinh hoạt tại chi bộ "
        "từ ngày 01/12/2026 (trước đó ghi: đảng viên chính thức)."
    ) in paper(opened)


def test_whoever_leaves_the_committee_stays_in_the_cell(cast: Cast, planned: Meeting) -> None:
    board = seat(cast, planned)
    meeting, who = board.hold(), {"by": None, "at": at("2026-12-01 17:30")}
    people.end_tenure(board.cuong.tenures.get(kind=TenureKind.COMMITTEE_MEMBER), ends_on=date(2026, 11, 30), **who)  # type: ignore[arg-type]
    assert row_of(meeting, board.cuong).note == (
        "lúc 17 giờ 30 phút, đưa ra khỏi danh sách: không còn trong chi uỷ (trước đó ghi: đảng viên chính thức)"
    )


def test_a_new_secretary_and_the_one_before_both_change_on_the_roll(cast: Cast, opened: Meeting) -> None:
    who = {"by": None, "at": at("2026-12-03 19:20")}
    people.appoint(cast.son, cast.cell, kind=TenureKind.SECRETARY, starts_on=date(2026, 12, 1), **who)
    assert [row_of(opened, one).position for one in (cast.son, cast.lan)] == ["Bí thư", ""]


def test_whoever_spoke_is_not_struck(cast: Cast, opened: Meeting) -> None:
    say(cast, opened, row_of(opened, cast.son))
    before = list(Tenure.objects.values_list())
    with refused(f"Đồng chí Đỗ Văn Sơn đã có ý kiến trong biên bản. {AFTER}", "starts_on"):
        stands(cast, cast.son, TenureKind.LEFT)
    assert list(Tenure.objects.values_list()) == before


def test_the_secretary_who_chairs_does_not_leave_in_the_middle(cast: Cast, opened: Meeting) -> None:
    who = {"by": cast.account(cast.lan), "at": at("2026-12-03 19:20"), "knowing": True}
    with refused(f"Đồng chí Trần Thị Lan chủ trì buổi họp ấy. {AFTER}", "starts_on"):
        people.set_standing(cast.lan, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 3), **who)


def test_what_begins_after_the_meeting_changes_nothing(cast: Cast, opened: Meeting) -> None:
    before = on_screen(opened)
    stands(cast, cast.son, TenureKind.LEFT, date(2026, 12, 4))
    make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 4))
    assert on_screen(opened) == before


def test_sealed_papers_stay(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    sealed = seal(cast, opened)
    before, rows = paper_of(sealed), list(opened.attendances.values_list())
    stands(cast, cast.son, TenureKind.LEFT)
    make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 2))
    assert (paper_of(fresh(opened)), list(opened.attendances.values_list())) == (before, rows)


# --- Namesakes ----------------------------------------------------------------------------------


def test_a_namesake_who_comes_tells_both_apart_on_the_roll(cast: Cast, opened: Meeting) -> None:
    make_member(cast.cell, "Đỗ  văn Sơn", since=date(2026, 12, 2), born_on=date(1990, 2, 3))
    assert sorted(opened.attendances.filter(name__contains="Sơn").values_list("name", flat=True)) == [
        "Đỗ  văn Sơn (sinh 1990)",
        "Đỗ Văn Sơn (sinh 1980)",
    ]


def test_papers_tell_namesakes_apart(cast: Cast, opened: Meeting) -> None:
    other = make_member(cast.cell, "Trần Thị Lan", since=date(2026, 12, 2), born_on=date(1990, 2, 3))
    people.edit_member(other, person={"told_by": "B"}, by=cast.account(cast.lan), at=SIGNED)
    with refused("Một đồng chí trùng tên đã mang dấu phân biệt này. Xin chọn dấu khác.", "told_by"):
        people.edit_member(cast.lan, person={"told_by": "b"}, by=cast.account(cast.lan), at=SIGNED)
    evening.mark(row_of(opened, other), mark="excused", reason="Ốm", by=cast.account(cast.lan), at=SIGNED)
    said = paper(opened)
    assert "Chủ trì: đồng chí Trần Thị Lan (sinh 1980), Bí thư." in said
    assert "- Có lý do: 01: đồng chí Trần Thị Lan (B) (lý do: Ốm)." in said


@pytest.mark.parametrize("knowing", [False, True])
def test_before_the_last_leader_leaves_the_secretary_is_asked(cast: Cast, knowing: bool) -> None:
    def leave() -> None:
        who = {"by": cast.account(cast.lan), "at": NOW, "knowing": knowing}
        people.set_standing(cast.lan, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), **who)

    if knowing:
        leave()
        return
    with refused(
        "Từ ngày 01/12/2026 chi bộ sẽ không còn bí thư, phó bí thư: không ai gọi họp, sửa danh sách được nữa, "
        "chỉ cấp uỷ cấp trên ghi được bí thư mới. Nếu đúng như vậy, xin đánh dấu rồi ghi lại.",
        "knowing",
    ):
        leave()
