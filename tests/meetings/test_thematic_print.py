"""The thematic paper on paper: the outline that was typed, a draft until it is completed, for whoever may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import DRAFT, Bullets, Heading, Paragraph, Signature, Signatures, Title, bold, bullets, para
from meetings.models import Meeting, News, ThematicPaper
from meetings.papers.thematic import build_thematic
from meetings.prints import prints_of
from tests.factories import at, make_member
from tests.meetings.steps import close, fresh

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import AsUser, Cast

TYPED = "I. Thực trạng\n1. Ưu điểm\nHọp đủ.\n- Đúng ngày\n- Đúng giờ\n1.1. Nề nếp\nGiữ vững."


def paper_of(meeting: Meeting, **values: object) -> ThematicPaper:
    ThematicPaper.objects.filter(meeting=meeting).update(**values)
    paper: ThematicPaper = fresh(meeting).paper
    return paper


def test_the_outline_is_set_in_the_partys_form_and_signed_by_whoever_prepared_it(called: Meeting) -> None:
    paper = build_thematic(paper_of(called, draft=TYPED))
    assert (paper.mark, paper.name, paper.blocks[0].number) == (DRAFT, "chuyen-de-2026-12-03", "")  # type: ignore[union-attr]
    assert paper.blocks[1:] == (
        Title(
            "CHUYÊN ĐỀ",
            ("Nâng cao chất lượng tự phê bình và phê bình", "Sinh hoạt chuyên đề ngày 03 tháng 12 năm 2026"),
        ),
        para(bold("Người chuẩn bị: "), "đồng chí Lê Anh Tuấn."),
        Heading("I. Thực trạng", 1),
        Heading("1. Ưu điểm", 2),
        para("Họp đủ."),
        bullets("Đúng ngày", "Đúng giờ"),
        Heading("1.1. Nề nếp", 3),
        para("Giữ vững."),
        Signatures(None, Signature(("NGƯỜI CHUẨN BỊ",), "Lê Anh Tuấn")),
    )


def test_once_it_is_completed_the_completed_text_is_printed_with_its_day(called: Meeting) -> None:
    paper = build_thematic(paper_of(called, draft="Cũ.", completed="Mới.", completed_at=at("2026-12-10 08:00")))
    assert (paper.mark, paper.day.day) == ("", 10)
    assert [block for block in paper.blocks if isinstance(block, Paragraph | Bullets)][1:] == [para("Mới.")]
    assert paper.blocks[0].place_and_day == "Hoa Sen, ngày 10 tháng 12 năm 2026"  # type: ignore[union-attr]


def test_it_is_offered_and_printed_only_where_there_is_a_text_and_for_whoever_may_read_it(
    cast: Cast, called: Meeting, as_user: AsUser
) -> None:
    address = f"/meetings/{called.pk}/paper.pdf"

    vy = make_member(cast.cell, "Bùi Thị Vy", username="vy")

    def offered(who: Member) -> bool:
        return any(url == address for _, url in prints_of(fresh(called), cast.account(who)))

    paper_of(called, draft="", shared_at=None)
    assert (offered(cast.tuan), as_user(cast.tuan).get(address).status_code) == (False, 404)
    paper_of(called, draft="Đọc tại buổi họp.")
    assert [offered(who) for who in (cast.lan, cast.tuan, vy)] == [True, True, False]
    assert as_user(vy).get(address).status_code == 403
    paper_of(called, shared_at=at("2026-11-26 08:00"))
    assert offered(vy)
    answer = as_user(vy).get(address)
    assert answer.content.startswith(b"%PDF")
    assert f'href="{address}"' in as_user(vy).get(f"/meetings/{called.pk}/paper/").content.decode()


def test_a_news_text_is_among_the_prints_once_somebody_has_edited_it(cast: Cast, opened: Meeting) -> None:
    sealed, lan = close(cast, opened), cast.account(cast.lan)
    url = f"/meetings/{sealed.pk}/news.pdf"
    row = News.objects.create(
        meeting=sealed, headline="Tin", text="Chờ sửa.", begun_by=lan, begun_at=at("2026-12-04 08:00")
    )
    found = [any(address == url for _, address in prints_of(sealed, lan))]
    row.text, row.rev = "Buổi sinh hoạt cởi mở.", row.rev + 1
    row.save()
    found.append(any(address == url for _, address in prints_of(sealed, lan)))
    assert found == [False, True]
