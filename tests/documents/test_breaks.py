"""Where a page and a line may end, and what a paper says of signs that it cannot bear."""

from collections.abc import Callable

import pytest

from documents import glyphs
from documents.breaks import kept_last
from documents.html import to_fragment, to_html, unprintable
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Signature,
    Signatures,
    Table,
    bold,
    from_json,
    para,
    to_json,
)
from documents.pdf import VIETNAMESE_LETTERS, to_pdf

Write = Callable[..., Document]
ReadText = Callable[[bytes], list[str]]

ROWS = Table((Column("TT", 10), Column("Nhiệm vụ", 155)), tuple((str(n), f"Việc {n}") for n in range(1, 6)))


def pages(paper: Write, read_text: ReadText, before: int, *blocks: Block) -> list[str]:
    """What stands on each page below so many lines."""
    read = read_text(to_pdf(paper(*(para("Dòng chữ.") for _ in range(before)), *blocks)))
    return [page.replace("Dòng chữ.", "").strip() for page in read]


@pytest.mark.parametrize("before", range(24, 30))
def test_no_row_and_no_label_stands_alone_at_the_end_of_a_page(paper: Write, read_text: ReadText, before: int) -> None:
    found = pages(paper, read_text, before, Heading("I. ĐẦU MỤC"), para(bold("Phân công:")), ROWS)
    first = found[0]
    assert ("Phân công:" in first) == ("Việc 2" in first)
    assert not found[1].endswith("Nhiệm vụ 5 Việc 5")


@pytest.mark.parametrize(("letters", "kept"), [(70, 6), (90, 4)])
def test_what_comes_along_to_a_short_last_page_is_counted_in_lines(letters: int, kept: int) -> None:
    """Some eighty letters of 14 pt are a line: three paragraphs of two lines above signatures are as much as five."""
    paragraphs = [para("x" * letters)] * 10
    assert kept_last([*paragraphs, Signatures(None, Signature(("BÍ THƯ",), "Nguyễn Văn A"))]) == kept


def test_an_annex_begins_a_page(paper: Write, read_text: ReadText) -> None:
    assert pages(paper, read_text, 1, Heading("PHỤ LỤC", new_page=True)) == ["", "2 PHỤ LỤC"]


def test_what_is_kept_together_is_not_parted(paper: Write) -> None:
    assert '<p class="paper-label">□ Khá</p>' in to_fragment(paper(para("□ Khá", keep=True)))
    assert '<p class="paper-label">Ý kiến:</p>' in to_fragment(paper(para("Ý kiến:")))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lúc 16 giờ 20 phút", "lúc 16&nbsp;giờ 20&nbsp;phút"),
        ("ngày 05 tháng 12 năm 2026", "ngày&nbsp;05&nbsp;tháng&nbsp;12 năm&nbsp;2026"),
        ("theo 12-HD/BTCTW", 'theo <span class="paper-together">12-HD/BTCTW</span>'),
        ("Mã: BNZQ-4VYO-OBWD-C7XQ.", 'Mã: <span class="paper-together">BNZQ-4VYO-OBWD-C7XQ</span>.'),
        ("như “Số 05-BB/CB”.", 'như <span class="paper-together">“Số&nbsp;05-BB/CB”.</span>'),
        ("và/hoặc 5/12", "và/hoặc 5/12"),
    ],
)
def test_a_line_does_not_end_inside_of_a_time_or_a_symbol(paper: Write, typed: str, shown: str) -> None:
    assert f"<p>{shown}</p>" in to_fragment(paper(para(typed)))


def test_the_code_of_a_form_does_not_push_its_head_down(
    paper: Write, read_words: Callable[[bytes], list[object]]
) -> None:
    head = Head("ĐẢNG BỘ A", "CHI BỘ B", "", "")
    tops = [
        next(word.top for word in read_words(to_pdf(paper(*blocks))) if word.text == "ĐẢNG")  # type: ignore[attr-defined]
        for blocks in ((head,), (Note("Mẫu 02A"), head))
    ]
    assert tops[0] == tops[1]


def test_long_names_of_two_signers_do_not_touch(paper: Write, read_words: Callable[[bytes], list[object]]) -> None:
    left, right = "Nguyễn-Phúc-" * 6, "Trần-Thị-" * 8
    words = read_words(to_pdf(paper(Signatures(Signature(("A",), left), Signature(("B",), right)))))
    edges = {word.text[:4]: (word.left, word.right) for word in words}  # type: ignore[attr-defined]
    assert edges["Trần"][0] - edges["Nguy"][1] >= 5


def test_a_sign_without_a_picture_is_said_on_screen_and_on_paper(paper: Write, read_text: ReadText) -> None:
    document = paper(para("Đồng ý 👩\u200d👩 và ✅."))
    says = "Chỗ ghi [?] là ký hiệu không in được."
    assert unprintable(document) == ("👩", "✅")
    assert f'<p>Đồng ý [?] và [?].</p>\n<p class="paper-note">{says}</p>' in to_fragment(document)
    assert read_text(to_pdf(document)) == [f"Đồng ý [?] và [?]. {says}"]
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("letters", [VIETNAMESE_LETTERS, "“”‘’–—…•·●○□■→≥≤±×²³€₫½ΩЖ", "a\tb\nc", "Đảng\u200bviên"])
def test_what_both_faces_have_is_left_alone(paper: Write, letters: str) -> None:
    assert glyphs.strange(letters) == ()
    assert glyphs.shown(letters) == letters
    assert "không in được" not in to_html(paper(para(letters)))


def test_a_row_of_totals_is_the_last_and_stands_out(paper: Write) -> None:
    table = Table((Column("TT", 10), Column("Điểm", 10)), (("1", "5"), ("", "5")), total=True)
    assert '<tr class="paper-whole paper-total">' in to_fragment(paper(table))


def test_older_papers_keep_their_json(sample: Document) -> None:
    assert {"keep", "new_page", "total"}.isdisjoint(to_json(sample).split('"'))
