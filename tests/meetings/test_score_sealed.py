"""What the minutes state of a score sheet, what the superior committee confirms, and the sheet on paper."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from documents.model import Table, plain_text
from meetings.actions import minutes, scoring
from meetings.models import Meeting, ScoreSheet
from meetings.papers import build_minutes, build_score
from meetings.scored import scored
from members.models import TenureKind
from members.refusal import AlreadyDone
from tests.factories import at, make_member, press
from tests.meetings.sheets import give, section, vote
from tests.meetings.steps import (
    DURING,
    SIGNED,
    close,
    fresh,
    refused,
    seal,
)
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import Cast

LATER = at("2026-12-05 09:00")


def figures(sheet: ScoreSheet) -> dict[str, tuple[Decimal | None, Decimal | None, Decimal | None]]:
    return {line.code: (line.proposed, line.points, line.confirmed) for line in sheet.lines.all()}


# --- The minutes --------------------------------------------------------------------------------


def test_the_minutes_state_each_main_criterion_total_grade_weak_points_and_vote(
    cast: Cast, settled: ScoreSheet
) -> None:
    give(cast, settled, "1", "5", "Đủ căn cứ", weak_points="Ít ý kiến.\nGửi tài liệu sớm hơn.")
    vote(cast, settled)
    assert [row[0] + ": " + row[3] + "/" + row[2] for row in section(settled.meeting)] == [
        "1: 5/5",
        "2: 5/5",
        "3: 10/10",
        "4: 35,5/40",
        "5: 5/5",
        "6: 30/30",
        "7: 5/5",
    ]
    voted = (
        "Thông qua phiếu tự chấm điểm: 95,5 điểm, xếp loại Tốt. Tính trên 03 đảng viên chính thức; "
        "có mặt, được biểu quyết 03; tán thành 03/03 (100%), không tán thành: không, ý kiến khác: không. "
        "Biểu quyết thông thường cần trên 1/2 (Điều lệ Đảng, Điều 9, khoản 5): ít nhất 02. "
        "Kết quả: được thông qua."
    )
    said = plain_text(build_minutes(fresh(settled.meeting))).splitlines()
    start = said.index("Tổng điểm chi uỷ chấm: 95,5/100; xếp loại: Tốt.")
    assert said[start + 1 : start + 4] == [
        "Hạn chế và cách khắc phục: Ít ý kiến.",
        "Gửi tài liệu sớm hơn.",
        f"Biểu quyết (giơ tay): {voted}",
    ]


def test_the_minutes_say_nothing_of_a_sheet_that_is_not_settled(cast: Cast, opened: Meeting) -> None:
    before = build_minutes(fresh(opened))
    sheet = scoring.draw_up(opened, by=cast.account(cast.lan), at=DURING)
    give(cast, sheet, "1", "5")
    assert build_minutes(fresh(opened)) == before


def test_an_agenda_without_the_item_on_quality_still_has_the_sheet_in_its_minutes(
    cast: Cast, settled: ScoreSheet
) -> None:
    settled.meeting.items.filter(step="quality").delete()
    said = plain_text(build_minutes(fresh(settled.meeting))).splitlines()
    assert said.count("Đánh giá chất lượng buổi sinh hoạt:") == 1
    assert len(section(settled.meeting)) == 7


def test_points_given_after_the_first_signature_void_it(cast: Cast, settled: ScoreSheet) -> None:
    meeting = close(cast, settled.meeting)
    seen = minutes.fingerprint(build_minutes(meeting))
    minutes.sign(meeting, seat="chair", seen=seen, by=cast.account(cast.lan), at=SIGNED)
    give(cast, ScoreSheet.objects.get(), "1", "4", "Bắt đầu muộn")
    with refused("Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận."):
        minutes.sign(fresh(meeting), seat="minute_taker", seen=seen, by=cast.account(cast.hoa), at=SIGNED)


# --- What is confirmed above --------------------------------------------------------------------


@built_once
def sealed(cast: Cast, settled: ScoreSheet) -> ScoreSheet:
    vote(cast, settled)
    seal(cast, close(cast, settled.meeting))
    return ScoreSheet.objects.select_related("meeting__cell", "vote").get()


def confirm(cast: Cast, sheet: ScoreSheet, **lines: tuple[str | None, str]) -> None:
    """As the committee gave, but for these lines."""
    agreed = {line.code: (line.points, "") for line in sheet.lines.all()}
    other = {
        name.removeprefix("_").replace("_", "."): (None if points is None else Decimal(points), reason)
        for name, (points, reason) in lines.items()
    }
    scoring.confirm(sheet, lines=agreed | other, by=cast.phuc, at=LATER)


def test_the_superior_committee_confirms_and_all_three_figures_stay(cast: Cast, sealed: ScoreSheet) -> None:
    confirm(cast, sealed, _4_2=("18", "Chưa có biểu dương, nhắc nhở"))
    found = scored(ScoreSheet.objects.get())
    assert (found.total, found.confirmed_total) == (Decimal("95.5"), Decimal(93))
    assert figures(sealed)["2"] == (Decimal(5), Decimal(5), Decimal(5))
    assert figures(sealed)["4.2"] == (None, Decimal("20.5"), Decimal(18))
    line = sealed.lines.get(code="4.2")
    assert (line.reason, line.confirmed_reason) == ("Đủ căn cứ", "Chưa có biểu dương, nhắc nhở")


def test_another_figure_than_the_committees_wants_a_reason(cast: Cast, sealed: ScoreSheet) -> None:
    with refused(scoring.WANTS_CONFIRMED_REASON, "reason_1"):
        confirm(cast, sealed, _1=("4", ""))


def test_every_line_is_confirmed_and_none_beyond_its_scale(cast: Cast, sealed: ScoreSheet) -> None:
    with refused("Mục 6 chưa có điểm.", "points_6"):
        confirm(cast, sealed, _6=(None, ""))
    with refused("Điểm của mục 6 phải từ 0 đến 30.", "points_6"):
        confirm(cast, sealed, _6=("31", "Tốt lắm"))


def test_a_confirmed_sheet_is_never_confirmed_again(cast: Cast, sealed: ScoreSheet) -> None:
    confirm(cast, sealed)
    with refused("Phiếu này đã được xác nhận lúc thứ Bảy, 05/12/2026, 09:00 và được giữ nguyên."):
        confirm(cast, sealed, _1=("4", "Xem lại"))


def test_a_sheet_that_the_committee_left_open_can_still_be_rated_above(cast: Cast, sheet: ScoreSheet) -> None:
    seal(cast, close(cast, sheet.meeting))
    kept = ScoreSheet.objects.select_related("meeting__cell").get()
    full = {one.code: (Decimal(one.max_points or 0), "") for one in scored(kept).criteria.leaves()}
    scoring.confirm(kept, lines=full, by=cast.phuc, at=LATER)
    assert (scored(kept).total, scored(kept).confirmed_total) == (None, Decimal(100))


def test_sealed_minutes_do_not_change_with_the_confirmation(cast: Cast, sealed: ScoreSheet) -> None:
    before = minutes.paper_of(fresh(sealed.meeting))
    confirm(cast, sealed, _1=("4", "Bắt đầu muộn"))
    assert minutes.paper_of(fresh(sealed.meeting)) == before


def test_the_same_click_confirms_once(cast: Cast, sealed: ScoreSheet) -> None:
    lines, key = {line.code: (line.points, "") for line in sealed.lines.all()}, press()
    scoring.confirm(sealed, lines=lines, by=cast.phuc, at=LATER, key=key)  # type: ignore[arg-type]
    with pytest.raises(AlreadyDone):
        scoring.confirm(sealed, lines=lines, by=cast.phuc, at=LATER, key=key)  # type: ignore[arg-type]


# --- The paper ----------------------------------------------------------------------------------


def test_the_paper_has_the_figures_side_by_side_and_both_signatures(cast: Cast, sealed: ScoreSheet) -> None:
    ScoreSheet.objects.update(follower=cast.hoa)
    confirm(cast, sealed, _1=("4", "Bắt đầu muộn"))
    paper = build_score(ScoreSheet.objects.select_related("meeting__cell", "vote", "confirmed_by__member").get())
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == [
        "TT",
        "Tiêu chí",
        "Thang điểm",
        "Theo hồ sơ",
        "Chi uỷ chấm",
        "Cấp trên chấm",
    ]
    assert [row[0:1] + row[2:6] for row in table.rows[:4]] == [
        ("1", "5", "", "5", "4"),
        ("2", "5", "5", "5", "5"),
        ("3", "10", "", "10", "10"),
        ("3.1", "5", "", "5", "5"),
    ]
    assert (table.total, table.rows[-1]) == (True, ("", "Tổng cộng", "100", "", "95,5", "94,5"))
    said = plain_text(paper).splitlines()
    grounds = "Chưa ghi đủ giờ bắt đầu và giờ kết thúc. Chi uỷ: Đủ căn cứ. Cấp trên: Bắt đầu muộn."
    assert f"1. {grounds}" in said
    own = said.index("NGƯỜI THEO DÕI, CHẤM ĐIỂM")
    assert said[own : said.index("Võ Hồng Phúc") + 1] == [
        "NGƯỜI THEO DÕI, CHẤM ĐIỂM", "Nguyễn Thị Hoa", "T/M CHI BỘ", "BÍ THƯ", "Trần Thị Lan",
        "Ý kiến của cấp uỷ viên cấp trên theo dõi chi bộ",
        "Tổng điểm cấp trên chấm: 94,5/100; xếp loại: Tốt.",
        "CẤP UỶ VIÊN CẤP TRÊN",
        "xác nhận trên phần mềm lúc 09 giờ 00 phút, ngày 05 tháng 12 năm 2026",
        "Võ Hồng Phúc",
    ]  # fmt: skip


def test_before_the_superior_confirms_there_is_a_place_for_its_hand(cast: Cast, settled: ScoreSheet) -> None:
    said = plain_text(build_score(ScoreSheet.objects.select_related("meeting__cell").get())).splitlines()
    place = said.index("Tổng điểm cấp trên chấm: …………; xếp loại: …………")
    assert said[place + 1] == "CẤP UỶ VIÊN CẤP TRÊN"


def test_a_frame_without_points_is_not_called_a_score(cast: Cast, settled: ScoreSheet) -> None:
    ScoreSheet.objects.update(criteria="hd12", follower=cast.hoa)
    sheet = ScoreSheet.objects.select_related("meeting__cell").get()
    said = plain_text(build_score(sheet))
    assert "PHIẾU TỰ ĐÁNH GIÁ" in said
    assert "NGƯỜI THEO DÕI, ĐÁNH GIÁ" in said
    assert "CHẤM" not in said


@pytest.mark.parametrize(("post", "behalf"), [(None, "T/M CHI BỘ"), (TenureKind.COMMITTEE_MEMBER, "T/M CHI UỶ")])
def test_the_secretary_signs_for_the_committee_where_the_cell_has_one(
    cast: Cast, settled: ScoreSheet, post: TenureKind | None, behalf: str
) -> None:
    make_member(cast.cell, "Vũ Thái Bình", post=post)
    said = plain_text(build_score(ScoreSheet.objects.select_related("meeting__cell").get())).splitlines()
    own = said.index(behalf)
    assert said[own : own + 3] == [behalf, "BÍ THƯ", "Trần Thị Lan"]
