"""Owns how each kind of block stands in a Word file: one writer for each, in the measures of the paper's style."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from types import MappingProxyType
from typing import Any, Final

from documents import style
from documents.breaks import ending, goes_on, one_by_one
from documents.chart import Chart
from documents.docx_text import drawing, mm, paragraph, points, pt, runs, text
from documents.html import is_tall
from documents.model import (
    Block,
    Bullets,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Picture,
    Recipients,
    Signature,
    Signatures,
    Slips,
    Table,
    Title,
    para,
)

_KEEP: Final = "<w:keepNext/>"
_TABLES: Final = (Head, Table, Signatures, Slips)
NARROW_MARGIN_MM: Final = 12  # of pages that are cut up


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: on a paper of this style, between these two others; `ending`: kept with what follows."""

    paper: style.PaperStyle
    block: Block
    before: Block | None = None
    after: Block | None = None
    ending: bool = False
    pictures: Mapping[Picture, str] = field(default_factory=dict)  # how the file calls each

    @property
    def keep(self) -> str:
        """What comes before signatures goes with them to their page."""
        return _KEEP if self.ending or isinstance(self.after, Signatures) else ""

    @property
    def room(self) -> str:
        """A table has no air of its own above it; what goes on below signatures stands apart from them."""
        above = points(self.paper.above_signatures_mm) if goes_on(self.before, self.block) else 0
        below = _above(self.after, self.paper)
        told = (f'w:{side}="{pt(room)}"' for side, room in (("before", above), ("after", below)) if room)
        return f"<w:spacing {' '.join(told)}/>" if above or below else ""

    @property
    def gap(self) -> str:
        """Two tables with nothing between them would be one."""
        if not isinstance(self.before, _TABLES):
            return ""
        return paragraph("Gap", "", f'<w:spacing w:line="{pt(_above(self.block, self.paper))}" w:lineRule="exact"/>')


def _above(block: Block | None, paper: style.PaperStyle) -> float:
    """In points."""
    if isinstance(block, Signatures):
        return points(paper.above_signatures_mm)
    return paper.between_paragraphs_pt if isinstance(block, Table) and not block.caption else 0


def _lines(key: str, words: str) -> str:
    return paragraph(key, text(words, joined=False)) if words else ""


def _head(block: Head, at: Place) -> str:
    left, right = mm(at.paper.left_block_mm), mm(at.paper.text_width_mm) - mm(at.paper.left_block_mm)
    between = right - mm(at.paper.right_block_mm)
    from_whom = (
        paragraph("Superior", text(block.superior))
        + paragraph("Issuer", text(block.issuer))
        + paragraph("Star", text(style.STAR))
        + _lines("Number", block.number)
    )
    under = paragraph("Party", text(style.PARTY_NAME)) + _lines("Day", block.place_and_day)
    margin = f'<w:tcMar><w:left w:w="{between}" w:type="dxa"/></w:tcMar>'
    return _table((left, right), _row(_cell(left, from_whom) + _cell(right, under, margin)))


def _title(block: Title, at: Place) -> str:
    abstract = "".join(paragraph("Subtitle", text(line)) for line in block.abstract)
    return paragraph("Title", text(block.kind)) + abstract + paragraph("Hyphens", text(style.HYPHENS), at.room)


def _heading(block: Heading, at: Place) -> str:
    page = "<w:pageBreakBefore/>" if block.new_page else ""
    return paragraph(f"Heading{block.level}", text(block.text), page + at.room)


def _paragraph(block: Paragraph, at: Place) -> str:
    keep = _KEEP if block.is_label else at.keep
    return paragraph("BodyText" if block.indent else "BodyFlush", runs(block.runs), keep + at.room)


def _bullets(block: Bullets, at: Place) -> str:
    last = len(block.items) - 1
    return "".join(
        paragraph("ListBullet", runs(item), at.keep + at.room if number == last else _KEEP if at.ending else "")
        for number, item in enumerate(block.items)
    )


def _note(block: Note, at: Place) -> str:
    keep = _KEEP if isinstance(at.before, Heading) else at.keep
    return paragraph("Note", text(block.text), keep + at.room)


_CELLS: Final = {"left": "CellLeft", "center": "CellCenter", "right": "CellRight"}


def _grid(block: Table, at: Place) -> str:
    """Its titles come back on every page, no row is torn unless it may fill one, and no single row is left alone."""
    widths = _shares(tuple(column.width for column in block.columns), mm(at.paper.text_width_mm))
    before = paragraph("Caption", text(block.caption)) if block.caption else at.gap
    titles = "".join(
        _cell(width, paragraph("ColumnTitle", text(column.title)), '<w:vAlign w:val="center"/>')
        for width, column in zip(widths, block.columns, strict=True)
    )
    rows = [_row(titles, "<w:cantSplit/><w:tblHeader/>")]
    last = len(block.rows) - 1
    for number, row in enumerate(block.rows):
        tall = is_tall(row)
        beside = (number == 0 < last) or (number == last - 1 > 0 and not is_tall(block.rows[last]))
        keep = _KEEP if not tall and (beside or (number == last and at.keep)) else ""
        face = "<w:b/>" if block.total and number == last else ""
        cells = "".join(
            _cell(width, paragraph(_CELLS[column.align], text(cell, face), keep))
            for width, column, cell in zip(widths, block.columns, row, strict=True)
        )
        rows.append(_row(cells, "" if tall else "<w:cantSplit/>"))
    return before + _table(widths, "".join(rows), "TableGrid")


def _signatures(block: Signatures, at: Place) -> str:
    """Rows that no page parts: who signs, the room to sign in, and the names where they are known."""
    whole = mm(at.paper.text_width_mm)
    widths = (whole // 2, whole - whole // 2)
    beside = mm(3)
    margins = f'<w:tcMar><w:left w:w="{beside}" w:type="dxa"/><w:right w:w="{beside}" w:type="dxa"/></w:tcMar>'
    sides = [_signature(block.left), _signature(block.right)]
    columns = [[_cell(width, inner, margins) for inner in side] for width, side in zip(widths, sides, strict=True)]
    if block.recipients:
        columns[0] = _recipients(block.recipients, at.paper, widths[0])
    room = pt(at.paper.signature_blank_lines * at.paper.line_pt)
    sizes = ["", f'<w:trHeight w:val="{room}" w:hRule="atLeast"/>']
    if any(half and half.name for half in (block.left, block.right)):
        sizes.append("")
    rows = "".join(
        _row(left + right, f"<w:cantSplit/>{size}") for left, right, size in zip(*columns, sizes, strict=False)
    )
    return at.gap + _table(widths, rows)


def _signature(signature: Signature | None) -> tuple[str, str, str]:
    if signature is None:
        return (paragraph("Post", ""), paragraph("Signed", ""), paragraph("Signature", ""))
    roles = "".join(
        paragraph("Post" if number else "Authority", text(line)) for number, line in enumerate(signature.role_lines)
    )
    return (
        roles or paragraph("Authority", ""),
        paragraph("Signed", text(signature.note) if signature.note else ""),
        paragraph("Signature", text(signature.name)),
    )


def _recipients(recipients: Recipients, paper: style.PaperStyle, width: int) -> list[str]:
    """One cell beside all three rows."""
    lines = paper.recipient_lines(recipients.items, recipients.file_copy)
    inner = paragraph("RecipientsTitle", text(style.RECIPIENTS_TITLE)) + "".join(
        paragraph("Recipients", text(line)) for line in lines
    )
    first = _cell(width, inner, '<w:vMerge w:val="restart"/>')
    return [first, *[_cell(width, paragraph("Recipients", ""), "<w:vMerge/>")] * 2]


def _slips(block: Slips, at: Place) -> str:
    """In rows of two, so that one cut parts a row; a last one that is left over has its row to itself."""
    width = mm((at.paper.page_width_mm - 2 * NARROW_MARGIN_MM) / 2)
    slip = (
        paragraph("SlipIssuer", text(block.issuer))
        + paragraph("SlipText", text(block.occasion))
        + paragraph("SlipTitle", text(block.title))
        + paragraph("SlipQuestion", text(block.question))
        + "".join(paragraph("SlipChoice", text(f"{style.BOX} {choice}")) for choice in block.choices)
        + paragraph("SlipHow", text(block.how))
    )
    edges = "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    around = "".join(
        f'<w:{side} w:w="{mm(room)}" w:type="dxa"/>'
        for side, room in (("top", 4), ("left", 5), ("bottom", 4), ("right", 5))
    )
    filled = _cell(width, slip, f"<w:tcBorders>{edges}</w:tcBorders><w:tcMar>{around}</w:tcMar>")
    empty = _cell(width, paragraph("SlipText", ""))
    rows = (
        filled * min(2, block.count - first) + empty * (first + 1 == block.count) for first in range(0, block.count, 2)
    )
    return _table((width, width), "".join(_row(row, "<w:cantSplit/>") for row in rows))


def _picture(block: Picture, at: Place) -> str:
    """The photograph and its words on one page; its line is as high as it is."""
    size = block.size_mm(at.paper.text_width_mm)
    number = 2 + list(at.pictures).index(block)  # 1 is the square of a sealed paper
    loose = f'<w:spacing w:before="{pt(at.paper.between_paragraphs_pt)}" w:line="240" w:lineRule="auto"/>'
    shown = drawing(at.pictures[block], number, "Ảnh", block.caption, size)
    return paragraph("Caption", shown, _KEEP + loose) + paragraph(
        "Caption", text(block.caption, '<w:b w:val="0"/><w:i/>'), at.keep + at.room
    )


def _chart(block: Chart, at: Place) -> str:
    """Its figures in words: a drawing that every office program shows would be another one than that of the print."""
    loose = f'<w:spacing w:before="{pt(at.paper.between_paragraphs_pt)}"/>'
    said = paragraph("Caption", text(block.caption), _KEEP + loose)
    return said + _paragraph(para(block.described()), at)


#: What stands on paper, kind by kind.
WRITERS: Final[dict[type, Callable[[Any, Place], str]]] = {
    Head: _head,
    Title: _title,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _grid,
    Signatures: _signatures,
    Note: _note,
    Slips: _slips,
    Picture: _picture,
    Chart: _chart,
}


def written(
    blocks: Iterable[Block],
    paper: style.PaperStyle,
    *,
    end: bool = False,
    pictures: Mapping[Picture, str] = MappingProxyType({}),
) -> str:
    """An empty paragraph takes no room, as on the other papers. `pictures`: how the file calls each."""
    shown = one_by_one(blocks)
    around = zip_longest((None, *shown), shown, shown[1:], ending(shown, end))
    return "".join(
        WRITERS[type(block)](block, Place(paper, block, before, after, bool(kept), pictures))
        for before, block, after, kept in around
        if block
    )


def code_of(document: Document) -> tuple[str, tuple[Block, ...]]:
    """The code of a form, which stands in the margin above its head, and the blocks without it."""
    first = document.blocks[:2]
    if len(first) == 2 and isinstance(first[0], Note) and isinstance(first[1], Head):
        return first[0].text, document.blocks[1:]
    return "", document.blocks


def _shares(widths: tuple[int, ...], whole: int) -> tuple[int, ...]:
    """Stretched or squeezed to the text's width, to the last twentieth of a point."""
    edges = [round(sum(widths[:number]) * whole / sum(widths)) for number in range(len(widths) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _table(widths: tuple[int, ...], rows: str, key: str = "TableNormal") -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{key}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cell(width: int, inner: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'
