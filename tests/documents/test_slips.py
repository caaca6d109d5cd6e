"""Slips to be cut out: how many stand on a sheet, and nothing beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import Document, Slips
from documents.pdf import to_pdf
from meetings.papers.slips import BLANK, HOW

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "Khai trừ đồng chí Nguyễn Văn Trường ra khỏi Đảng theo Tờ trình số 05 của chi uỷ. " * 6


@pytest.mark.parametrize(
    ("question", "sheets"),
    [(BLANK, [6, 6, 1]), (WORDS[:120], [6, 6, 1]), (WORDS[:400], [4, 4, 4, 1]), (WORDS[:450], [2] * 6 + [1])],
    ids=["by hand", "120", "400", "450"],
)
def test_a_sheet_holds_as_many_as_the_form_says(
    question: str, sheets: list[int], read_text: Callable[[bytes], list[str]]
) -> None:
    slips = Slips(
        count=13,
        issuer="CHI BỘ TRƯỜNG TRUNG HỌC CƠ SỞ NGUYỄN VĂN TRỖI",
        occasion="Buổi họp ngày 03/12/2026",
        title="PHIẾU BIỂU QUYẾT",
        question=question,
        choices=("Tán thành", "Không tán thành", "Ý kiến khác"),
        how=HOW,
    )
    pages = read_text(to_pdf(Document("phieu", "Phiếu biểu quyết", date(2026, 12, 3), (slips,))))
    assert [page.count("□ Ý kiến khác") for page in pages] == sheets
    assert all(page.startswith("CHI BỘ TRƯỜNG") for page in pages)  # no number of the page above them
