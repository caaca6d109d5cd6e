"""A few lines do not fill a sheet: the last page is saved, or has a decent number of lines above the signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from documents import pdf
from documents.fit import Fit, Foreseen, foreseen
from documents.model import Column, Heading, Signature, Signatures, Table, para
from documents.pdf import to_pdf
from documents.style import tighter

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.model import Block, Document

    Write = Callable[..., Document]
    ReadText = Callable[[bytes], list[str]]
    ReadWords = Callable[[bytes], list[Any]]

SIGNED = Signatures(Signature(("NGƯỜI GHI BIÊN BẢN",), "Hoa"), Signature(("CHỦ TRÌ",), "Thanh"))


def rows(count: int) -> Table:
    return Table((Column("TT", 10), Column("Việc", 155)), tuple((str(n), f"Mục {n}") for n in range(1, count + 1)))


def minutes(lines: int, *more: Block) -> tuple[Block, ...]:
    return (*more, *(para("Dòng chữ.") for _ in range(lines)), Heading("IV. KẾT THÚC"), para("Hết."), SIGNED)


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was laid out, one for each time."""
    seen: list[str] = []
    really = pdf._lay_out

    def counted(html: str) -> Any:
        seen.append(html)
        return really(html)

    monkeypatch.setattr(pdf, "_lay_out", counted)
    return seen


def test_a_tighter_setting_saves_the_page_of_a_few_lines(paper: Write, read_text: ReadText) -> None:
    document = paper(*minutes(7, rows(20)))
    assert len(pdf._lay_out(pdf.to_html(document)).pages) == 2
    data = to_pdf(document)
    assert len(read_text(data)) == 1
    assert data == to_pdf(document)


@pytest.mark.in_turn
@pytest.mark.parametrize("lines", range(22, 31))
def test_otherwise_more_lines_come_with_the_signatures(
    lines: int, paper: Write, read_text: ReadText, read_words: ReadWords
) -> None:
    """Lines and paragraphs keep the distance of the guideline."""
    data = to_pdf(paper(*minutes(lines)))
    pages = read_text(data)
    if len(pages) == 1:
        return
    assert pages[-1].count("Dòng chữ.") >= 3
    assert "KẾT THÚC Hết. NGƯỜI GHI" in pages[-1]
    tops = [word.top for word in read_words(data) if word.text == "Dòng" and word.page == 1]
    assert (tops[1] - tops[0]) / 25.4 * 72 == pytest.approx(18 + 6, abs=0.1)


def test_what_is_clear_beforehand_is_laid_out_once(paper: Write, layouts: list[str]) -> None:
    for blocks in (minutes(3), minutes(40), minutes(7, rows(20)), minutes(27)):
        pdf._pages(paper(*blocks), None)
    assert len(layouts) == 4


def test_a_line_from_where_it_would_be_otherwise_nothing_is_foreseen_for_sure(paper: Write) -> None:
    """One line more, and the last page is filled enough to be left as usual."""
    for lines, more in ((14, [rows(20)]), (21, [rows(11)]), (31, [])):
        found = [foreseen(paper(*minutes(lines + added, *more))) for added in range(3)]
        as_usual = Fit(paper().style())
        assert [(one.fit != as_usual, one.sure) for one in found] == [(True, True), (True, False), (False, False)]


@pytest.mark.parametrize("wrong", [{"pages": 3}, {"filled": 0.9}])
def test_what_was_foreseen_and_did_not_come_true_is_tried_step_by_step(
    wrong: dict[str, float], paper: Write, layouts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = paper(*minutes(27))
    as_ever = pdf._pages(document, None)
    tight = Foreseen(Fit(tighter(document.style())), **{"pages": 2, "filled": 0.1, **wrong}, sure=True)
    monkeypatch.setattr(pdf, "foreseen", lambda _: tight)
    assert pdf._pages(document, None) == as_ever
    assert len(layouts) == 1 + 1 + 3


def test_a_long_paper_is_not_laid_out_again(paper: Write, layouts: list[str]) -> None:
    pdf._pages(paper(*(para("Dòng chữ.") for _ in range(30 * 9 + 1))), None)
    assert len(layouts) == 1
