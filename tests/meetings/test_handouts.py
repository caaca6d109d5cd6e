"""What is handed over after a meeting: extracts of sealed minutes, sheets of duties, the outcome in large print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from documents.model import (
    DRAFT,
    Bullets,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    bullets,
    para,
    plain_text,
)
from documents.style import HD05, enlarged, tighter
from meetings.actions import evening, following, handing, minutes, planning, resolutions
from meetings.actions.minutes import rendered_paper
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.papers.extract import build_extract
from meetings.papers.handout import APART, INSIDE, NOT_ON_DOOR, build_outcome_sheet, build_task_sheet
from members.saving.actions import save_text
from tests.factories import at, plan_fields
from tests.meetings.steps import DURING, close, forbidden, fresh, item_of, last_event, mark, refused, row_of, say, seal

if TYPE_CHECKING:
    from meetings.models import Vote
    from tests.conftest import AsUser, Cast

TODAY = date(2026, 12, 10)
GIVEN = at("2026-12-04 08:00")


@pytest.fixture
def votes(cast: Cast, opened: Meeting) -> list[Vote]:
    """Two votes under one item that Tuấn has spoken on, with the chair's conclusion; three tasks; Sơn was away."""
    who: dict[str, Any] = {"by": cast.account(cast.hoa), "at": DURING}
    AgendaItem.objects.filter(meeting=opened).exclude(step__in=("conclusion", "assess_topic")).delete()
    mark(cast, opened, cast.son, "excused", "nằm viện")
    say(cast, opened, row_of(opened, cast.tuan), step="conclusion", text="Tôi còn băn khoăn.")
    item = item_of(opened, "conclusion")
    save_text("item", item, {"conclusion": "Thống nhất cách làm."}, base=0, **who)
    made = [
        evening.record_vote(item, question=question, in_favour=2 - lost, against=lost, other=0, **who)
        for lost, question in enumerate(("Thông qua kết luận", "Chọn ngày 15"))
    ]
    kept = evening.add_remark(item, row_of(opened, cast.lan), vote=made[0], **who)
    save_text("remark", kept, {"text": "Xin giữ ý kiến riêng."}, base=0, **who)
    for text, owner, due in (
        ("Rà soát", cast.son, date(2026, 12, 20)),
        ("Đọc sách", None, None),
        ("Ghi", cast.hoa, None),
    ):
        following.assign_task(opened, text=text, owner=owner, due_on=due, item=item, **who)
    return made


@pytest.fixture
def sealed(cast: Cast, votes: list[Vote], opened: Meeting) -> Meeting:
    close(cast, opened)
    return seal(cast, opened)


@pytest.fixture
def conference(cast: Cast) -> Meeting:
    """Open, with nothing concluded under any line of its own."""
    by, start = cast.account(cast.lan), at("2026-12-03 19:00")
    fields = plan_fields(kind="conference", topic="năm 2026", starts_at=start, chair=cast.lan, minute_taker=cast.hoa)
    made = planning.plan_meeting(cast.cell, by=by, at=at("2026-11-20 08:00"), **fields)
    planning.call(made, by=by, at=at("2026-11-25 08:00"))
    evening.open_meeting(fresh(made), by=by, at=at("2026-12-03 19:02"))
    return fresh(made)


def at_meeting(meeting: Meeting, member: Any) -> Attendance:
    return Attendance.objects.with_meeting().get(meeting=meeting, member=member)


def extract(meeting: Meeting, vote: Vote) -> Document | None:
    return build_extract(meeting, rendered_paper(meeting).document, vote, TODAY, "ABCD-EFGH-IJKL-MNOP")


# --- Extracts -----------------------------------------------------------------------------------


def test_an_extract_has_the_words_of_the_minutes_and_nobodys_opinion(votes: list[Vote], sealed: Meeting) -> None:
    paper = extract(sealed, votes[0])
    assert paper is not None
    whole = rendered_paper(sealed).document
    assert (paper.name, paper.day) == (f"trich-bien-ban-2026-12-03-{votes[0].pk}", TODAY)
    assert paper.title.startswith("Trích biên bản sinh hoạt ")
    assert paper.blocks[:3] == (
        Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "", "Hoa Sen, ngày 10 tháng 12 năm 2026"),
        Title("TRÍCH BIÊN BẢN", whole.blocks[1].abstract),  # type: ignore[union-attr]
        para("Trích từ biên bản số 01-BB/CB ngày 03 tháng 12 năm 2026, đã ký."),
    )
    taken = paper.blocks[3:-2]
    assert [block for block in taken if not isinstance(block, Heading) and block not in whole.blocks] == []
    text = plain_text(paper)
    assert "Kết luận của chủ trì: Thống nhất cách làm." in text
    assert "Thông qua kết luận." in text
    assert "Rà soát" in text
    for secret in ("Chọn ngày 15", "băn khoăn", "ý kiến riêng", "nằm viện"):
        assert secret not in text
    assert paper.blocks[-2:] == (
        Signatures(
            Signature(("NGƯỜI GHI BIÊN BẢN",), "Nguyễn Thị Hoa"), Signature(("CHỦ TRÌ HỘI NGHỊ",), "Trần Thị Lan")
        ),
        Note("Lời trích đúng như biên bản đã ký; mã kiểm tra của biên bản: ABCD-EFGH-IJKL-MNOP."),
    )


def test_the_second_vote_under_a_line_has_its_own_extract(votes: list[Vote], sealed: Meeting) -> None:
    paper = extract(sealed, votes[1])
    assert paper is not None
    said = [block for block in paper.blocks if isinstance(block, Paragraph) and "Biểu quyết" in block.runs[0].text]
    assert ["Chọn ngày 15." in block.runs[1].text for block in said] == [True]


def test_a_vote_that_the_minutes_do_not_have_has_no_extract(votes: list[Vote], sealed: Meeting) -> None:
    votes[1].item = item_of(sealed, "assess_topic")
    assert extract(sealed, votes[1]) is None


# --- Sheets -------------------------------------------------------------------------------------


def test_the_sheet_of_duties_names_what_one_was_given(cast: Cast, sealed: Meeting) -> None:
    assert build_task_sheet(at_meeting(sealed, cast.son)) == Document(
        "phieu-giao-nhiem-vu-2026-12-03",
        "Phiếu giao nhiệm vụ, sinh hoạt chuyên đề ngày 03/12/2026",
        date(2026, 12, 3),
        (
            Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "", "Hoa Sen, ngày 03 tháng 12 năm 2026"),
            Title("PHIẾU GIAO NHIỆM VỤ", ("Theo kết quả sinh hoạt chuyên đề, ngày 03 tháng 12 năm 2026",)),
            para(bold("Giao: "), "đồng chí Đỗ Văn Sơn."),
            Table(
                (
                    Column("TT", 10, "center"),
                    Column("Nhiệm vụ", 75),
                    Column("Thời hạn", 25, "center"),
                    Column("Kết quả, minh chứng", 55),
                ),
                (("1", "Rà soát", "20/12/2026", ""),),
            ),
            para("Đồng chí báo cáo kết quả với chi bộ tại kỳ họp sau; có khó khăn thì báo sớm để cùng giải quyết."),
            Signatures(
                Signature(("NGƯỜI NHẬN NHIỆM VỤ",), "Đỗ Văn Sơn"), Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan")
            ),
        ),
    )


def test_the_sheet_for_one_says_what_was_decided_and_what_this_one_was_given(cast: Cast, sealed: Meeting) -> None:
    row = at_meeting(sealed, cast.son)
    paper = build_outcome_sheet(row.meeting, row)
    assert paper == Document(
        f"ket-qua-buoi-hop-2026-12-03-{row.pk}",
        "Kết quả sinh hoạt chuyên đề ngày 03/12/2026, chữ to",
        date(2026, 12, 3),
        (
            Title("KẾT QUẢ BUỔI HỌP", ("Sinh hoạt chuyên đề", "Ngày 03 tháng 12 năm 2026")),
            para(bold("Gửi: "), "đồng chí Đỗ Văn Sơn.", indent=False),
            Heading("1. Kết luận, phân công nhiệm vụ và thời hạn", 2),
            para("Thống nhất cách làm.", indent=False),
            para(bold("Biểu quyết: "), "Thông qua kết luận. Kết quả: được thông qua.", indent=False),
            para(bold("Biểu quyết: "), "Chọn ngày 15. Kết quả: không được thông qua.", indent=False),
            Heading("Việc giao đồng chí"),
            bullets("Rà soát. Hạn: 20/12/2026."),
            Heading("Việc của cả chi bộ"),
            bullets("Đọc sách."),
            Note(INSIDE),
        ),
        large=True,
    )


def test_on_the_door_stands_everybodys_work(sealed: Meeting) -> None:
    (given,) = (block for block in build_outcome_sheet(sealed).blocks if isinstance(block, Bullets))
    assert {item[0].text for item in given.items} == {
        "Đỗ Văn Sơn: Rà soát. Hạn: 20/12/2026.",
        "Cả chi bộ: Đọc sách.",
        "Nguyễn Thị Hoa: Ghi.",
    }


def test_on_the_door_stands_nothing_about_somebody_and_on_ones_own_sheet_it_does(cast: Cast, opened: Meeting) -> None:
    who: dict[str, Any] = {"by": cast.account(cast.hoa), "at": DURING}
    kept = ("assess_topic", "conclusion", "quality")
    AgendaItem.objects.filter(meeting=opened).exclude(step__in=kept).delete()
    AgendaItem.objects.filter(meeting=opened, step="assess_topic").update(
        step="criticism", title="Tự phê bình và phê bình", conclusion="Nhắc nhở đồng chí Lê Anh Tuấn."
    )
    item = item_of(opened, "conclusion")
    votes = [
        evening.record_vote(item, question=question, kind=kind, in_favour=3, against=0, other=0, **who)
        for question, kind in (
            ("Giới thiệu quần chúng Mai Văn Ưu", "admission"),
            ("Khen thưởng đồng chí Lê Anh Tuấn", "ordinary"),
            ("Thông qua nhiệm vụ", "ordinary"),
        )
    ]
    close(cast, opened)
    for vote, subject in ((votes[0], "Kết nạp đảng viên"), (votes[2], "Nhiệm vụ tháng 12")):
        day, by = date(2026, 12, 3), cast.account(cast.lan)
        resolutions.issue(fresh(opened), kind="NQ", subject=subject, vote=vote, issued_on=day, by=by, at=GIVEN)
    meeting = seal(cast, opened)
    top = Title("KẾT QUẢ BUỔI HỌP", ("Sinh hoạt chuyên đề", "Ngày 03 tháng 12 năm 2026"))
    assert build_outcome_sheet(meeting).blocks == (
        top,
        Heading("1. Kết luận, phân công nhiệm vụ và thời hạn", 2),
        para(bold("Biểu quyết: "), "Thông qua nhiệm vụ. Kết quả: được thông qua.", indent=False),
        para(NOT_ON_DOOR, indent=False),
        para(bold("Ban hành: "), "Nghị quyết số 02-NQ/CB: Nhiệm vụ tháng 12.", indent=False),
        Note(INSIDE),
    )
    own = plain_text(build_outcome_sheet(meeting, at_meeting(meeting, cast.son)))
    said = ("Nhắc nhở đồng chí Lê Anh Tuấn.", "Giới thiệu quần chúng Mai Văn Ưu", "Khen thưởng", "Kết nạp đảng viên")
    assert [words in own for words in (*said, NOT_ON_DOOR)] == [True, True, True, True, False]


def test_where_only_a_resolution_was_issued_the_sheet_does_not_say_that_there_was_nothing(
    cast: Cast, opened: Meeting
) -> None:
    meeting, day, by = close(cast, opened), date(2026, 12, 3), cast.account(cast.lan)
    assert "Buổi họp không có kết luận, quyết nghị." in plain_text(build_outcome_sheet(meeting))
    resolutions.issue(meeting, kind="NQ", subject="Nhiệm vụ tháng 12", vote=None, issued_on=day, by=by, at=GIVEN)
    assert "không có kết luận" not in plain_text(build_outcome_sheet(meeting))


@pytest.mark.parametrize(
    ("title", "kind", "shown"),
    [
        ("Xét công nhận chính thức đồng chí Lê Anh Tuấn", "ordinary", False),
        ("Xét kết nạp quần chúng Mai Văn Ưu", "admission", False),
        ("Sửa quy chế", "ordinary", True),
    ],
)
def test_a_line_of_the_cells_own_about_somebody_does_not_hang_on_the_door(
    cast: Cast, opened: Meeting, title: str, kind: str, shown: bool
) -> None:
    AgendaItem.objects.filter(meeting=opened).exclude(step="conclusion").delete()
    item = item_of(opened, "conclusion")
    AgendaItem.objects.filter(pk=item.pk).update(step="", title=title, conclusion="Thống nhất đề nghị.")
    by = cast.account(cast.hoa)
    evening.record_vote(item, question="Thông qua", kind=kind, in_favour=3, against=0, other=0, by=by, at=DURING)
    text = plain_text(build_outcome_sheet(close(cast, opened)))
    assert [title in text, "Thống nhất đề nghị." in text, NOT_ON_DOOR in text] == [shown, shown, not shown]


def test_the_sheet_of_a_conference_does_not_say_that_nothing_was_concluded(cast: Cast, conference: Meeting) -> None:
    for row in (None, at_meeting(conference, cast.son)):
        text = plain_text(build_outcome_sheet(conference, row))
        assert APART in text
        assert "không có kết luận" not in text


def test_no_duty_is_given_where_people_are_considered(cast: Cast, conference: Meeting) -> None:
    item = item_of(conference, "review_persons")
    by = cast.account(cast.lan)
    with refused("Ý kiến, kết luận về tập thể, cá nhân được ghi ở phần kiểm điểm, không ghi ở đây."):
        following.assign_task(conference, text="Sửa", owner=cast.tuan, due_on=None, item=item, by=by, at=DURING)


def test_duties_without_a_day_stand_last_on_whichever_database(sealed: Meeting) -> None:
    (given,) = (block for block in build_outcome_sheet(sealed).blocks if isinstance(block, Bullets))
    assert [item[0].text.partition(":")[0] for item in given.items] == ["Đỗ Văn Sơn", "Cả chi bộ", "Nguyễn Thị Hoa"]


def test_an_extract_says_that_the_minutes_were_corrected(cast: Cast, votes: list[Vote], sealed: Meeting) -> None:
    minutes.add_addendum(sealed, text="Ghi đúng là 20.", reason="Ghi nhầm.", by=cast.account(cast.lan), at=GIVEN)
    paper = extract(sealed, votes[0])
    assert paper is not None
    assert paper.blocks[-1] == Note(
        "Lời trích đúng như biên bản đã ký; mã kiểm tra của biên bản: ABCD-EFGH-IJKL-MNOP. "
        "Biên bản có 01 lần bổ sung, đính chính; xem kèm."
    )


def test_before_the_seal_the_sheets_are_drafts(cast: Cast, votes: list[Vote], opened: Meeting) -> None:
    row = at_meeting(close(cast, opened), cast.tuan)
    assert {build_task_sheet(row).mark, build_outcome_sheet(fresh(opened), row).mark} == {DRAFT}
    assert "Đồng chí không được giao việc riêng." in plain_text(build_outcome_sheet(fresh(opened), row))


def test_large_print_is_larger_everywhere_and_stays_so_where_a_page_is_saved() -> None:
    large = enlarged(HD05)
    names = ("kind_pt", "abstract_pt", "body_pt", "line_pt", "table_pt", "note_pt")
    assert [getattr(large, name) > getattr(HD05, name) for name in names] == [True] * len(names)
    assert tighter(large).table_pt > HD05.table_pt


@pytest.mark.parametrize("wrong", [True, False])
def test_an_extract_is_taken_only_from_minutes_that_are_what_was_sealed(
    cast: Cast, votes: list[Vote], sealed: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, wrong: bool
) -> None:
    paper = rendered_paper(sealed)
    assert paper.proof is not None
    said = "Không phải văn bản đã ký." if wrong else ""
    found = replace(paper, proof=replace(paper.proof, wrong=said))
    monkeypatch.setattr("meetings.views.prints.rendered_paper", lambda _meeting: found)
    answer = as_user(cast.lan).get(f"/votes/{votes[0].pk}/extract.pdf")
    there = f"/meetings/{sealed.pk}/minutes/"
    assert (answer.status_code, answer.get("Location")) == ((302, there) if wrong else (200, None))


def test_before_the_seal_there_is_nothing_to_take_an_extract_from(
    cast: Cast, votes: list[Vote], opened: Meeting, as_user: AsUser
) -> None:
    close(cast, opened)
    assert as_user(cast.lan).get(f"/votes/{votes[0].pk}/extract.pdf").status_code == 404


# --- Handed over --------------------------------------------------------------------------------


def test_who_was_away_or_has_no_device_is_ticked_when_the_sheet_is_handed_over(
    cast: Cast, sealed: Meeting, as_user: AsUser
) -> None:
    row, client = at_meeting(sealed, cast.son), as_user(cast.lan)
    page = f"/meetings/{sealed.pk}/prints/"
    assert [one.name for one in client.get(page).context["handouts"].readers] == ["Đỗ Văn Sơn"]
    assert "Chưa trao" in client.get(page).content.decode()
    assert client.post(f"/attendances/{row.pk}/handed/", {"done": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.handed_at is not None
    assert last_event(sealed) == ("hand_over", {"attendance": row.pk, "done": True})
    assert "Đã trao" in client.get(page).content.decode()
    client.post(f"/attendances/{row.pk}/handed/", {"done": "0"})
    row.refresh_from_db()
    assert row.handed_at is None


def test_a_sheet_is_handed_to_members_alone(cast: Cast, opened: Meeting) -> None:
    who = {"by": cast.account(cast.hoa), "at": GIVEN}
    guest = evening.add_guest(opened, name="Cao Văn Long", position="", **who)
    close(cast, opened)
    row = Attendance.objects.with_meeting().get(pk=guest.pk)
    with refused("Tờ kết quả trao cho đảng viên."):
        handing.hand_over(row, done=True, **who)
    assert last_event(fresh(opened))[0] != "hand_over"


def test_a_plain_member_hands_nothing_over(cast: Cast, sealed: Meeting, as_user: AsUser) -> None:
    with forbidden():
        handing.hand_over(at_meeting(sealed, cast.son), done=True, by=cast.account(cast.tuan), at=GIVEN)
    handouts = as_user(cast.tuan).get(f"/meetings/{sealed.pk}/prints/").context["handouts"]
    assert (handouts.readers, handouts.owners, handouts.votes) == ([], [], [])


def test_each_sheet_is_a_pdf_with_its_own_name(cast: Cast, votes: list[Vote], sealed: Meeting, as_user: AsUser) -> None:
    row, client = at_meeting(sealed, cast.son), as_user(cast.hoa)
    addresses = {
        f"/votes/{votes[0].pk}/extract.pdf": f"trich-bien-ban-2026-12-03-{votes[0].pk}",
        f"/attendances/{row.pk}/outcome.pdf": f"ket-qua-buoi-hop-2026-12-03-{row.pk}",
    }
    for address, name in addresses.items():
        answer = client.get(address)
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"] == f'inline; filename="{name}.pdf"'
