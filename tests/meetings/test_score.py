"""The score sheet: what the record proposes, what the committee gives, what the cell votes, what is confirmed above."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from meetings.actions import evening, scoring
from meetings.models import Meeting, ScoreSheet
from meetings.papers import build_score
from meetings.scored import scored
from members.models import TenureKind
from rulings.models import Ruling
from tests.factories import make_member
from tests.meetings.sheets import give, section, vote
from tests.meetings.steps import (
    DURING,
    SIGNED,
    fill_in,
    forbidden,
    fresh,
    last_event,
    mark,
    recorded,
    refused,
)

if TYPE_CHECKING:
    from tests.conftest import Cast

VOTED = "Chi bộ đã biểu quyết phiếu này; muốn sửa thì xoá biểu quyết trước."


# --- Drawing up ---------------------------------------------------------------------------------


def test_a_sheet_has_a_line_for_each_criterion_with_what_the_record_says(sheet: ScoreSheet) -> None:
    assert (sheet.criteria, [line.code for line in sheet.lines.all()]) == (
        "hd42",
        ["1", "2", "3.1", "3.2", "4.1", "4.2", "4.3", "5", "6", "7"],
    )
    second = sheet.lines.get(code="2")
    assert (second.proposed, second.points) == (Decimal(5), None)
    assert recorded(second.evidence) == ["Có mặt 4/4 đảng viên (100%)", "Vắng có lý do 0, vắng không có lý do 0"]
    assert (sheet.settled_at, scored(sheet).total) == (None, None)


def test_drawing_up_again_brings_new_evidence_and_leaves_what_people_gave(
    cast: Cast, opened: Meeting, settled: ScoreSheet
) -> None:
    mark(cast, opened, cast.son, "unexcused")
    again = scoring.draw_up(fresh(opened), by=cast.account(cast.lan), at=SIGNED)
    line = again.lines.get(code="2")
    assert (again.pk, ScoreSheet.objects.count(), again.rev) == (settled.pk, 1, settled.rev + 1)
    assert (line.proposed, line.points, line.reason) == (None, Decimal(5), "Đủ căn cứ")
    assert recorded(line.evidence[:1]) == ["Có mặt 3/4 đảng viên (75%)"]
    assert (again.settled_at, again.drawn_up_at) == (DURING, SIGNED)


def test_drawing_up_again_without_news_leaves_the_revision_so_that_nobodys_page_grows_old(
    cast: Cast, opened: Meeting, sheet: ScoreSheet
) -> None:
    assert scoring.draw_up(fresh(opened), by=cast.account(cast.lan), at=DURING).rev == sheet.rev


def test_a_committees_own_meeting_is_not_scored(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.filter(pk=opened.pk).update(kind="committee")
    with refused("Loại buổi họp này không chấm điểm chất lượng."):
        scoring.draw_up(fresh(opened), by=cast.account(cast.lan), at=DURING)


def test_a_sheet_keeps_the_criteria_that_it_was_drawn_up_with(cast: Cast, opened: Meeting, sheet: ScoreSheet) -> None:
    own_breakdown(cast)
    again = scoring.draw_up(fresh(opened), by=cast.account(cast.lan), at=SIGNED)
    assert (again.criteria, again.lines.count()) == ("hd42", 10)


def test_a_committees_own_breakdown_is_used_where_one_is_in_force(cast: Cast, opened: Meeting) -> None:
    rule = own_breakdown(cast)
    sheet = scoring.draw_up(opened, by=cast.account(cast.lan), at=DURING)
    assert (sheet.criteria, list(sheet.lines.values_list("code", flat=True))) == (f"local-{rule.pk}", ["1", "2"])
    sheet.meeting = fresh(opened)
    said = "Tiêu chí: Biểu điểm của Đảng uỷ cơ quan, HD 42-HD/BTCTW ngày 28/10/2025."
    paper = build_score(sheet)
    assert plain_text(paper).splitlines().count(said) == 1
    assert " sinh hoạt chuyên đề" in paper.title  # within the line, with a small letter


def own_breakdown(cast: Cast) -> Ruling:
    return Ruling.objects.create(
        organisation=cast.ward,
        subject="breakdown-hd42",
        value={"lines": "1 | Nền nếp | 40\n2 | Kết quả | 60"},
        document="HD 42-HD/BTCTW",
        document_date=date(2025, 10, 28),
        starts_on=date(2026, 1, 10),
        entered_by=cast.phuc,
        entered_at=DURING,
    )


# --- The committee's figures --------------------------------------------------------------------


def test_the_sheet_is_settled_once_every_line_has_its_points(cast: Cast, sheet: ScoreSheet) -> None:
    give(cast, sheet, "1", "5")
    assert (sheet.settled_at, scored(sheet).total) == (None, None)
    fill_in(sheet, by=cast.account(cast.lan), _4_2="20.5")
    found = scored(sheet)
    assert (sheet.settled_at, found.total, found.grade.name if found.grade else "") == (DURING, Decimal("95.5"), "Tốt")
    mains = [(row.criterion.code, row.points) for row in found.rows() if row.is_main]
    assert mains == [("1", 5), ("2", 5), ("3", 10), ("4", Decimal("35.5")), ("5", 5), ("6", 30), ("7", 5)]
    give(cast, sheet, "1", None)
    assert sheet.settled_at is None


@pytest.mark.parametrize(("points", "most"), [("5.1", 5), ("-0.5", 5)])
def test_points_beyond_the_scale_are_refused(cast: Cast, sheet: ScoreSheet, points: str, most: int) -> None:
    with refused(f"Điểm của mục 1 phải từ 0 đến {most}.", "points_1"):
        give(cast, sheet, "1", points, "Vì sao đó")


@pytest.mark.parametrize(("code", "points"), [("1", "4.5"), ("2", "4"), ("2", "0")])
def test_a_figure_beside_the_record_or_below_the_full_one_wants_a_reason(
    cast: Cast, sheet: ScoreSheet, code: str, points: str
) -> None:
    with refused(scoring.WANTS_REASON, f"reason_{code}"):
        give(cast, sheet, code, points)
    give(cast, sheet, code, points, "Chi uỷ thống nhất")
    line = sheet.lines.get(code=code)
    assert (line.points, line.reason) == (Decimal(points), "Chi uỷ thống nhất")


@pytest.mark.parametrize("code", ["1", "2"])
def test_a_figure_as_the_record_says_or_the_full_one_wants_none(cast: Cast, sheet: ScoreSheet, code: str) -> None:
    give(cast, sheet, code, "5")
    assert sheet.lines.get(code=code).points == Decimal(5)


def test_of_two_people_at_one_sheet_the_second_is_told_who_was_first(cast: Cast, sheet: ScoreSheet) -> None:
    old = sheet.rev
    give(cast, sheet, "1", "5")
    sentence = (
        "Đồng chí Trần Thị Lan vừa lưu phiếu này sau khi đồng chí mở trang, nên chưa ghi đè. "
        "Số đồng chí vừa ghi vẫn còn ở dưới, số đang lưu đứng cạnh; xin đối chiếu rồi lưu lại."
    )
    with refused(sentence, "base"):
        give(cast, sheet, "1", "4", "Muộn", base=old)


def test_whoever_follows_and_scores_was_on_the_roll(cast: Cast, sheet: ScoreSheet) -> None:
    give(cast, sheet, "1", "5", follower=cast.hoa)
    assert ScoreSheet.objects.get().follower == cast.hoa
    with refused("Người theo dõi, chấm điểm phải có tên trong danh sách dự họp.", "follower"):
        give(cast, sheet, "1", "5", follower=cast.mai)


def test_who_gives_points(cast: Cast, sheet: ScoreSheet) -> None:
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    for who in (cast.lan, cast.hoa, binh):
        fill_in(ScoreSheet.objects.get(), by=cast.account(who))
    for member in (cast.tuan, cast.mai):
        with forbidden():
            fill_in(sheet, by=cast.account(member))
    with forbidden():
        fill_in(sheet, by=cast.phuc)


def test_the_record_keeps_every_figure_that_was_given(cast: Cast, sheet: ScoreSheet) -> None:
    give(cast, sheet, "1", "4.5", "Bắt đầu muộn")
    assert last_event(sheet.meeting) == ("give_points", {"lines": {"1": ["4,5", "Bắt đầu muộn"]}, "weak": ""})


# --- A frame without points ---------------------------------------------------------------------


@pytest.fixture
def worded(cast: Cast, opened: Meeting) -> ScoreSheet:
    """The same meeting under the guideline of 2018."""
    Meeting.objects.filter(pk=opened.pk).update(rulebook="hd12")
    return scoring.draw_up(fresh(opened), by=cast.account(cast.lan), at=DURING)


def test_under_the_guideline_of_2018_there_is_a_word_for_each_line_and_no_points(
    cast: Cast, worded: ScoreSheet
) -> None:
    with refused("Khung tiêu chí này không chấm điểm.", "points_1"):
        give(cast, worded, "1", "5")
    for code in "1234":
        give(cast, worded, code, None, "Đạt")
    assert worded.settled_at is None
    give(cast, worded, "5", None, "Hai việc còn chậm")
    found = scored(worded)
    assert (worded.settled_at, found.total, found.grade) == (DURING, None, None)
    assert vote(cast, worded).question == "Thông qua kết quả tự đánh giá chất lượng buổi sinh hoạt"
    with refused(VOTED, "reason_5"):
        give(cast, worded, "5", None, "Đạt")


def test_the_minutes_state_the_words_of_a_frame_without_points(cast: Cast, worded: ScoreSheet) -> None:
    fill_in(worded, by=cast.account(cast.lan))
    rows = section(worded.meeting)
    assert [row[::2] for row in rows] == [(code, "Đủ căn cứ") for code in "12345"]


# --- The vote -----------------------------------------------------------------------------------


def test_the_cell_votes_the_sheet_under_the_item_on_quality(cast: Cast, settled: ScoreSheet) -> None:
    made = vote(cast, settled)
    assert (made.question, made.item.step, made.passed) == (
        "Thông qua phiếu tự chấm điểm: 95,5 điểm, xếp loại Tốt",
        "quality",
        True,
    )
    assert ScoreSheet.objects.get().vote == made


def test_without_an_item_on_quality_the_vote_stands_under_the_last_one(cast: Cast, settled: ScoreSheet) -> None:
    settled.meeting.items.filter(step="quality").delete()
    assert vote(cast, settled).item.step == "read_minutes"


def test_a_sheet_with_open_lines_is_not_voted(cast: Cast, sheet: ScoreSheet) -> None:
    with refused("Chi uỷ chưa chấm xong các mục nên chưa biểu quyết được."):
        vote(cast, sheet)


def test_more_hands_than_full_members_in_the_room_are_refused(cast: Cast, settled: ScoreSheet) -> None:
    with refused("Tổng số biểu quyết là 4, nhiều hơn 3 đảng viên chính thức có mặt.", "in_favour"):
        scoring.vote(settled, in_favour=4, against=0, other=0, by=cast.account(cast.lan), at=DURING)


def test_a_sheet_is_voted_once(cast: Cast, settled: ScoreSheet) -> None:
    vote(cast, settled)
    with refused("Chi bộ đã biểu quyết phiếu này; muốn biểu quyết lại thì xoá biểu quyết trước."):
        vote(cast, settled)


def test_what_the_cell_has_adopted_keeps_its_figures_until_the_vote_is_taken_out(
    cast: Cast, settled: ScoreSheet
) -> None:
    made = vote(cast, settled)
    with refused(VOTED, "points_1"):
        give(cast, settled, "1", "4", "Bắt đầu muộn")
    give(cast, settled, "1", "5", "Đủ căn cứ", weak_points="Ít ý kiến.")
    kept = ScoreSheet.objects.get()
    assert (kept.weak_points, kept.vote) == ("Ít ý kiến.", made)
    evening.remove_vote(made, by=cast.account(cast.lan), at=DURING)
    give(cast, settled, "1", "4", "Bắt đầu muộn")
    assert scored(ScoreSheet.objects.get()).total == Decimal("94.5")


def test_a_vote_that_does_not_carry_lets_the_committee_think_again(cast: Cast, settled: ScoreSheet) -> None:
    lost = vote(cast, settled, in_favour=1)
    give(cast, settled, "1", "4", "Bắt đầu muộn")
    assert (ScoreSheet.objects.get().vote, settled.meeting.votes.get()) == (None, lost)
    assert vote(cast, settled).question == "Thông qua phiếu tự chấm điểm: 94,5 điểm, xếp loại Tốt"
