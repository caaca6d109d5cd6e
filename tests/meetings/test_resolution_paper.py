"""The paper of a resolution: proposed from the record, edited, signed by a leader, and then as it was."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db.migrations.exceptions import IrreversibleError

from book.proof import stands
from book.verify import verify
from documents.model import (
    DRAFT,
    Document,
    Head,
    Heading,
    Recipients,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    para,
    plain_text,
)
from meetings.actions import evening, following, outcomes, resolutions, seats
from meetings.models import AgendaItem, Meeting, Resolution
from meetings.papers.resolution import ARRANGED, build_resolution
from members.models import TenureKind
from members.refusal import Refused
from members.saving.actions import save_text
from tests.factories import at, make_member, press
from tests.meetings.steps import (
    DURING,
    close,
    forbidden,
    fresh,
    has_one_effect,
    item_of,
    last_event,
    mark,
    refused,
    seal,
)

if TYPE_CHECKING:
    from members.models import User
    from tests.conftest import AsUser, Cast

LATER = at("2026-12-04 09:00")
DAY = date(2026, 12, 3)


def decide(cast: Cast, meeting: Meeting) -> Any:
    """A conclusion that looks back, one that looks ahead, a decision of a vote, and a task."""
    who = {"by": cast.account(cast.hoa), "at": DURING}
    kept = ("assess_topic", "conclusion")
    AgendaItem.objects.filter(meeting=meeting).exclude(step__in=kept).delete()
    save_text("item", item_of(meeting, "assess_topic"), {"conclusion": "Chuyên đề thiết thực."}, base=0, **who)
    item = item_of(meeting, "conclusion")
    save_text("item", item, {"conclusion": "Làm tốt hơn tự phê bình.\nNêu gương."}, base=0, **who)
    vote = evening.record_vote(item, question="Thông qua nghị quyết", in_favour=2, against=0, other=0, **who)
    made = outcomes.add_outcome(item, kind="decision", vote=vote, **who)
    save_text("outcome", made, {"text": "Mỗi đồng chí có một việc cụ thể."}, base=0, **who)
    due = date(2026, 12, 20)
    following.assign_task(meeting, text="Rà soát quy chế", owner=cast.tuan, due_on=due, item=item, **who)
    return vote


def issue(cast: Cast, meeting: Meeting, **changes: Any) -> Resolution:
    usual = {"kind": "NQ", "subject": "Nâng cao chất lượng tự phê bình", "vote": None, "issued_on": DAY}
    made = resolutions.issue(meeting, **{**usual, "by": cast.account(cast.lan), "at": LATER, **changes})
    return of(made)


def of(row: Resolution) -> Resolution:
    return Resolution.objects.with_meeting().get(pk=row.pk)


def seen_by(row: Resolution, by: User) -> str:
    return resolutions.paper_of(of(row), by).fingerprint


def sign(cast: Cast, row: Resolution, by: User | None = None, **changes: Any) -> Resolution:
    by = by or cast.account(cast.lan)
    resolutions.sign(of(row), **{"seen": seen_by(row, by), "by": by, "at": LATER, **changes})
    return of(row)


@pytest.fixture
def sealed(cast: Cast, opened: Meeting) -> Meeting:
    close(cast, opened)
    return seal(cast, opened)


# --- What it says -------------------------------------------------------------------------------


def test_its_words_are_proposed_from_what_was_concluded_and_decided(cast: Cast, opened: Meeting) -> None:
    decide(cast, opened)
    row = issue(cast, opened)
    assert row.assessment == "Chuyên đề thiết thực."
    assert row.directions == "Làm tốt hơn tự phê bình.\nNêu gương.\nMỗi đồng chí có một việc cụ thể."
    assert row.arrangements == ARRANGED


def test_a_whole_resolution(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, "excused", "nằm viện")
    vote = decide(cast, opened)
    row = issue(cast, opened, vote=vote)
    table = next(block for block in build_resolution(row).blocks if isinstance(block, Table))
    assert table.rows == (("1", "Rà soát quy chế", "Lê Anh Tuấn", "20/12/2026"),)
    assert build_resolution(row) == Document(
        "nghi-quyet-01-2026-12-03",
        "Nghị quyết số 01-NQ/CB ngày 03/12/2026",
        DAY,
        (
            Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "Số 01-NQ/CB", "Hoa Sen, ngày 03 tháng 12 năm 2026"),
            Title("NGHỊ QUYẾT", ("Nâng cao chất lượng tự phê bình",)),
            para(
                "Ngày 03 tháng 12 năm 2026, tại Hội trường cơ quan, chi bộ đã tổ chức sinh hoạt chuyên đề; chủ trì: "
                "đồng chí Trần Thị Lan; thư ký: đồng chí Nguyễn Thị Hoa."
            ),
            para(
                bold("Tổng số đảng viên: "),
                "04 (chính thức 03, dự bị 01). ",
                bold("Có mặt: "),
                "03 (chính thức 02, dự bị 01).",
            ),
            para(bold("Vắng: "), "01 (có lý do: 01; không có lý do: không)."),
            Heading("I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN"),
            para("Chuyên đề thiết thực."),
            Heading("II. PHƯƠNG HƯỚNG, NHIỆM VỤ"),
            para("Làm tốt hơn tự phê bình."),
            para("Nêu gương."),
            para("Mỗi đồng chí có một việc cụ thể."),
            table,
            Heading("III. PHÂN CÔNG VÀ TỔ CHỨC THỰC HIỆN"),
            *(para(line) for line in ARRANGED.splitlines()),
            para(
                bold("Biểu quyết (giơ tay): "),
                "Thông qua nghị quyết. Tính trên 03 đảng viên chính thức; có mặt, được biểu quyết 02; tán thành 02/03 "
                "(66,7%), không tán thành: không, ý kiến khác: không. Biểu quyết thông thường cần trên 1/2 "
                "(Điều lệ Đảng, Điều 9, khoản 5): ít nhất 02. Kết quả: được thông qua.",
            ),
            Signatures(
                None,
                Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan"),
                Recipients(("Cấp uỷ cấp trên trực tiếp", "Cấp uỷ viên cấp trên theo dõi", "Đảng viên chi bộ")),
            ),
        ),
    )


def test_whoever_led_before_the_seat_changed_hands_is_named_as_well(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    seats.change_seat(opened, seat="chair", member=cast.tuan, since=at("2026-12-03 19:20"), by=by, at=DURING)
    assert "; chủ trì: đồng chí Trần Thị Lan, đồng chí Lê Anh Tuấn; thư ký: đồng chí Nguyễn Thị Hoa." in plain_text(
        build_resolution(issue(cast, fresh(opened)))
    )


def test_a_conclusion_is_the_same_under_its_own_name(cast: Cast, opened: Meeting) -> None:
    paper = build_resolution(issue(cast, opened, kind="KL", subject="Buổi sinh hoạt tháng 12"))
    assert paper.name == "ket-luan-01-2026-12-03"
    assert paper.blocks[1] == Title("KẾT LUẬN", ("Buổi sinh hoạt tháng 12",))


def test_a_part_without_words_is_left_out_and_the_others_count_on(cast: Cast, opened: Meeting) -> None:
    row = issue(cast, opened)
    headings = [block.text for block in build_resolution(row).blocks if isinstance(block, Heading)]
    assert headings == ["I. PHÂN CÔNG VÀ TỔ CHỨC THỰC HIỆN"]
    assert "nằm viện" not in plain_text(build_resolution(row))


# --- Signing ------------------------------------------------------------------------------------


def test_the_secretary_edits_and_signs_and_then_it_is_as_it_was(cast: Cast, sealed: Meeting, as_user: AsUser) -> None:
    row = issue(cast, sealed)
    who = {"by": cast.account(cast.lan), "at": LATER}
    save_text("resolution", row, {"directions": "Giữ nền nếp sinh hoạt."}, base=0, **who)
    assert resolutions.paper_of(of(row), who["by"]).document.mark == DRAFT
    red = re.compile(r'class="btn-main"[^>]*>([^<]+)<')
    assert red.findall(as_user(cast.lan).get(f"/resolutions/{row.pk}/").content.decode()) == ["Soạn, ký văn bản"]
    row = sign(cast, row)
    assert red.findall(as_user(cast.lan).get(f"/resolutions/{row.pk}/").content.decode()) == ["Ghi bước này"]
    paper = resolutions.paper_of(row, cast.account(cast.tuan))
    assert (paper.document.mark, paper.proof and bool(paper.proof.code)) == ("", True)
    assert "Giữ nền nếp sinh hoạt." in plain_text(paper.document)
    assert paper.document.blocks[-1].right == Signature(  # type: ignore[union-attr]
        ("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan", "Đã ký trên phần mềm lúc 09 giờ 00 phút, ngày 04 tháng 12 năm 2026"
    )
    assert last_event(sealed) == ("sign_resolution", {"resolution": row.pk})
    assert (verify(cast.cell).wrong, stands("number", row.number)) == ("", True)
    with refused("Văn bản này đã ký ban hành nên không sửa được nữa."):
        save_text("resolution", row, {"directions": "Khác."}, base=row.rev, **who)
    with refused("Văn bản này đã ký ban hành."):
        sign(cast, row)
    cast.cell.paper_name = "CHI BỘ KHÁC"
    cast.cell.save()
    assert resolutions.paper_of(of(row), who["by"]).document == paper.document


def test_one_press_signs_once(cast: Cast, sealed: Meeting) -> None:
    row = issue(cast, sealed)
    seen = seen_by(row, cast.account(cast.lan))
    has_one_effect(lambda key: sign(cast, row, seen=seen, key=key), press())


def test_whoever_signs_signs_what_they_have_read(cast: Cast, sealed: Meeting) -> None:
    row = issue(cast, sealed)
    by = cast.account(cast.lan)
    seen = seen_by(row, by)
    save_text("resolution", row, {"directions": "Thêm một câu."}, base=0, by=by, at=LATER)
    with refused("Văn bản vừa được sửa. Xin đọc lại bản mới trước khi ký."):
        sign(cast, row, seen=seen)


def test_nothing_is_signed_before_the_minutes_are(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    row = issue(cast, fresh(opened))
    with refused("Biên bản của buổi họp chưa ký xong; ký biên bản rồi mới ký nghị quyết, kết luận."):
        sign(cast, row)


def test_the_deputy_signs_under_the_own_post_and_nobody_else_signs(cast: Cast, sealed: Meeting) -> None:
    deputy = make_member(cast.cell, "Ngô Minh Thư", post=TenureKind.DEPUTY, username="thu")
    row = issue(cast, sealed)
    with forbidden():
        sign(cast, row, by=cast.account(cast.tuan))
    signed = sign(cast, row, by=cast.account(deputy))
    block = resolutions.paper_of(signed, cast.account(cast.tuan)).document.blocks[-1]
    assert block.right.role_lines == ("T/M CHI BỘ", "PHÓ BÍ THƯ")  # type: ignore[union-attr]
    assert block.right.name == "Ngô Minh Thư"  # type: ignore[union-attr]


def test_an_older_program_does_not_forget_what_was_signed(cast: Cast, sealed: Meeting) -> None:
    back = import_module("meetings.migrations.0010_the_words_of_a_resolution").refuse_where_one_is_signed
    row = issue(cast, sealed)
    back(apps, None)
    sign(cast, row)
    with pytest.raises(IrreversibleError, match="Còn 1 nghị quyết, kết luận đã ký"):
        back(apps, None)


# --- On screen ----------------------------------------------------------------------------------


def test_members_read_it_once_it_is_signed_and_so_does_the_committee_above(
    cast: Cast, sealed: Meeting, as_user: AsUser
) -> None:
    row = issue(cast, sealed)
    page, readers = f"/resolutions/{row.pk}/paper/", (cast.lan, cast.tuan, cast.phuc)
    assert [as_user(who).get(page).status_code for who in readers] == [200, 403, 403]
    assert "Soạn văn bản" in as_user(cast.lan).get(page).content.decode()
    sign(cast, row)
    assert [as_user(who).get(page).status_code for who in readers] == [200, 200, 200]
    assert as_user(cast.phuc).get(f"/resolutions/{row.pk}/paper.pdf").content.startswith(b"%PDF")
    assert "Soạn văn bản" not in as_user(cast.lan).get(page).content.decode()
    assert page in as_user(cast.tuan).get(f"/resolutions/{row.pk}/").content.decode()
    assert page in as_user(cast.phuc).get(f"/meetings/{sealed.pk}/").content.decode()


def test_no_button_signs_for_somebody_who_leads_nothing_any_more(cast: Cast, sealed: Meeting) -> None:
    row = issue(cast, sealed)
    by = cast.account(cast.lan)
    seen = seen_by(row, by)
    with pytest.raises(Refused, match="Chỉ bí thư, phó bí thư đang giữ chức vụ"):
        resolutions.sign(of(row), seen=seen, by=by, at=at("2010-01-01 09:00"))
