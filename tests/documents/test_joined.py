"""Several papers in one file: the pages, tags, headings and claims of each are still there."""

import re
from datetime import date
from io import BytesIO
from typing import Any

from pikepdf import Pdf
from pypdf import PdfReader

from documents.joined import Part, joined, page_count
from documents.model import Document, Heading, para
from documents.pdf import to_pdf
from documents.volume import starts

LETTERS = to_pdf(Document("so", "Số", date(2026, 12, 5), (para("Trang 0123456789"),)))


def with_id(opened: Pdf) -> list[Any]:
    found, waiting = [], list(opened.Root.StructTreeRoot.K)
    while waiting:
        element = waiting.pop()
        if hasattr(element, "keys"):
            found += [element] if "/ID" in element else []
            waiting += list(element.K) if "/K" in element else []
    return found


def test_what_is_joined_is_sound_tagged_and_claims_what_its_parts_claim(sample_pdf: bytes) -> None:
    parts = [Part(name, sample_pdf) for name in ("Một", "Hai", "Ba")]
    data = joined(parts, LETTERS, "Trang ")
    assert data == joined(parts, LETTERS, "Trang ")
    with Pdf.open(BytesIO(data)) as opened:
        assert opened.check_pdf_syntax() == []
        claims = opened.Root.Metadata.read_bytes()
        assert re.findall(rb'pdf(?:ua|a)id:(?:part|conformance)[=>]"?(\w)', claims) == [b"2", b"A", b"1"]
        nums = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in nums[::2]]
        assert keys == sorted({*keys})
        tagged = dict(zip(keys, nums[1::2], strict=True))
        for page in opened.pages:
            assert {element.Pg.objgen for element in tagged[int(page.obj.StructParents)]} == {page.obj.objgen}
        root = opened.Root.StructTreeRoot
        assert {kid.P.objgen for kid in root.K} == {root.objgen}
        named = with_id(opened)
        assert (len({bytes(one.ID) for one in named}), len(named) > 3) == (len(named), True)


def test_each_page_is_as_it_was_with_its_number_at_the_foot_and_a_bookmark_for_each_part(sample_pdf: bytes) -> None:
    first = to_pdf(Document("bia", "Bìa", date(2026, 12, 5), (Heading("Bìa"), para("Mục lục"))))
    reader = PdfReader(BytesIO(joined([Part("Bìa", first), Part("Hai", sample_pdf)], LETTERS, "Trang ")))
    alone = [page.extract_text() for part in (first, sample_pdf) for page in PdfReader(BytesIO(part)).pages]
    assert [page.extract_text() for page in reader.pages] == [
        f"{text}\nTrang {number}" for number, text in enumerate(alone, start=1)
    ]
    marks = [item for item in reader.outline if not isinstance(item, list)]
    assert [(mark.title, reader.get_destination_page_number(mark)) for mark in marks] == [("Bìa", 0), ("Hai", 1)]
    assert starts(page_count(first), [3, 2, 4]) == [2, 5, 7]


def test_printed_on_both_sides_each_part_begins_on_the_front_of_a_sheet(sample_pdf: bytes) -> None:
    """Else the wide margin of its first page would lie outside, where nothing is bound."""
    first = to_pdf(Document("bia", "Bìa", date(2026, 12, 5), (Heading("Bìa"), para("Mục lục"))))
    parts = [Part("Bìa", first), Part("Hai", sample_pdf), Part("Ba", first)]
    data = joined(parts, LETTERS, "Trang ", sheets=True)
    assert data == joined(parts, LETTERS, "Trang ", sheets=True)
    reader = PdfReader(BytesIO(data))
    assert [reader.pages[1].extract_text(), reader.pages[1].mediabox] == ["Trang 2", reader.pages[0].mediabox]
    marks = [item for item in reader.outline if not isinstance(item, list)]
    begins = [reader.get_destination_page_number(mark) + 1 for mark in marks]
    assert begins == [1, *starts(1, [page_count(sample_pdf), 1], sheets=True)]
    assert [page % 2 for page in begins] == [1, 1, 1]
    assert starts(3, [3, 2, 4], sheets=True) == [5, 9, 11]
    with Pdf.open(BytesIO(data)) as opened:
        assert opened.check_pdf_syntax() == []
