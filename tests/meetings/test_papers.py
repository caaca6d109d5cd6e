"""The papers of a meeting as values: the minutes and the notice from head to signature."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from weasyprint import HTML

from documents.html import to_html
from documents.model import (
    Column,
    Document,
    Head,
    Heading,
    Recipients,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    italic,
    para,
)
from meetings.actions import evening, following, planning
from meetings.models import AgendaItem, Meeting
from meetings.papers import build_minutes, build_notice
from members import actions as people
from members.models import Organisation, TenureKind
from members.saving.actions import save_text
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import DURING, OPENED, close, fresh, item_of, row_of, say

if TYPE_CHECKING:
    from tests.conftest import Cast


TOPIC = "Chuyên đề: “Nâng cao chất lượng tự phê bình và phê bình”"


def minutes_of(meeting: Meeting) -> Document:
    return build_minutes(fresh(meeting))


def keep_only(meeting: Meeting, *steps: str) -> None:
    AgendaItem.objects.filter(meeting=meeting).exclude(step__in=steps).delete()


# --- A whole paper ------------------------------------------------------------------------------


def test_the_minutes_of_a_small_meeting(cast: Cast, called: Meeting) -> None:
    keep_only(called, "thematic_discussion")
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    by = cast.account(cast.hoa)
    evening.mark(row_of(called, cast.son), mark="excused", reason="nằm viện", by=by, at=DURING)
    evening.mark_rest_present(called, by=by, at=DURING)
    evening.start_item(item_of(called), by=by, at=DURING)
    say(cast, called, row_of(called, cast.lan), awareness="Hiểu rõ.", relation="Làm tốt.", proposal="Thêm ví dụ.")
    say(cast, called, row_of(called, cast.tuan), text="Nhất trí.\nXin hứa sửa.")
    save_text("item", item_of(called), {"conclusion": "Chi bộ nhất trí."}, base=0, by=by, at=DURING)
    evening.record_vote(
        item_of(called), question="thông qua kết luận", in_favour=2, against=0, other=0, by=by, at=DURING
    )
    following.assign_task(
        called, text="Kê khai", owner=cast.son, due_on=date(2026, 12, 20), item=None, by=by, at=DURING
    )
    evening.read_back(called, by=by, at=DURING)
    close(cast, called)
    assert minutes_of(called) == Document(
        name="bien-ban-2026-12-03",
        title="Biên bản sinh hoạt chuyên đề: Nâng cao chất lượng tự phê bình và phê bình ngày 03/12/2026",
        day=date(2026, 12, 3),
        blocks=(
            Head(
                "ĐẢNG BỘ PHƯỜNG HOA SEN",
                "CHI BỘ VĂN PHÒNG",
                "Số 01-BB/CB",
                "Hoa Sen, ngày 03 tháng 12 năm 2026",
            ),
            Title("BIÊN BẢN", ("Sinh hoạt chuyên đề quý IV năm 2026", TOPIC)),
            para(bold("Thời gian: "), "bắt đầu lúc 19 giờ 02 phút, ngày 03 tháng 12 năm 2026."),
            para(bold("Địa điểm: "), "Hội trường cơ quan."),
            Heading("I. THÀNH PHẦN", 1, "attendance"),
            para(
                bold("Tổng số đảng viên: "),
                "04 (chính thức 03, dự bị 01). ",
                bold("Có mặt: "),
                "03 (chính thức 02, dự bị 01).",
            ),
            para(bold("Vắng: "), "01."),
            para("- Có lý do: ", "01: đồng chí Đỗ Văn Sơn (lý do: nằm viện)."),
            para("- Không có lý do: ", "không."),
            para(bold("Chủ trì: "), "đồng chí Trần Thị Lan, Bí thư."),
            para(bold("Thư ký: "), "đồng chí Nguyễn Thị Hoa."),
            para(
                bold("Người chuẩn bị chuyên đề: "),
                "đồng chí Lê Anh Tuấn. ",
                bold("Tài liệu: "),
                "dự thảo chuyên đề.",
            ),
            para(
                bold("Cách tính kết quả biểu quyết: "),
                "đảng viên chính thức được triệu tập, không kể đồng chí được giới thiệu sinh hoạt tạm thời nơi khác và "
                "đồng chí được miễn sinh hoạt mà không dự (theo quy định thi hành Điều lệ Đảng).",
            ),
            Heading("II. NỘI DUNG", 1, "content"),
            Heading("1. Thảo luận chuyên đề", 2, f"item-{item_of(called).pk}"),
            para("- ", bold("Đồng chí Trần Thị Lan (Bí thư): "), ""),
            para(italic("Nhận thức: "), "Hiểu rõ."),
            para(italic("Liên hệ bản thân và tác dụng: "), "Làm tốt."),
            para(italic("Góp ý vào dự thảo: "), "Thêm ví dụ."),
            para("- ", bold("Đồng chí Lê Anh Tuấn: "), "Nhất trí."),
            para("Xin hứa sửa."),
            para(bold("Có 2/4 đảng viên phát biểu thảo luận.")),
            para(bold("Kết luận của chủ trì: "), "Chi bộ nhất trí."),
            para(
                bold("Biểu quyết (giơ tay): "),
                "Thông qua kết luận. Tính trên 03 đảng viên chính thức; có mặt, được biểu quyết 02; tán thành 02/03 "
                "(66,7%), không tán thành: không, ý kiến khác: không. Biểu quyết thông thường cần trên 1/2 "
                "(Điều lệ Đảng, Điều 9, khoản 5): ít nhất 02. Kết quả: được thông qua.",
            ),
            Heading("III. PHÂN CÔNG NHIỆM VỤ", 1, "tasks"),
            Table(
                (
                    Column("TT", 10, "center"),
                    Column("Nhiệm vụ", 88),
                    Column("Người thực hiện", 42),
                    Column("Thời hạn", 25, "center"),
                ),
                (("1", "Kê khai", "Đỗ Văn Sơn", "20/12/2026"),),
            ),
            Heading("IV. KẾT THÚC", 1, "closing"),
            para(
                "Biên bản đã được đọc lại, chi bộ nghe và thông qua. "
                "Buổi sinh hoạt kết thúc lúc 20 giờ 45 phút cùng ngày."
            ),
            Signatures(
                Signature(("NGƯỜI GHI BIÊN BẢN",), "Nguyễn Thị Hoa"), Signature(("CHỦ TRÌ HỘI NGHỊ",), "Trần Thị Lan")
            ),
        ),
    )


def test_the_notice_of_a_meeting(cast: Cast, called: Meeting) -> None:
    keep_only(called, "opening", "thematic_discussion")
    Meeting.objects.update(purpose="Hiểu rõ hơn.\nLàm tốt hơn.")
    assert build_notice(fresh(called)) == Document(
        "thong-bao-2026-12-03",
        "Thông báo sinh hoạt ngày 03/12/2026",
        date(2026, 11, 25),
        (
            Head(
                "ĐẢNG BỘ PHƯỜNG HOA SEN",
                "CHI BỘ VĂN PHÒNG",
                "Số 01-TB/CB",
                "Hoa Sen, ngày 25 tháng 11 năm 2026",
            ),
            Title("THÔNG BÁO", ("Về thời gian, địa điểm, nội dung sinh hoạt chuyên đề",)),
            para(bold("Thời gian: "), "19 giờ 00 phút, thứ Năm, ngày 03 tháng 12 năm 2026."),
            para(bold("Địa điểm: "), "Hội trường cơ quan."),
            para(bold("Chủ trì: "), "đồng chí Trần Thị Lan. ", bold("Trình bày: "), "đồng chí Lê Anh Tuấn. "),
            para(bold("Chuyên đề: "), "“Nâng cao chất lượng tự phê bình và phê bình”."),
            para(bold("Mục đích, yêu cầu: "), "Hiểu rõ hơn."),
            para("Làm tốt hơn."),
            Table(
                (
                    Column("TT", 10, "center"),
                    Column("Nội dung", 100),
                    Column("Người thực hiện", 41),
                    Column("Phút", 14, "center"),
                ),
                (
                    (
                        "1",
                        "Mở đầu",
                        "Trần Thị Lan",
                        "5",
                    ),
                    ("2", "Thảo luận chuyên đề", "", "35"),
                ),
            ),
            para("Mời các đồng chí dự họp đúng giờ; vắng mặt xin báo trước bí thư, nêu lý do."),
            Signatures(
                None,
                Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan"),
                Recipients(("Đảng viên chi bộ", "Cấp uỷ viên cấp trên theo dõi")),
            ),
        ),
    )


# --- The notice ---------------------------------------------------------------------------------


def test_a_notice_of_a_whole_agenda_is_one_sheet(cast: Cast, called: Meeting) -> None:
    """A cell's name in two lines above it, a purpose in three, every line of the agenda with a name."""
    called.items.update(presenter=cast.lan)
    Organisation.objects.update(superior_line="ĐẢNG BỘ CƠ QUAN\nUỶ BAN KIỂM TRA TỈNH UỶ")
    Meeting.objects.update(purpose="Giúp mỗi đảng viên hiểu rõ hơn vì sao phải tự phê bình và phê bình. " * 3)
    assert len(HTML(string=to_html(build_notice(fresh(called)))).render().pages) == 1


def notice_signature(meeting: Meeting) -> Signature | None:
    last = build_notice(fresh(meeting)).blocks[-1]
    assert isinstance(last, Signatures)
    return last.right


def test_the_secretary_signs_the_notice_also_where_another_takes_the_chair(cast: Cast, called: Meeting) -> None:
    Meeting.objects.update(chair=cast.hoa)
    assert notice_signature(called) == Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan")


def test_where_there_is_no_secretary_the_deputy_signs(cast: Cast, called: Meeting) -> None:
    cast.lan.tenures.filter(kind=TenureKind.SECRETARY).delete()
    assert notice_signature(called) == Signature(("T/M CHI BỘ",), "")
    people.appoint(cast.hoa, cast.cell, kind=TenureKind.DEPUTY, starts_on=date(2026, 1, 1), by=None, at=NOW)
    assert notice_signature(called) == Signature(("T/M CHI BỘ", "PHÓ BÍ THƯ"), "Nguyễn Thị Hoa")


def test_a_notice_that_is_not_sent_yet_has_neither_number_nor_day(cast: Cast, planned: Meeting) -> None:
    assert build_notice(fresh(planned)).blocks[0] == Head(
        "ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "Số …-TB/CB", "Hoa Sen, ngày … tháng … năm 2026"
    )


def test_the_notice_of_a_regular_meeting_names_the_month(cast: Cast) -> None:
    fields = plan_fields(starts_at=at("2027-02-03 19:00"), topic="")
    meeting = planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=NOW, **fields)
    title = build_notice(fresh(meeting)).blocks[1]
    assert title == Title("THÔNG BÁO", ("Về thời gian, địa điểm, nội dung sinh hoạt chi bộ tháng 02",))


# --- Head, title, signatures --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "abstract"),
    [
        ("regular", "2026-12-03", ("Sinh hoạt chi bộ thường kỳ tháng 12 năm 2026",)),
        ("regular", "2026-02-03", ("Sinh hoạt chi bộ thường kỳ tháng 02 năm 2026",)),
        ("thematic", "2026-02-03", ("Sinh hoạt chuyên đề quý I năm 2026", TOPIC)),
        ("combined", "2026-05-03", ("Sinh hoạt chi bộ thường kỳ tháng 5 năm 2026 kết hợp chuyên đề", TOPIC)),
    ],
)
def test_the_title_names_the_kind_and_the_time(cast: Cast, kind: str, day: str, abstract: tuple[str, ...]) -> None:
    fields = plan_fields(starts_at=at(f"{day} 19:00"))
    meeting = planning.plan_meeting(cast.cell, kind=kind, by=cast.account(cast.lan), at=NOW, **fields)
    assert minutes_of(meeting).blocks[1] == Title("BIÊN BẢN", abstract)


@pytest.mark.parametrize(
    ("switches", "number", "day"),
    [
        ({}, "Số …-BB/CB", "Hoa Sen, ngày 03 tháng 12 năm 2026"),
        ({"number_minutes": False}, "", "Hoa Sen, ngày 03 tháng 12 năm 2026"),
        ({"place_name": ""}, "Số …-BB/CB", "Ngày 03 tháng 12 năm 2026"),
    ],
)
def test_a_cell_may_leave_out_the_number_and_has_a_place_or_none(
    cast: Cast, opened: Meeting, switches: dict[str, Any], number: str, day: str
) -> None:
    people.edit_organisation(cast.cell, fields=switches, by=cast.admin, at=NOW)
    head = minutes_of(opened).blocks[0]
    assert head == Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", number, day)


def test_a_meeting_that_ends_after_midnight_names_the_day(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.update(opened_at=at("2026-12-03 22:30"), closed_at=at("2026-12-04 00:10"))
    ended = para("Buổi sinh hoạt kết thúc lúc 00 giờ 10 phút, ngày 04 tháng 12 năm 2026.")
    assert minutes_of(opened).blocks[-2] == ended
