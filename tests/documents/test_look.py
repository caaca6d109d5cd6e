"""What an organisation has settled about its papers, and what stands together on their pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from documents.breaks import ending, goes_on, kept_last
from documents.css import stylesheet
from documents.docx import write
from documents.fit import fitting, pages
from documents.html import to_fragment
from documents.model import (
    Column,
    Document,
    Heading,
    Note,
    Signature,
    Signatures,
    Table,
    bullets,
    from_json,
    para,
    to_json,
)
from documents.pdf import _pages
from documents.style import HD05, Look, enlarged, worn

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLED = Look(party_name_pt=14, superior_pt=13, kind_pt=15, abstract_pt=15, body_pt=15, line_pt=22, two_sided=True)
FOOT = "Bản để đồng chí Trần Thị Lan đọc."


@pytest.fixture(scope="module")
def settled(sample: Document) -> Document:
    return replace(sample, look=SETTLED, foot=FOOT)


@pytest.fixture(scope="module")
def printed(settled: Document) -> bytes:
    return _pages(settled, None)


def part(docx: bytes, name: str) -> str:
    with ZipFile(BytesIO(docx)) as held:
        return held.read(f"word/{name}.xml").decode()


def test_what_is_settled_takes_the_place_of_the_guidelines_figure_and_of_nothing_else(sample: Document) -> None:
    style = replace(sample, look=Look(line_pt=20)).style()
    assert (style.line_pt, replace(style, line_pt=18)) == (20, HD05)
    assert worn(HD05, Look()) == HD05
    assert replace(sample, look=SETTLED, large=True).style() == enlarged(HD05)


def test_a_paper_carries_its_look_and_one_from_before_has_none(sample: Document, settled: Document) -> None:
    assert from_json(to_json(settled)) == settled
    assert re.findall(r'"look":{[^}]*}', to_json(replace(sample, look=Look(line_pt=20)))) == ['"look":{"line_pt":20}']
    assert not {'"look"', '"foot"'} & set(re.findall(r'"\w+"(?=:)', to_json(sample)))


def test_the_back_of_a_sheet_mirrors_its_margins(printed: bytes, read_words: Callable[[bytes], list[Any]]) -> None:
    words = read_words(printed)
    left = {page: min(one.left for one in words if one.page == page) for page in (1, 2, 3)}
    assert [round(left[page]) for page in (1, 2, 3)] == [30, 15, 30]
    number = next(one for one in words if one.page == 2 and one.text == "2")
    assert (number.left + number.right) / 2 == pytest.approx(15 + 165 / 2, abs=0.5)


def test_word_mirrors_them_too_and_only_where_that_is_settled(sample: Document, settled: Document) -> None:
    assert ["<w:mirrorMargins/>" in part(write(one, None), "settings") for one in (sample, settled)] == [False, True]


def test_the_foot_stands_on_every_page_in_print_and_in_word(
    printed: bytes, settled: Document, read_text: Callable[[bytes], list[str]]
) -> None:
    assert [page.count(FOOT) for page in read_text(printed)] == [1] * len(PdfReader(BytesIO(printed)).pages)
    assert FOOT in part(write(settled, None), "footer1")
    assert part(write(settled, None), "document").count("<w:footerReference") == 2


def test_pages_are_reckoned_with_the_settled_figures(settled: Document) -> None:
    once = next(place for place, block in enumerate(settled.blocks) if isinstance(block, Signatures))
    one = replace(settled, blocks=settled.blocks[: once + 1])
    assert pages(one, fitting(one))[0] == len(PdfReader(BytesIO(_pages(one, None))).pages)


def test_a_name_with_nothing_written_behind_it_stays_with_what_comes_below() -> None:
    assert para("Đồng chí Phạm Thị Hoa: ", "").is_label
    assert not para("Đồng chí Phạm Thị Hoa: ", "Đồng ý.").is_label


def test_a_table_at_the_end_draws_no_more_with_it_than_lines_would() -> None:
    table = Table((Column("TT", 10),), (("1",),))
    blocks = (*[para("Một.")] * 4, Heading("II."), table, para("Hai."), para("Ba."))
    assert ending(blocks, True) == [False, False, False, False, True, True, True, False]
    assert kept_last(blocks) == 4
    assert kept_last((*blocks[:-1], bullets("a", "b"))) == 4
    assert kept_last(blocks[:4]) == 4


def test_where_lines_are_drawn_print_and_word_draw_the_same(sample: Document) -> None:
    assert f":nth-last-child(-n+{kept_last(sample.blocks)})" in stylesheet(sample, HD05, ending=True)


def test_a_paper_with_a_table_is_reached_by_keys_on_a_phone(sample: Document) -> None:
    assert 'role="region" tabindex="0" aria-label="Biên bản' in to_fragment(sample)
    assert "tabindex" not in to_fragment(Document("a", "A", date(2026, 1, 1), (Note("Chữ."),)))


def test_what_goes_on_below_signatures_stands_apart_from_them(
    paper: Callable[..., Document], read_words: Callable[[bytes], list[Any]]
) -> None:
    signed = Signatures(None, Signature(("NGƯỜI GỬI",), "Lan"))
    one = paper(signed, Heading("TRẢ LỜI"), para("Đã nhận."))
    words = {word.text: word for word in read_words(_pages(one, None))}
    assert words["LỜI"].top - words["Lan"].bottom == pytest.approx(8 + 1.4, abs=1)
    assert 'w:before="454"' in part(write(one, None), "document")
    assert goes_on(signed, para("Đã nhận."))
    assert not goes_on(signed, Note("Ghi chú."))
