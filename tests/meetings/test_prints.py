"""What can be printed of a meeting: the agenda in both forms, the attendance sheet, and the page that lists them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.fit import MEASURES
from documents.model import (
    DRAFT,
    Column,
    Document,
    Head,
    Heading,
    Paragraph,
    Recipients,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    para,
    plain_text,
)
from meetings.actions import evening, planning
from meetings.models import AgendaItem, Meeting
from meetings.papers.agenda import build_agenda
from meetings.papers.invitation import BLANK, build_invitation
from meetings.papers.roll import ROOM, build_roll_sheet
from meetings.prints import PRINTS
from rulings.actions import fix
from tests.factories import make_member
from tests.meetings.steps import NOW, OPENED, close, fresh, row_of

if TYPE_CHECKING:
    from documents.style import PaperStyle
    from tests.conftest import AsUser, Cast

TOPIC = "Chuyên đề: “Nâng cao chất lượng tự phê bình và phê bình”"
HEAD = Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "", "Hoa Sen, ngày 25 tháng 11 năm 2026")
SECRETARY = Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan")


def two_lines(meeting: Meeting) -> Meeting:
    AgendaItem.objects.filter(meeting=meeting).exclude(step__in=("present_paper", "thematic_discussion")).delete()
    return fresh(meeting)


def test_the_agenda_as_a_table_has_room_for_notes(called: Meeting) -> None:
    assert build_agenda(two_lines(called)) == Document(
        "chuong-trinh-2026-12-03",
        "Chương trình sinh hoạt chuyên đề ngày 03/12/2026",
        date(2026, 11, 25),
        (
            HEAD,
            Title("CHƯƠNG TRÌNH", ("Sinh hoạt chuyên đề", TOPIC)),
            para(bold("Thời gian: "), "19 giờ 00 phút, thứ Năm, ngày 03 tháng 12 năm 2026."),
            para(bold("Địa điểm: "), "Hội trường cơ quan."),
            para(bold("Chủ trì: "), "đồng chí Trần Thị Lan. ", bold("Thư ký: "), "đồng chí Nguyễn Thị Hoa. "),
            Table(
                (
                    Column("STT", 12, "center"),
                    Column("Nội dung", 83),
                    Column("Người thực hiện", 42),
                    Column("Ghi chú", 28),
                ),
                (
                    ("1", "Trình bày dự thảo chuyên đề", "Lê Anh Tuấn", "15 phút"),
                    ("2", "Thảo luận chuyên đề", "", "35 phút"),
                ),
            ),
            Signatures(None, SECRETARY),
        ),
    )


def test_the_agenda_as_a_text_has_five_parts_and_recipients(called: Meeting) -> None:
    Meeting.objects.filter(pk=called.pk).update(purpose="Nhận thức đúng.\nLàm theo.")
    assert build_agenda(two_lines(called), as_text=True).blocks[2:] == (
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        para("Nhận thức đúng."),
        para("Làm theo."),
        Heading("II. THỜI GIAN, ĐỊA ĐIỂM"),
        para(bold("Thời gian: "), "19 giờ 00 phút, thứ Năm, ngày 03 tháng 12 năm 2026."),
        para(bold("Địa điểm: "), "Hội trường cơ quan."),
        Heading("III. THÀNH PHẦN"),
        para("Đảng viên chi bộ; cấp uỷ viên cấp trên theo dõi."),
        para(bold("Chủ trì: "), "đồng chí Trần Thị Lan. ", bold("Thư ký: "), "đồng chí Nguyễn Thị Hoa. "),
        Heading("IV. NỘI DUNG"),
        para("1. Trình bày dự thảo chuyên đề (đồng chí Lê Anh Tuấn, 15 phút)."),
        para("2. Thảo luận chuyên đề (35 phút)."),
        Heading("V. KẾT THÚC"),
        para("Dự kiến kết thúc lúc 19 giờ 50 phút; tổng thời gian 50 phút."),
        Signatures(None, SECRETARY, Recipients(("Đảng viên chi bộ", "Cấp uỷ viên cấp trên theo dõi"))),
    )


def test_an_agenda_without_a_purpose_counts_its_parts_from_one(called: Meeting) -> None:
    Meeting.objects.filter(pk=called.pk).update(purpose="")
    text = plain_text(build_agenda(two_lines(called), as_text=True))
    assert "I. THỜI GIAN, ĐỊA ĐIỂM\n" in text
    assert "IV. KẾT THÚC\n" in text
    assert "MỤC ĐÍCH" not in text


def test_before_the_notice_an_agenda_is_a_draft_without_a_day(planned: Meeting) -> None:
    paper = build_agenda(fresh(planned))
    assert paper.mark == DRAFT
    assert isinstance(paper.blocks[0], Head)
    assert paper.blocks[0].place_and_day == "Hoa Sen, ngày … tháng … năm 2026"


def test_the_attendance_sheet_has_a_row_to_sign_for_each_who_may_come(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.son), reason="nằm viện", by=by, at=NOW)
    paper = build_roll_sheet(fresh(called))
    assert (paper.name, paper.title) == (
        "danh-sach-diem-danh-2026-12-03",
        "Danh sách điểm danh sinh hoạt chuyên đề ngày 03/12/2026",
    )
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == [
        "STT", "Họ và tên", "Chức vụ, tư cách", "Ký tên", "Ghi chú",
    ]  # fmt: skip
    assert table.rows == (
        ("1", "Nguyễn Thị Hoa", "Đảng viên chính thức", ROOM, ""),
        ("2", "Trần Thị Lan", "Bí thư", ROOM, ""),
        ("3", "Đỗ Văn Sơn", "Đảng viên chính thức", ROOM, "Xin vắng"),
        ("4", "Lê Anh Tuấn", "Đảng viên dự bị", ROOM, ""),
        ("", "", "Khách mời", ROOM, ""),
        ("", "", "Khách mời", ROOM, ""),
    )
    assert "nằm viện" not in plain_text(paper)
    assert paper.blocks[-1] == Signatures(
        Signature(("THƯ KÝ",), "Nguyễn Thị Hoa"), Signature(("CHỦ TRÌ",), "Trần Thị Lan")
    )


def test_the_chair_signs_the_attendance_sheet_on_the_side_that_the_cell_has_chosen(cast: Cast, called: Meeting) -> None:
    kept = {"document": "01-QC/CB", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 5)}
    fix(cast.cell, "paper-chair", value={"choice": "left"}, by=cast.account(cast.lan), at=NOW, **kept)
    assert build_roll_sheet(fresh(called)).blocks[-1] == Signatures(
        Signature(("CHỦ TRÌ",), "Trần Thị Lan"), Signature(("THƯ KÝ",), "Nguyễn Thị Hoa")
    )


def test_an_invitation_names_the_guest_and_takes_no_number(called: Meeting) -> None:
    guest = {"name": "Mai Văn Khách", "position": "Đảng uỷ viên"}
    assert build_invitation(fresh(called), **guest).blocks == (
        HEAD,
        Title("GIẤY MỜI", ("Dự sinh hoạt chuyên đề",)),
        para(bold("Kính mời: "), "Mai Văn Khách, Đảng uỷ viên."),
        para(
            "Chi bộ trân trọng kính mời đồng chí dự sinh hoạt chuyên đề “Nâng cao chất lượng tự phê bình và phê bình”."
        ),
        para(bold("Thời gian: "), "19 giờ 00 phút, thứ Năm, ngày 03 tháng 12 năm 2026."),
        para(bold("Địa điểm: "), "Hội trường cơ quan."),
        para("Rất mong đồng chí đến dự đúng giờ."),
        Signatures(None, SECRETARY),
    )
    blank = build_invitation(fresh(called))
    assert f"Kính mời: {BLANK}\n" in plain_text(blank)
    by_hand = [block for block in blank.blocks if isinstance(block, Paragraph) and block.runs[-1].text == BLANK]
    assert [rows_of(block, blank.style()) for block in by_hand] == [1]


def rows_of(block: Paragraph, paper: PaperStyle) -> int:
    """How many lines it takes."""
    (piece,) = MEASURES[Paragraph](block, paper, False)
    return piece.lines


def test_an_invitation_is_printed_from_the_page_and_a_name_that_is_too_long_is_said(
    cast: Cast, called: Meeting, as_user: AsUser
) -> None:
    client, address = as_user(cast.lan), f"/meetings/{called.pk}/invitation.pdf"
    assert "In giấy mời" in client.get(f"/meetings/{called.pk}/prints/").content.decode()
    assert client.get(address, {"name": "Mai Văn Khách"}).content.startswith(b"%PDF")
    refused = client.get(address, {"name": "a" * 131}, follow=True).content.decode()
    assert "Họ và tên đại biểu, khách mời: " in refused


def test_the_page_lists_what_somebody_can_print_now(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    listed = {
        name: [one.name for one, _ in as_user(who).get(f"/meetings/{called.pk}/prints/").context["prints"]]
        for name, who in (("lan", cast.lan), ("tuan", cast.tuan))
    }
    both = ["Thông báo", "Chương trình, dạng bảng", "Chương trình, dạng văn bản", "Danh sách điểm danh"]
    assert listed == {"lan": both, "tuan": both}  # Tuấn has written the thematic paper
    page = as_user(cast.lan).get(f"/meetings/{called.pk}/").content.decode()
    assert f'href="/meetings/{called.pk}/prints/"' in page


@pytest.mark.parametrize("over", [False, True])
def test_the_page_lists_what_each_is_given_and_nothing_else(
    cast: Cast, called: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, over: bool
) -> None:
    """What stands in the table beside what the address itself answers; Vy is a member and nothing more."""
    for layer in ("to_pdf", "pdf_of"):
        monkeypatch.setattr(f"documents.http.{layer}", lambda _paper: b"%PDF")
    vy = make_member(cast.cell, "Bùi Thị Vy", username="vy")
    if over:
        evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
        evening.mark_rest_present(called, by=cast.account(cast.hoa), at=OPENED)
        close(cast, called)
    listed, given = {}, {}
    for who in (cast.lan, cast.tuan, vy):
        client = as_user(who)
        page = client.get(f"/meetings/{called.pk}/prints/")
        listed[who] = {address for _, address in page.context["prints"]}
        every = {one.address(called) for one in PRINTS}
        given[who] = {address for address in every if client.get(address).status_code == 200}
    assert listed == given
    assert listed[vy] < listed[cast.lan]


def test_the_agenda_is_printed_in_the_form_that_is_asked_for(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    answer = as_user(cast.tuan).get(f"/meetings/{called.pk}/agenda.pdf?kieu=van-ban")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'inline; filename="chuong-trinh-van-ban-2026-12-03.pdf"'
