"""Writes the sheets of documents/xlsx.py with openpyxl, with which nothing is ever read."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from documents.xlsx import Sheet, Value

_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r")  # what a program that reads tables might take for a formula
_NO_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_RULE: Final = Side(style="thin", color="888888")
_RULES: Final = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_FACES: Final = {bold: Font(name="Times New Roman", size=12, bold=bold) for bold in (False, True)}
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_A4: Final = 9
_LONGEST: Final = 32_767  # letters in a cell


def written(sheets: Sequence[Sheet], day: date) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (it asks for none)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name.translate(_NO_NAME)[:31]), sheet)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    for number, (_, width) in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    top = len(sheet.head) + 2
    page.freeze_panes = f"A{top + 1}"
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for line in sheet.head:
        page.append([_cell(page, line, bold=True)])
    page.append([])
    page.append([_cell(page, title, bold=True, ruled=True, centred=True) for title, _ in sheet.columns])
    last = len(sheet.rows) - 1
    for number, row in enumerate(sheet.rows):
        page.append([_cell(page, value, bold=sheet.total and number == last, ruled=True) for value in row])
    if sheet.foot:
        page.append([])
        page.append([_cell(page, sheet.foot)])


def _cell(page: Any, value: Value, *, bold: bool = False, ruled: bool = False, centred: bool = False) -> Any:
    """A text is written as a string whatever it begins with, and quoted where a program might read more into it."""
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:_LONGEST]
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(_BEGINS)
    elif value is not None:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, (float, Decimal)):
        cell.number_format = "0.0"
    cell.font = _FACES[bold]
    if ruled:
        cell.border, cell.alignment = _RULES, _MIDDLE if centred else _TOP
    return cell
