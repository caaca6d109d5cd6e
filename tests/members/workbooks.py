"""Small Excel files, written by hand: only what a reader of them looks at."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook {_MAIN} xmlns:r="{_LINKS}"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet {_MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    ),
}


def workbook(rows: list[list[Any]], far: str = "", merged: tuple[str, ...] = ()) -> bytes:
    """Texts, numbers, days; a formula as (formula, what it came to). `far`: one more cell, there; `merged`: "A1:A3"."""
    lines = [
        f'<row r="{at}">'
        + "".join(_cell(f"{chr(65 + column)}{at}", value) for column, value in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, 1)
    ]
    if far:
        lines.append(f'<row r="1048576">{_cell(far, "x")}</row>')
    joined = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    joined = f"<mergeCells>{joined}</mergeCells>" if joined else ""
    sheet = f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData>{joined}</worksheet>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _cell(at: str, value: Any) -> str:
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, float | int):
        return f'<c r="{at}"><v>{value}</v></c>'
    if isinstance(value, tuple):
        return f'<c r="{at}" t="str"><f>{escape(value[0][1:])}</f><v>{escape(value[1])}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
