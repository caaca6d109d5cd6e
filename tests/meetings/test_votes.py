"""Votes by count: who has one, when one is passed, and opinions that are reserved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from guideline import checks, votes
from guideline.model import Evidence
from meetings.actions import evening, following, planning, resolutions
from meetings.actions import votes as actions
from meetings.facts import Evening, facts_of
from meetings.models import Mark, Meeting, Remark, Vote
from meetings.papers import build_minutes
from meetings.rules import rulebook_of
from members.models import TenureKind
from members.refusal import Refused
from members.saving.actions import save_text
from rulings.models import Ruling
from tests.factories import NOW, new_key
from tests.meetings.steps import (
    CLOSED,
    DURING,
    OPENED,
    close,
    come_and_go,
    fresh,
    item_of,
    last_event,
    mark,
    refused,
    row_of,
    say,
    seal,
    stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from members.models import Member
    from tests.conftest import AsUser, Cast


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
    assert (result.entitled, result.base, result.passed, result.percent) == (2, 3, False, 100 / 3)


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


# --- Kinds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "in_favour", "base", "passed"),
    [
        ("ordinary", 5, 9, True),
        ("admission", 5, 9, False),
        ("admission", 6, 9, True),
        ("recognition", 6, 10, False),
        ("recognition", 7, 10, True),
        ("ordinary", 0, 0, False),
        ("admission", 0, 0, False),
    ],
)
def test_each_kind_has_its_majority(kind: str, in_favour: int, base: int, passed: bool) -> None:
    (rule,) = [one for one in votes.KINDS if one.key == kind]
    assert Vote(in_favour=in_favour, base=base, majority=rule.majority.value).passed is passed


def test_an_admission_takes_two_thirds_and_says_so_on_paper(cast: Cast, opened: Meeting) -> None:
    told = {"against": 1, "other": 0, "by": cast.account(cast.hoa), "at": DURING}
    made = evening.record_vote(
        item_of(opened, "conclusion"), question="Kết nạp quần chúng Mai", in_favour=2, kind="admission", **told
    )
    assert (made.needed, made.passed) == (2, True)
    text = plain_text(build_minutes(fresh(opened)))
    assert "Kết nạp đảng viên cần từ 2/3 trở lên (Điều lệ Đảng, Điều 4): ít nhất 02." in text


def test_what_is_no_kind_is_refused(cast: Cast, opened: Meeting) -> None:
    told = {"against": 0, "other": 0, "by": cast.account(cast.hoa), "at": DURING}
    with refused("Xin chọn loại biểu quyết.", "kind"):
        evening.record_vote(item_of(opened, "conclusion"), question="Việc", in_favour=2, kind="local-1", **told)


def test_a_committee_may_fix_a_majority_for_another_matter(cast: Cast, opened: Meeting) -> None:
    row = Ruling.objects.create(
        organisation=cast.ward,
        subject="vote-majority",
        value={"matter": "Giới thiệu người ứng cử", "majority": "three_quarters"},
        document="12-QĐ/ĐU",
        document_date=date(2026, 1, 5),
        starts_on=date(2026, 1, 5),
        entered_by=cast.phuc,
        entered_at=NOW,
    )
    told = {"against": 0, "other": 1, "by": cast.account(cast.hoa), "at": DURING}
    made = evening.record_vote(
        item_of(opened, "conclusion"), question="Giới thiệu đồng chí Sơn", in_favour=2, kind=f"local-{row.pk}", **told
    )
    assert (made.kind_name, made.needed, made.passed) == ("Giới thiệu người ứng cử", 3, False)
    assert "12-QĐ/ĐU" in made.source


@pytest.mark.parametrize(
    ("day", "place", "sure"),
    [
        (date(2024, 5, 1), "Điều 9, khoản 5; cách tính", False),
        (date(2026, 7, 25), "điểm 9.3.2", True),
        (date(2026, 12, 3), "điểm 9.3.2; từ 26/7/2026 có QĐ 208-QĐ/TW thay", False),
    ],
)
def test_the_base_rests_on_the_rule_of_its_day(day: date, place: str, sure: bool) -> None:
    clause = votes.base_clause(day)
    assert (clause.place, clause.evidence is Evidence.SEEN) == (place, sure)


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(2025, 5, 25), "theo quy định thi hành Điều lệ Đảng"),
        (date(2025, 5, 26), "Quy định 294-QĐ/TW ngày 26/5/2025, điểm 9.3.2"),
        (date(2026, 7, 25), "Quy định 294-QĐ/TW ngày 26/5/2025, điểm 9.3.2"),
        (date(2026, 7, 26), "theo quy định thi hành Điều lệ Đảng"),
    ],
)
def test_minutes_name_the_rule_of_the_base_without_a_doubt(day: date, source: str) -> None:
    assert votes.base_source(day) == source


def test_the_desk_says_before_the_vote_what_each_kind_needs(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    mark(cast, opened, cast.son, Mark.EXCUSED)
    page = as_user(cast.hoa).get(f"/items/{item_of(opened).pk}/desk/?open=vote").content.decode()
    assert "Có 2 đảng viên chính thức có mặt được biểu quyết. Kết quả tính trên 3:" in page
    assert "Kết nạp đảng viên: từ 2/3 trở lên, tức ít nhất 2/3" in page


# --- The roll after a vote ----------------------------------------------------------------------


def test_a_vote_follows_the_roll_while_it_fits(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 2)
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    result.refresh_from_db()
    assert (result.entitled, result.base, result.passed) == (2, 3, True)
    mark(cast, opened, cast.son, Mark.PRESENT)
    result.refresh_from_db()
    assert (result.entitled, result.base) == (3, 3)


def test_more_hands_than_people_is_told_and_the_meeting_does_not_end_so(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 3)
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    result.refresh_from_db()
    assert (result.entitled, result.base) == (3, 3)
    sentence = (
        "Biểu quyết “Thông qua kết luận” ghi 3 đồng chí, mà theo điểm danh chỉ có 2 đồng chí được biểu quyết lúc đó."
    )
    figures = facts_of(Evening.of(opened), now=CLOSED)
    found = checks.findings(checks.Stage.BEFORE_CLOSING, figures, rulebook_of(opened))
    assert [one.sentence for one in found if one.code == "votes_and_roll"] == [sentence]
    with refused(f"{sentence} Xin sửa điểm danh, hoặc xoá biểu quyết rồi ghi lại."):
        close(cast, opened)
    mark(cast, opened, cast.son, Mark.PRESENT)
    assert close(cast, opened).state == "closed"


def test_minutes_are_not_sealed_over_a_vote_that_the_roll_contradicts(cast: Cast, opened: Meeting) -> None:
    vote(cast, opened, 3)
    held = close(cast, opened)
    mark(cast, held, cast.son, Mark.UNEXCUSED)
    with pytest.raises(Refused, match="theo điểm danh chỉ có 2"):
        seal(cast, held)


def test_the_desk_says_at_once_that_a_vote_no_longer_fits(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    vote(cast, opened, 3)
    row = row_of(opened, cast.son)
    page = as_user(cast.hoa).post(f"/attendances/{row.pk}/mark/", {"mark": "excused"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        (
            "Biểu quyết “Thông qua kết luận” ghi 3 đồng chí, mà theo điểm danh chỉ có 2 đồng chí được biểu quyết "
            "lúc đó. Xin sửa điểm danh, hoặc xoá biểu quyết rồi ghi lại."
        )
    ]


def test_a_late_arrival_entered_afterwards_takes_the_vote_away(cast: Cast, opened: Meeting) -> None:
    result = vote(cast, opened, 2)
    come_and_go(cast, row_of(opened, cast.son), came="20:00")
    result.refresh_from_db()
    assert (result.taken_at, result.entitled, result.base) == (DURING, 2, 3)


def test_the_roll_does_not_turn_a_vote_on_which_a_paper_rests(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    lan = cast.account(cast.lan)
    evening.open_meeting(called, by=lan, at=OPENED)
    mark(cast, called, cast.lan, Mark.PRESENT)
    mark(cast, called, cast.hoa, Mark.PRESENT)
    result = vote(cast, called, 2)
    assert (result.needed, result.base) == (2, 2)
    result.majority = "three_quarters"
    result.save()
    resolutions.issue(called, kind="NQ", subject="Việc", vote=result, issued_on=DURING.date(), by=lan, at=DURING)
    with refused(
        "Ghi như vậy thì biểu quyết “Thông qua kết luận” không còn đủ từ 3/4 trở lên của 3, mà đã có văn bản, quyết "
        "nghị hoặc phiếu chấm điểm theo kết quả ấy. Xin xem lại biểu quyết này trước."
    ):
        mark(cast, called, cast.son, Mark.PRESENT)


# --- Stepping aside -----------------------------------------------------------------------------


def test_whoever_steps_aside_neither_speaks_nor_votes_and_is_not_in_the_base(cast: Cast, opened: Meeting) -> None:
    item, by = item_of(opened, "conclusion"), cast.account(cast.hoa)
    before = vote(cast, opened, 2)
    row = actions.step_aside(item, row_of(opened, cast.son), reason="xét kỷ luật đồng chí", by=by, at=DURING)
    before.refresh_from_db()
    assert (before.entitled, before.base) == (2, 2)
    with refused("Đồng chí Đỗ Văn Sơn không tham gia nội dung này.", "speaker"):
        evening.add_remark(item, row_of(opened, cast.son), by=by, at=DURING)
    with refused("Chỉ đảng viên chính thức có mặt mới bảo lưu ý kiến về biểu quyết.", "speaker"):
        evening.add_remark(item, row_of(opened, cast.son), vote=before, by=by, at=DURING)
    text = plain_text(build_minutes(fresh(opened)))
    told = "Đồng chí Đỗ Văn Sơn không tham gia thảo luận và biểu quyết nội dung này (lý do: xét kỷ luật đồng chí)."
    assert told in text
    assert (
        "(theo quy định thi hành Điều lệ Đảng); đồng chí không tham gia một nội dung thì không tính ở nội dung ấy."
        in text
    )
    actions.take_part_again(row, by=by, at=DURING)
    before.refresh_from_db()
    assert (before.entitled, before.base) == (3, 3)


def test_when_the_chair_steps_aside_somebody_else_is_asked_to_lead(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client]
) -> None:
    item, hoa = item_of(opened, "conclusion"), as_user(cast.hoa)
    said = {}
    for person in (cast.lan, cast.son):
        typed = {"person": row_of(opened, person).pk, "reason": "", "key": new_key()}
        page = hoa.post(f"/items/{item.pk}/asides/", typed, follow=True)
        said[person] = [str(one) for one in page.context["messages"]]
    asks = "Xin cử đồng chí khác điều hành nội dung này thay đồng chí Trần Thị Lan."
    assert (said[cast.lan][-1:], said[cast.son]) == ([asks], [])


def test_who_has_spoken_did_not_step_aside(cast: Cast, opened: Meeting) -> None:
    say(cast, opened, row_of(opened, cast.son), step="conclusion")
    with refused("Đồng chí Đỗ Văn Sơn đã có ý kiến ở nội dung này.", "person"):
        actions.step_aside(
            item_of(opened, "conclusion"), row_of(opened, cast.son), by=cast.account(cast.hoa), at=DURING
        )


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
    save_text("remark", reserved, {"text": "Tôi chưa đồng ý."}, base=0, by=cast.account(cast.hoa), at=DURING)
    assert Evening.of(fresh(opened)).speakers() == set()  # it is no speech in the discussion
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


def test_the_paper_says_who_of_another_standing_is_in_the_base(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    mark(cast, called, cast.son, Mark.PRESENT)
    vote(cast, called, 3)
    text = plain_text(build_minutes(fresh(called)))
    among = "(trong đó được miễn sinh hoạt 01)"
    assert f"Tính trên 03 đảng viên chính thức {among}; có mặt, được biểu quyết 03 {among}; tán thành 03/03" in text


def test_tasks_stand_before_the_vote_that_adopts_them(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    item, by = item_of(opened, "conclusion"), cast.account(cast.hoa)
    following.assign_task(opened, text="Viết báo cáo", owner=cast.son, due_on=None, item=item, by=by, at=DURING)
    vote(cast, opened, 3)
    text = plain_text(build_minutes(fresh(opened)))
    order = [text.index(words) for words in ("Phân công nhiệm vụ:", "Viết báo cáo", "Biểu quyết (", "III. PHÂN CÔNG")]
    assert order == sorted(order)
    assert "Đã giao 01 nhiệm vụ, ghi ở nội dung" in text
    page = as_user(cast.hoa).get(f"/items/{item.pk}/desk/").content.decode()
    assert page.index('data-panel="tasks"') < page.index('data-panel="votes"')


def test_an_apology_accepted_during_the_evening_counts_votes_anew(cast: Cast, called: Meeting) -> None:
    lan = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.son), reason="Ốm", by=lan, at=NOW)
    evening.open_meeting(called, by=lan, at=OPENED)
    evening.mark_rest_present(called, by=lan, at=DURING)
    result = vote(cast, called, 2)
    planning.decide_apology(row_of(called, cast.son), accepted=True, by=lan, at=DURING)
    result.refresh_from_db()
    assert (result.entitled, result.base) == (2, 3)
