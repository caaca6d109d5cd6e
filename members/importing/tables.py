"""A list as somebody brings it, a file or what was pasted: read as rows of text. What is in it is judged later.

An Excel file is looked at beside the server, within bounds of time and memory (documents/apart.py). A formula is what
its file says that it came to, a text is kept as it stands: zeros at its front too.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import unicodedata
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from documents.apart import Bounds, TooMuch, apart
from members.refusal import Refused
from members.text import clean_text, thousands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 40
MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 500
MAX_SHEETS = 50
ABOVE = 40  # lines of title and head that a list may have beside its rows
BOUNDS = Bounds(seconds=5, waits=15)  # five thousand rows take a tenth of a second

TOO_LONG = f"Danh sách dài quá {thousands(MAX_ROWS)} dòng. Xin tách thành nhiều lần."
TOO_WIDE = f"Danh sách có quá {MAX_COLUMNS} cột. Xin chỉ để các cột cần thêm."
TOO_MUCH = "Tệp Excel này mở ra quá lớn nên không đọc. Xin chép riêng bảng cần thêm sang một tệp mới, hoặc dán vào ô."
BROKEN = "Tệp Excel này hỏng, hoặc chưa tải lên hết. Xin mở lại, lưu lại rồi chọn lần nữa."
NO_LIST = "Không đọc được tệp này. Chỉ nhận Excel (.xlsx) hoặc CSV (chữ, ngăn bằng dấu phẩy, chấm phẩy hay tab)."
OLD_EXCEL = "Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Xin mở bằng Excel rồi lưu thành .xlsx không đặt mật khẩu."
NOTHING = "Không thấy dòng nào trong danh sách."

Table = list[list[str]]

_CELLS = "\t;,"


def read_upload(upload: UploadedFile) -> Table:
    """What the file is, its content says. Raises Refused at the field of the file."""
    size = upload.size or 0
    if size == 0:
        raise Refused("Tệp trống.", field="file")
    if size > MAX_BYTES:
        raise Refused(f"Tệp nặng {size / 1024 / 1024:.1f} MB, quá 2 MB.".replace(".", ",", 1), field="file")
    upload.seek(0)
    data = upload.read()
    try:
        if data.startswith(b"PK"):
            return _bounded(_unfolded(data))
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refused(OLD_EXCEL)
        return read_text(_decoded(data))
    except Refused as refused:
        raise Refused(refused.sentence, field="file") from None


def read_text(text: str) -> Table:
    """Cells end at a tab, else at a semicolon or a comma, whichever stands in most lines; else a line is a cell."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 3 * (MAX_ROWS + ABOVE):
        raise Refused(TOO_LONG)
    inside = {sign: sum(sign in line for line in lines) for sign in _CELLS}
    sign = next((one for one in _CELLS if inside[one] * 2 > len(lines)), "\t")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        raise Refused("Trong danh sách có một ô quá dài: có lẽ thiếu một dấu ngoặc kép đóng.") from None
    return _bounded([[clean_text(cell, lines=False) for cell in row] for row in rows])


def as_text(table: Table) -> str:
    """The same table, as the box of the page holds it; `read_text` reads it back."""
    kept = io.StringIO()
    csv.writer(kept, delimiter="\t", lineterminator="\n").writerows(table)
    return kept.getvalue()


def _bounded(table: Table) -> Table:
    """Every row as wide as the widest; empty rows stay, for people count lines."""
    while table and not any(table[-1]):
        table.pop()
    if not table:
        raise Refused(NOTHING)
    if sum(any(row) for row in table) > MAX_ROWS + ABOVE or len(table) > 3 * MAX_ROWS:
        raise Refused(TOO_LONG)
    width = max(max((at for at, cell in enumerate(row, 1) if cell), default=0) for row in table)
    if width > MAX_COLUMNS:
        raise Refused(TOO_WIDE)
    return [[*row[:width], *[""] * (width - len(row))] for row in table]


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 as Excel writes “Unicode Text”, or the code page of a Vietnamese Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = ["utf-16"]
    elif b"\0" in data[:64]:
        tried = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        tried = ["utf-8-sig", "cp1258"]
    for name in tried:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(letter) in ("Cc", "Cn") for letter in {*text} - {*"\t\r\n\x0b\x0c"}):
            return text
    raise Refused(NO_LIST)


def _unfolded(data: bytes) -> Table:
    try:
        said = json.loads(apart(_read_book, data, bounds=BOUNDS))
    except TooMuch:
        raise Refused(TOO_MUCH) from None
    except RuntimeError:  # the parser does not know what to do with it
        raise Refused(BROKEN) from None
    if isinstance(said, str):
        raise Refused(said)
    found: Table = said
    return found


def _read_book(data: bytes) -> bytes:
    """In the child: the rows of the first sheet that holds something, or a sentence."""
    return json.dumps(_judged(data) or _first_sheet(data)).encode()


def _judged(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return BROKEN
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return TOO_MUCH
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > MAX_SHEETS:
        return TOO_MUCH
    return "" if "xl/workbook.xml" in names else NO_LIST


def _first_sheet(data: bytes) -> Table | str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
            continue
        found = book.get_sheet_by_name(sheet.name)
        read = found.to_python(skip_empty_area=False, nrows=3 * MAX_ROWS)  # from line 1, for people count lines
        rows = [[_said(cell) for cell in row] for row in read]
        if any(any(row) for row in rows):
            return _unmerged(rows, found.merged_cell_ranges or ())
    return NOTHING


def _unmerged(rows: Table, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Table:
    """One cell over several rows holds for each of them: “dự bị” beside three names is three times said."""
    for (top, left), (bottom, _) in ranges:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
    return rows


def _said(cell: Any) -> str:
    """A cell as it would be typed: a day as 19/05/1980, a whole number without a point."""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    if isinstance(cell, bool | time | timedelta):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean_text(str(cell), lines=False)
