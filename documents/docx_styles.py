"""Owns the styles that Word shows by name, computed from the figures of a paper style."""

from dataclasses import dataclass, replace
from typing import Final, Literal
from xml.sax.saxutils import escape

from documents.docx_text import mm, points, pt
from documents.style import DASH, PaperStyle

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: How wide the Party's name is in bold, for each point of its size; Times New Roman and its twin agree.
PARTY_NAME_MM_PER_PT: Final = 72.85 / 15  # a hair more than its letters take, or the name breaks
RULE_PT: Final = 0.75  # below the Party's name, as thick as the browser's
RULE_BELOW_PT: Final = 3
USUAL_LINE_PT: Final = 18
END_PT: Final = 1  # the paragraph that Word asks for after a last table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style. `name` as Word lists it; English names are Word's own, which it shows in its language.

    `line_pt` is exact; `space_mm` makes an empty paragraph of that height.
    """

    key: str
    name: str
    size_pt: float
    line_pt: float
    before_pt: float = 0
    after_pt: float = 0
    align: Literal["left", "center", "right", "both"] = "left"
    first_line_mm: float = 0
    left_mm: float = 0
    beside_mm: float = 0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    keep_next: bool = False
    level: int | None = None
    more: str = ""  # borders and tabs: stand before the spacing

    def xml(self) -> str:
        own = "" if self.name.isascii() else ' w:customStyle="1"'
        outline = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        left, right, first = mm(self.left_mm + self.beside_mm), mm(self.beside_mm), mm(self.first_line_mm)
        indent = f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="{first}"/>' if left or right or first else ""
        face = ("<w:b/>" if self.bold else "") + ("<w:i/>" if self.italic else "")
        face += f'<w:sz w:val="{round(self.size_pt * 2)}"/><w:szCs w:val="{round(self.size_pt * 2)}"/>'
        face += '<w:u w:val="single"/>' if self.underlined else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.key}"{own}><w:name w:val="{escape(self.name)}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if self.keep_next else ""}{self.more}'
            f'<w:spacing w:before="{pt(self.before_pt)}" w:after="{pt(self.after_pt)}" '
            f'w:line="{pt(self.line_pt)}" w:lineRule="exact"/>{indent}<w:jc w:val="{self.align}"/>{outline}</w:pPr>'
            f"<w:rPr>{face}</w:rPr></w:style>"
        )


def _of_text(paper: PaperStyle) -> tuple[_Style, ...]:
    body = _Style(
        key="BodyText",
        name="Body Text",
        size_pt=paper.body_pt,
        line_pt=paper.line_pt,
        before_pt=paper.between_paragraphs_pt,
        align="both",
        first_line_mm=paper.first_line_mm,
    )
    heading = replace(body, align="left", bold=True, keep_next=True)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    note = replace(body, first_line_mm=0, size_pt=paper.note_pt, line_pt=paper.note_pt * 1.25)
    return (
        body,
        replace(body, key="BodyFlush", name="Đoạn không thụt", first_line_mm=0),
        replace(body, key="ListBullet", name="List Bullet", more=numbered),
        replace(heading, key="Heading1", name="heading 1", level=0),
        replace(heading, key="Heading2", name="heading 2", level=1),
        replace(heading, key="Heading3", name="heading 3", level=2, italic=True),
        replace(note, key="Note", name="Ghi chú"),
    )


def _of_head(paper: PaperStyle) -> tuple[_Style, ...]:
    line = paper.line_pt
    space = max(RULE_BELOW_PT - round((line - USUAL_LINE_PT) * 0.6), 0)  # Word: below the line; print: below the name
    under = space + RULE_PT
    beside = (paper.right_block_mm - PARTY_NAME_MM_PER_PT * paper.party_name_pt) / 2
    return (
        _Style(key="Superior", name="Cấp trên", size_pt=paper.superior_pt, line_pt=line, align="center"),
        _Style(key="Issuer", name="Nơi ban hành", size_pt=paper.issuer_pt, line_pt=line, align="center", bold=True),
        _Style(key="Star", name="Dấu sao", size_pt=paper.body_pt, line_pt=line, align="center"),
        _Style(key="Number", name="Số và ký hiệu", size_pt=paper.number_pt, line_pt=line, align="center"),
        _Style(
            key="Party",
            name="Tên Đảng",
            size_pt=paper.party_name_pt,
            line_pt=line,
            align="center",
            bold=True,
            beside_mm=beside,
            more=f'<w:pBdr><w:bottom w:val="single" w:sz="{round(RULE_PT * 8)}" w:space="{space}" '
            'w:color="000000"/></w:pBdr>',
        ),
        _Style(
            key="Day",
            name="Địa danh, ngày tháng",
            size_pt=paper.day_pt,
            line_pt=line,
            before_pt=12 - under,
            align="center",
            italic=True,
        ),
        _Style(
            key="Title",
            name="Title",
            size_pt=paper.kind_pt,
            line_pt=paper.kind_pt * 1.25,
            before_pt=points(paper.above_title_mm),
            align="center",
            bold=True,
            keep_next=True,
        ),
        _Style(
            key="Subtitle",
            name="Subtitle",
            size_pt=paper.abstract_pt,
            line_pt=line,
            align="center",
            bold=True,
            keep_next=True,
        ),
        _Style(
            key="Hyphens",
            name="Gạch dưới trích yếu",
            size_pt=paper.body_pt,
            line_pt=line,
            align="center",
            keep_next=True,
        ),
    )


def _of_tables(paper: PaperStyle) -> tuple[_Style, ...]:
    cell = _Style(key="CellLeft", name="Chữ trong bảng", size_pt=paper.table_pt, line_pt=paper.table_pt * 1.25)
    title = replace(cell, align="center", bold=True, keep_next=True)
    above = paper.between_paragraphs_pt
    return (
        _Style(key="Gap", name="Khoảng cách giữa hai bảng", size_pt=1, line_pt=above, keep_next=True),
        replace(title, key="Caption", name="caption", before_pt=above, after_pt=3),
        replace(title, key="ColumnTitle", name="Tên cột"),
        cell,
        replace(cell, key="CellCenter", name="Chữ trong bảng, giữa", align="center"),
        replace(cell, key="CellRight", name="Chữ trong bảng, phải", align="right"),
    )


def _of_ending(paper: PaperStyle) -> tuple[_Style, ...]:
    name = _Style(
        key="Signature", name="Signature", size_pt=paper.signature_pt, line_pt=paper.line_pt, align="center", bold=True
    )
    post = replace(name, key="Post", name="Chức vụ người ký", bold=False, keep_next=True)
    note, list_of = paper.note_pt, paper.recipients_pt
    return (
        replace(post, key="Authority", name="Thay mặt", bold=True),
        post,
        replace(post, key="Signed", name="Ghi chú ký", size_pt=note, line_pt=note * 1.25, italic=True),
        name,
        _Style(
            key="RecipientsTitle",
            keep_next=True,
            name="Nơi nhận",
            size_pt=paper.recipients_title_pt,
            line_pt=paper.line_pt,
            underlined=True,
        ),
        _Style(key="Recipients", name="Danh sách nơi nhận", size_pt=list_of, line_pt=list_of * 1.25, keep_next=True),
        _Style(key="End", name="Hết", size_pt=1, line_pt=END_PT),
    )


def _of_margins(paper: PaperStyle) -> tuple[_Style, ...]:
    tabs = (
        f'<w:tabs><w:tab w:val="center" w:pos="{mm(paper.text_width_mm / 2)}"/>'
        f'<w:tab w:val="right" w:pos="{mm(paper.text_width_mm)}"/></w:tabs>'
    )
    size = paper.page_number_pt
    return (
        _Style(key="Header", name="header", size_pt=size, line_pt=size, more=tabs),
        _Style(key="Footer", name="footer", size_pt=paper.note_pt, line_pt=paper.note_pt * 1.25, align="center"),
        _Style(key="Code", name="Ký hiệu mẫu", size_pt=paper.note_pt, line_pt=paper.note_pt),
        _Style(key="Proof", name="Mã kiểm tra", size_pt=9, line_pt=11.25),
        _Style(
            key="Wrong",
            name="Cảnh báo",
            size_pt=paper.body_pt,
            line_pt=paper.line_pt,
            after_pt=points(6),
            bold=True,
            more="<w:pBdr>"
            + "".join(
                f'<w:{side} w:val="single" w:sz="12" w:space="6" w:color="B00000"/>'
                for side in ("top", "left", "bottom", "right")
            )
            + "</w:pBdr>",
        ),
    )


def _of_slips(paper: PaperStyle) -> tuple[_Style, ...]:
    note, table, body = paper.note_pt, paper.table_pt, paper.body_pt
    small = _Style(key="SlipText", name="Phiếu: dịp", size_pt=note, line_pt=note * 1.25, align="center")
    large = replace(small, size_pt=body, line_pt=body * 1.25)
    air = points(2)
    return (
        small,
        replace(small, key="SlipIssuer", name="Phiếu: nơi phát", bold=True),
        replace(large, key="SlipTitle", name="Phiếu: tên", before_pt=points(3), bold=True),
        _Style(
            key="SlipQuestion",
            name="Phiếu: điều hỏi",
            size_pt=table,
            line_pt=table * 1.25,
            before_pt=air,
            after_pt=air,
        ),
        replace(large, key="SlipChoice", name="Phiếu: lựa chọn", before_pt=air, align="left", left_mm=8),
        replace(small, key="SlipHow", name="Phiếu: cách ghi", before_pt=points(3), italic=True),
    )


def styles_xml(paper: PaperStyle, language: str) -> str:
    """`language` as in a Document: "vi"."""
    of_all = (_of_text, _of_head, _of_tables, _of_ending, _of_margins, _of_slips)
    face = escape(paper.fonts[0])
    size = round(paper.body_pt * 2)
    tongue = "vi-VN" if language == "vi" else escape(language)
    return (
        f"{_XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        f'<w:kern w:val="2"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{tongue}" w:eastAsia="{tongue}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{pt(paper.line_pt)}" w:lineRule="exact"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_GRID}</w:tblBorders><w:tblCellMar>{_PADDING}</w:tblCellMar></w:tblPr></w:style>"
        + "".join(style.xml() for styles in of_all for style in styles(paper))
        + "</w:styles>"
    )


_GRID: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# In the browser half a border and a rounding are taken from a cell's width as well.
_PADDING: Final = "".join(
    f'<w:{side} w:w="{pt(width)}" w:type="dxa"/>'
    for side, width in (("top", 1), ("left", 4.35), ("bottom", 1), ("right", 4.35))
)

#: The one list: a dash and a space before each item, no hanging indent.
NUMBERING: Final = (
    f'{_XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
    f'<w:lvlText w:val="{DASH.strip()}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def settings_xml(paper: PaperStyle) -> str:
    """A line that is broken by hand is not stretched; tables begin at the margin, as since Word 2013."""
    return (
        f"{_XML}<w:settings {W}>{'<w:mirrorMargins/>' if paper.two_sided else ''}"
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )
