"""What the record says beside each line of a score sheet, and what holds for any meeting whatever."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline.criteria import SETS, CriteriaSet, get
from guideline.criteria_hd12 import HD12_SET
from guideline.criteria_hd42 import HD42_SET, WARD_SET
from guideline.facts import MeetingFacts
from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.local import LocalFigure, localise
from guideline.rulebook import RULEBOOKS, Clause, Evidence, Kind, Rulebook, RuleKey
from guideline.scoring import Proposal, propose, total
from tests.guideline.test_findings import LOCAL, any_facts
from tests.guideline.words import KINDS, facts_of
from tests.sample import tries


def line(key: str, code: str, said: str, kind: str = "thường kỳ") -> Proposal:
    rulebook = {"hd12": HD12, "hd42": HD42}[key.split("-", maxsplit=1)[0]]
    (found,) = [one for one in propose(facts_of(said, rulebook, KINDS[kind]), rulebook, get(key)) if one.code == code]
    return found


@pytest.mark.parametrize(
    ("key", "code", "said", "evidence"),
    [
        (
            "hd42",
            "1",
            "kéo dài 95 phút",
            ("Bắt đầu 19:00, kết thúc 20:35: 95 phút; hướng dẫn yêu cầu tối thiểu 90 phút.",),
        ),
        (
            "hd42",
            "1",
            "khai mạc muộn 12 phút; kéo dài 62 phút",
            (
                "Bắt đầu 19:12, kết thúc 20:02: 50 phút; hướng dẫn yêu cầu tối thiểu 90 phút.",
                "Bắt đầu muộn 12 phút so với giờ đã thông báo.",
                "Hướng dẫn không nêu mức trừ; chi uỷ quyết định.",
            ),
        ),
        (
            "hd42",
            "2",
            "có mặt 17/20; 1 người vắng không lý do",
            (
                "Có mặt 17/20 đảng viên (85%); hướng dẫn yêu cầu từ 90% trở lên.",
                "Vắng có lý do 2, vắng không có lý do 1.",
                "Hướng dẫn không nêu mức trừ; chi uỷ quyết định.",
            ),
        ),
        (
            "hd42",
            "3.2",
            "đủ mọi việc",
            (
                "Chi uỷ họp lúc 19:00 ngày 30/11/2026.",
                "Biên bản họp chi uỷ ký xong lúc 19:00 ngày 01/12/2026.",
                "Gửi thông báo cho đảng viên lúc 19:00 ngày 01/12/2026.",
                "Đã thông báo cho cấp uỷ viên cấp trên theo dõi chi bộ.",
                "Tài liệu đăng Sổ tay đảng viên điện tử lúc 19:00 ngày 01/12/2026; chậm nhất là ngày 02/12/2026.",
            ),
        ),
        (
            "hd42",
            "4.1",
            "2 nội dung chưa xong",
            (
                "Chương trình có 11/11 bước theo hướng dẫn.",
                "Đã tiến hành xong 9/11 nội dung.",
                "Hướng dẫn không nêu mức trừ; chi uỷ quyết định.",
            ),
        ),
        (
            "hd42",
            "4.2",
            "7 người phát biểu",
            (
                "Chương trình dự kiến 130 phút, có 11/11 bước theo hướng dẫn.",
                "Đã ghi việc biểu dương, nhắc nhở đảng viên.",
                "7/9 đảng viên có mặt phát biểu (77,8%).",
                "Chi uỷ, chi bộ đánh giá.",
            ),
        ),
        (
            "hd42",
            "6",
            "xong 3/4 việc",
            (
                "Hoàn thành 3/4 nhiệm vụ của các kỳ trước đã đến hạn (75%).",
                "Hướng dẫn không nêu mức trừ; chi uỷ quyết định.",
            ),
        ),
        (
            "hd42",
            "7",
            "đủ mọi việc",
            (
                "Đã ghi kết luận của chủ trì.",
                "Biên bản được đọc và thông qua lúc 21:08 ngày 03/12/2026.",
                "Biên bản được chủ trì và thư ký ký lúc 21:30 ngày 03/12/2026.",
                "Tài liệu đã hoàn thiện đăng lúc 19:00 ngày 04/12/2026; hạn là ngày 05/12/2026.",
            ),
        ),
        ("hd42-phuong", "6.3", "đủ mọi việc", ("Chi uỷ, chi bộ đánh giá.",)),
        (
            "hd42-phuong",
            "4.7",
            "tư tưởng 14 phút",
            ("Dành 14 phút cho tình hình tư tưởng, tự phê bình và phê bình.",),
        ),
        (
            "hd12",
            "1",
            "có mặt 17/20",
            (
                "Có mặt 17/20 đảng viên (85%); hướng dẫn yêu cầu trên 85%.",
                "Vắng có lý do 3, vắng không có lý do 0.",
                "Không có đảng viên vắng có lý do quá 3 lần liên tiếp trong năm.",
            ),
        ),
    ],
)
def test_the_evidence_stands_beside_the_line(key: str, code: str, said: str, evidence: tuple[str, ...]) -> None:
    assert line(key, code, said).evidence == evidence


@pytest.mark.parametrize(
    ("criteria", "rulebook", "kind"),
    [(HD42_SET, HD42, Kind.REGULAR), (WARD_SET, HD42, Kind.THEMATIC), (HD12_SET, HD12, Kind.COMBINED)],
)
def test_there_is_one_proposal_for_each_line_in_the_order_of_the_sheet(
    criteria: CriteriaSet, rulebook: Rulebook, kind: Kind
) -> None:
    proposed = propose(MeetingFacts(kind=kind), rulebook, criteria)
    assert [one.code for one in proposed] == [one.code for one in criteria.leaves()]


def test_a_regular_meeting_has_no_line_for_the_topic() -> None:
    codes = [one.code for one in propose(MeetingFacts(), HD42, WARD_SET)]
    assert codes == [one.code for one in WARD_SET.leaves() if one.code != "4.3"]


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.key)
def test_the_committees_own_meeting_is_not_scored(criteria: CriteriaSet) -> None:
    assert propose(MeetingFacts(kind=Kind.COMMITTEE), HD42, criteria) == ()


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.key)
def test_a_meeting_of_which_nothing_is_recorded_gets_no_points_proposed(criteria: CriteriaSet) -> None:
    assert {one.points for one in propose(MeetingFacts(), HD42, criteria)} == {None}


def test_points_are_added_up_without_rounding() -> None:
    assert [total([]), total([Decimal("4.5"), Decimal("0.1"), Decimal(30)])] == [Decimal(0), Decimal("34.6")]


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.sampled_from((*RULEBOOKS, *LOCAL)), st.sampled_from(SETS))
def test_no_facts_make_a_proposal_fail_or_leave_the_limits_of_its_line(
    facts: MeetingFacts, rulebook: Rulebook, criteria: CriteriaSet
) -> None:
    most = {one.code: one.max_points for one in criteria.for_kind(facts.kind).leaves()}
    outside = [
        one
        for one in propose(facts, rulebook, criteria)
        if one.points is not None and not 0 <= one.points <= (most[one.code] or 0)
    ]
    assert outside == []


def test_the_evidence_names_the_committees_figures_where_it_has_fixed_some() -> None:
    fixed = Clause("QĐ 08-QĐ/ĐU", date(2026, 1, 15), "Điều 3", Evidence.LOCAL)
    figures = [LocalFigure(RuleKey.MINUTES_REGULAR, 60, fixed), LocalFigure(RuleKey.ATTENDANCE_AT_LEAST, 80, fixed)]
    book = localise(HD42, figures, members=9)
    time, attendance = propose(facts_of("kéo dài 65 phút; có mặt 8/9", book, Kind.REGULAR), book, HD42_SET)[:2]
    assert [(time.points, time.evidence[0]), (attendance.points, attendance.evidence[0])] == [
        (5, "Bắt đầu 19:00, kết thúc 20:05: 65 phút; cấp uỷ quy định tối thiểu 60 phút."),
        (5, "Có mặt 8/9 đảng viên (88,9%); cấp uỷ quy định từ 80% trở lên."),
    ]


@given(st.integers(0, 99), st.integers(1, 100), st.sampled_from((HD42_SET, WARD_SET)))
def test_one_more_member_present_never_lowers_what_is_proposed(present: int, away: int, criteria: CriteriaSet) -> None:
    before, after = (
        propose(MeetingFacts(counted=present + away, present=came, excused=present + away - came), HD42, criteria)[1]
        for came in (present, present + 1)
    )
    assert (after.points or 0) >= (before.points or 0)


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.sampled_from(RULEBOOKS), st.sampled_from(SETS))
def test_what_only_people_can_judge_is_left_to_them(
    facts: MeetingFacts, rulebook: Rulebook, criteria: CriteriaSet
) -> None:
    judged = {one.code for one in criteria.leaves() if one.judged}
    given_points = [one for one in propose(facts, rulebook, criteria) if one.code in judged and one.points is not None]
    assert given_points == []


@settings(max_examples=tries(150), deadline=None)
@given(any_facts, st.sampled_from(RULEBOOKS), st.sampled_from(SETS))
def test_every_line_comes_with_something_to_read(
    facts: MeetingFacts, rulebook: Rulebook, criteria: CriteriaSet
) -> None:
    silent = [one.code for one in propose(facts, rulebook, criteria) if not one.evidence]
    assert silent == []
