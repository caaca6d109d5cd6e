"""Reckoning pages: as many as the PDF has, set as the PDF is set, in a hundredth of the time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, get_args

import pytest

from documents import pdf
from documents.css import stylesheet
from documents.fit import MEASURES, Fit, fitting, pages
from documents.model import Block, Column, Heading, Signature, Signatures, Table, Title, bullets, para
from documents.style import tighter

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.model import Document

    Write = Callable[..., Document]

SIGNED = Signatures(Signature(("NGƯỜI GHI BIÊN BẢN",), "Hoa"), Signature(("T/M CHI BỘ", "CHỦ TRÌ"), "Thanh"))
REMARK = "Việc tự phê bình phải bắt đầu từ công việc hằng ngày, nói rõ việc nào đã làm được, việc nào còn chậm. " * 3


def table(rows: int) -> Table:
    lines = tuple((str(number), "Rà soát việc thực hiện quy chế, báo cáo chi bộ") for number in range(1, rows + 1))
    return Table(
        (Column("TT", 10), Column("Việc", 60), Column("Thời hạn", 40)), tuple((*line, "31/12") for line in lines)
    )


def minutes(*more: Block) -> tuple[Block, ...]:
    return (Title("BIÊN BẢN", ("Sinh hoạt",)), *more, Heading("IV. KẾT THÚC"), para("Hết."), SIGNED)


def test_every_kind_of_block_has_its_measure() -> None:
    assert set(MEASURES) == set(get_args(Block))


@pytest.mark.parametrize(
    ("blocks", "ends"),
    [
        (minutes(para(REMARK)), "as the style says"),
        (minutes(table(20), *[para("Dòng chữ.")] * 3), "tighter"),
        (minutes(*[para("Dòng chữ.")] * 22), "with more lines"),
        (minutes(*[para(REMARK)] * 12, bullets(*["Một việc."] * 9), table(60)), "as the style says"),
    ],
    ids=["a page", "a page saved", "a page filled", "pages"],
)
def test_the_reckoning_comes_to_what_the_pdf_does(
    blocks: tuple[Block, ...], ends: str, paper: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, laid_out = paper(*blocks), []
    really = pdf._lay_out
    monkeypatch.setattr(pdf, "_lay_out", lambda html: laid_out.append((html, really(html))) or laid_out[-1][1])
    chosen = pdf._set(document, None)
    html = next(html for html, layout in laid_out if layout is chosen)
    usual = document.style()
    settings = {
        "as the style says": (Fit(usual), stylesheet(document, usual)),
        "tighter": (Fit(tighter(usual)), stylesheet(document, tighter(usual))),
        "with more lines": (Fit(usual, ending=True), stylesheet(document, usual, ending=True)),
    }
    fit, css = settings[ends]
    assert (f"<style>\n{css}</style>" in html, fitting(document)) == (True, fit)
    assert pages(document, fit)[0] == len(chosen.pages)


def test_200_kb_are_reckoned_in_a_moment(paper: Write) -> None:
    begun = time.process_time()
    for remark in (REMARK * 700, "x" * 200_000, "x\n" * 60_000):
        assert pages(paper(para(remark)), Fit(paper().style()))[0] > 10
    assert time.process_time() - begun < 2
