"""What leaves for Excel: figures are figures, and what somebody typed is text whatever it begins with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from documents.xlsx import Sheet, to_xlsx

DAY = date(2026, 12, 31)
COLUMNS = (("Đơn vị", 30), ("Số", 10))


def written(*rows: tuple[object, ...], **more: object) -> bytes:
    return to_xlsx([Sheet("Tổng hợp", ("ĐẢNG UỶ",), COLUMNS, rows, **more)], DAY)  # type: ignore[arg-type]


def xml(file: bytes, name: str) -> str:
    with ZipFile(BytesIO(file)) as kept:
        return kept.read(name).decode()


@pytest.mark.parametrize("text", ["=1+1", "+84", "-Chi bộ 5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    file = written((text, 1))
    page = xml(file, "xl/worksheets/sheet1.xml")
    assert ("<f>" in page, "<f " in page) == (False, False)
    assert "quotePrefix" in xml(file, "xl/styles.xml")
    read = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()
    assert read[-1][0].strip() == text.strip()


def test_figures_and_days_are_figures_and_days_and_nothing_is_nothing() -> None:
    file = written(("A", 7), ("B", Decimal("95.5")), ("C", date(2026, 12, 3)), ("D", None), total=True, foot="Ghi chú")
    read = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in read[3:7]] == [7, 95.5, date(2026, 12, 3), ""]
    assert 'numFmtId="164"' in xml(file, "xl/styles.xml")  # one decimal: 95,5 and 96,0 below each other
    assert (read[0][0], read[2], read[-1][0]) == ("ĐẢNG UỶ", ["Đơn vị", "Số"], "Ghi chú")


def test_signs_that_no_file_may_hold_and_names_that_no_sheet_may_have_do_no_harm() -> None:
    file = to_xlsx([Sheet("a/b:c" * 9, (), COLUMNS, (("x\x00y", 1),))], DAY)
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    assert book.sheet_names[0].startswith("a b c")
    assert book.get_sheet_by_index(0).to_python()[-1][0] == "x y"


def test_it_says_of_itself_no_hour_and_no_author() -> None:
    told = xml(written(("A", 1)), "docProps/core.xml")
    assert ("2026-12-31T00:00:00Z" in told, "openpyxl" in told) == (True, False)
