"""The score of the two demonstration meetings: exact proposals, their evidence, and what people made of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from meetings.models import Kind, ScoreSheet
from meetings.scored import Scored, scored, year_of
from tests.meetings.steps import recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from chibo.demo.build import Stage

TODAY = date(2026, 11, 23)


@pytest.fixture
def stage(demonstration: Callable[[date], Stage]) -> Stage:
    return demonstration(TODAY)


def sheet_of(kind: str) -> Scored:
    return scored(ScoreSheet.objects.select_related("meeting", "vote").get(meeting__kind=kind))


def figures(found: Scored) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    return [(line.code, line.proposed, line.points, line.confirmed) for line in found.lines]


def evidence(found: Scored) -> dict[str, list[str]]:
    return {line.code: recorded(line.evidence) for line in found.lines}


def test_the_regular_meeting_has_its_three_figures_side_by_side(stage: Stage) -> None:
    found = sheet_of(Kind.REGULAR)
    half, fifth = Decimal("2.5"), Decimal("20.5")
    assert figures(found) == [
        ("1", 5, 5, 5),
        ("2", None, 4, 4),
        ("3.1", None, 5, 5),
        ("3.2", None, 3, half),
        ("4.1", 5, 5, 5),
        ("4.2", None, fifth, fifth),
        ("4.3", None, 10, 10),
        ("5", None, 5, 5),
        ("6", None, 30, 30),
        ("7", None, 4, 4),
    ]
    assert (found.total, found.confirmed_total) == (Decimal("91.5"), Decimal(91))
    assert found.grade == found.confirmed_grade == found.criteria.grades[0]


def test_the_evidence_of_the_regular_meeting(stage: Stage) -> None:
    bulletin = "Chưa ghi người chuẩn bị bản tin sinh hoạt chi bộ"
    judge, no_scale = "Chi uỷ, chi bộ đánh giá", "Hướng dẫn không nêu mức trừ"
    assert evidence(sheet_of(Kind.REGULAR)) == {
        "1": ["Bắt đầu 14:02, kết thúc 15:48: 106 phút", "Bắt đầu muộn 2 phút so với giờ đã thông báo"],
        "2": ["Có mặt 8/9 đảng viên (88,9%)", "Vắng có lý do 1, vắng không có lý do 0", no_scale],
        "3.1": ["Chương trình dự kiến 95 phút, có 11/11 bước theo hướng dẫn", bulletin, judge],
        "3.2": [
            "Chưa ghi ngày họp chi uỷ",
            "Gửi thông báo cho đảng viên lúc 09:00 ngày 11/10/2026",
            "Chưa ghi việc thông báo cho cấp uỷ viên cấp trên theo dõi chi bộ",
            "Chưa ghi thời điểm đăng tài liệu trước buổi sinh hoạt",
        ],
        "4.1": ["Chương trình có 11/11 bước theo hướng dẫn", "Đã tiến hành xong 11/11 nội dung"],
        "4.2": [
            "Chương trình dự kiến 95 phút, có 11/11 bước theo hướng dẫn",
            "Đã ghi việc biểu dương, nhắc nhở đảng viên",
            "4/8 đảng viên có mặt phát biểu (50%)",
            judge,
        ],
        "4.3": ["Có 4 ý kiến phát biểu", "Nội dung nào cần kết luận cũng đã có kết luận", judge],
        "5": [
            "Có 1 lần biểu quyết",
            "Dành 18 phút cho tình hình tư tưởng, tự phê bình và phê bình",
            judge,
        ],
        "6": ["Không có nhiệm vụ kỳ trước đến hạn"],
        "7": [
            "Đã ghi kết luận của chủ trì",
            "Biên bản được đọc và thông qua lúc 15:48 ngày 16/10/2026",
            "Khi chấm điểm, biên bản chưa đủ chữ ký",
            "Khi chấm điểm, chưa ghi việc đăng tài liệu đã hoàn thiện",
        ],
    }


def test_the_thematic_meeting_waits_for_its_confirmation(stage: Stage) -> None:
    found = sheet_of(Kind.THEMATIC)
    assert figures(found) == [
        ("1", 5, 5, None),
        ("2", 5, 5, None),
        ("3.1", None, 5, None),
        ("3.2", None, 5, None),
        ("4.1", 5, 5, None),
        ("4.2", None, 24, None),
        ("4.3", None, 10, None),
        ("5", None, 5, None),
        ("6", None, 26, None),
        ("7", None, 5, None),
    ]
    assert (found.total, found.confirmed_total, found.grade and found.grade.name) == (Decimal(95), None, "Tốt")
    vote = found.sheet.vote
    assert vote is not None
    assert (vote.question, vote.in_favour, vote.entitled) == (
        "Thông qua phiếu tự chấm điểm: 95 điểm, xếp loại Tốt",
        8,
        8,
    )


def test_the_evidence_of_the_thematic_meeting(stage: Stage) -> None:
    said = evidence(sheet_of(Kind.THEMATIC))
    assert {code: said[code] for code in ("1", "2", "3.2", "6")} == {
        "1": ["Bắt đầu 14:00, kết thúc 16:05: 125 phút"],
        "2": ["Có mặt 9/9 đảng viên (100%)", "Vắng có lý do 0, vắng không có lý do 0"],
        "3.2": [
            "Chi uỷ họp lúc 10:00 ngày 11/11/2026",
            "Biên bản họp chi uỷ chưa ký đủ",
            "Gửi thông báo cho đảng viên lúc 09:00 ngày 12/11/2026",
            "Đã thông báo cho cấp uỷ viên cấp trên theo dõi chi bộ",
            "Tài liệu đăng Sổ tay đảng viên điện tử lúc 10:00 ngày 11/11/2026",
        ],
        "6": [
            "Hoàn thành 2/3 nhiệm vụ của các kỳ trước đã đến hạn (66,7%)",
            "Hướng dẫn không nêu mức trừ",
        ],
    }


def test_the_year_of_the_cell_has_both_meetings(stage: Stage) -> None:
    year = year_of(stage.cell, 2026, stage.account("thanh"))
    assert [(one.meeting.kind, one.counted, one.scored and one.scored.total) for one in year.held] == [
        ("regular", 9, Decimal("91.5")),
        ("thematic", 9, Decimal(95)),
    ]
    assert (year.mean, year.confirmed_mean) == (Decimal("93.25"), Decimal(91))
    assert year.grades() == [("Tốt", 2, 1), ("Khá", 0, 0), ("Trung bình", 0, 0), ("Kém", 0, 0)]


def test_under_the_guideline_of_2018_the_demonstration_has_words_instead_of_points(
    demonstration: Callable[[date], Stage],
) -> None:
    demonstration(date(2024, 11, 20))
    for kind in (Kind.REGULAR, Kind.THEMATIC):
        found = sheet_of(kind)
        assert (found.criteria.key, found.total, found.sheet.settled_at is not None) == ("hd12", None, True)
        assert [(line.code, line.points, line.reason != "") for line in found.lines] == [
            (code, None, True) for code in "12345"
        ]
