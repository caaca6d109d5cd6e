"""Owns the Word file of a paper: the same blocks and figures as the PDF, the same bytes for the same document."""

from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.package import Package

from documents import glyphs
from documents.apart import Watch, apart
from documents.docx_blocks import NARROW_MARGIN_MM, code_of, written
from documents.docx_styles import NUMBERING, W, settings_xml, styles_xml
from documents.docx_text import drawing, legal, mm, paragraph, text
from documents.fit import Fit, fitting
from documents.html import unprintable
from documents.model import Block, Document, Picture, Slips
from documents.pdf import AT_LEISURE
from documents.proof import QR_SAID, Proof, picture
from documents.style import PaperStyle
from documents.turn import turn

#: What it is called over HTTP.
CONTENT: Final = CONTENT_TYPE.WML_DOCUMENT

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACES: Final = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive knows
_PAGE: Final = '<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
_QR_MM: Final = 13
_CODE_MM: Final = 14  # from the edge of the page to the code of a form


def to_docx(document: Document, proof: Proof | None = None) -> bytes:
    """Reads nothing but the document and its proof: no file, no network. Raises TooMuch or Busy."""
    with turn():
        return apart(write, document, proof)


def to_docx_at_leisure(document: Document, proof: Proof | None, watch: Watch) -> bytes:
    """The same bytes, outside a request. Raises TooMuch."""
    return apart(write, document, proof, bounds=AT_LEISURE, watch=watch)


def write(document: Document, proof: Proof | None = None) -> bytes:
    """In this process."""
    fit = fitting(document)
    paper = fit.paper
    package = Package()
    body = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, None, package)
    package.relate_to(body, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    _tell(package, document)
    for name, content, kind, xml in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_xml(paper, document.language)),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings_xml(paper)),
        ("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, NUMBERING),
    ):
        body.relate_to(Part(PackURI(f"/word/{name}.xml"), content, xml.encode(), package), kind)
    body._blob = _body(document, proof, fit, body, package).encode()
    return _zipped(package)


def _tell(package: Package, document: Document) -> None:
    """What the paper says of itself: no author, no machine, no hour."""
    told = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    day = datetime.combine(document.day, time(), UTC)
    properties = told.core_properties
    properties.title, properties.language = legal(glyphs.shown(document.title))[:255], document.language
    properties.created, properties.modified = day, day
    package.relate_to(told, RELATIONSHIP_TYPE.CORE_PROPERTIES)


def _body(document: Document, proof: Proof | None, fit: Fit, body: Part, package: Package) -> str:
    paper = fit.paper
    code, blocks = code_of(document)
    pictures = _pictures(blocks, body, package)
    first = _header(document, paper, body, package, number=1, code=code)
    later = _header(document, paper, body, package, number=2)
    plain = _header(document, paper, body, package, number=3)
    foot = _footer(document, body, package)
    parts = [
        (slips, written(group, paper, end=fit.ending, pictures=pictures))
        for slips, group in groupby(blocks, lambda block: isinstance(block, Slips))
    ]
    said = [paragraph("Wrong", text(proof.wrong))] if proof is not None and proof.wrong else []
    for number, (slips, xml) in enumerate(parts or [(False, "")], start=1):
        last = number >= len(parts)
        above = (plain, plain) if slips else (first, later) if number == 1 else (later, later)
        section = _section(paper, slips, above, foot)
        said.append(xml)
        if last and unprintable(document):
            said.append(paragraph("Note", text(glyphs.SAID)))
        if last:
            said += [_proof(proof, paper, body, package), paragraph("End", ""), section]
        else:
            said.append(paragraph("End", "", section))
    return f"{_XML}<w:document {_SPACES}><w:body>{''.join(said)}</w:body></w:document>"


def _pictures(blocks: Iterable[Block], body: Part, package: Package) -> dict[Picture, str]:
    """Each photograph once, and how the body calls it."""
    found = dict.fromkeys(block for block in blocks if isinstance(block, Picture))
    return {
        block: body.relate_to(
            Part(PackURI(f"/word/media/photo{number}.jpeg"), CONTENT_TYPE.JPEG, b64decode(block.jpeg), package),
            RELATIONSHIP_TYPE.IMAGE,
        )
        for number, block in enumerate(found, start=1)
    }


def _section(paper: PaperStyle, slips: bool, headers: tuple[str, str], foot: str) -> str:
    margins = (paper.margin_top_mm, paper.margin_right_mm, paper.margin_bottom_mm, paper.margin_left_mm)
    top, right, bottom, left = (mm(NARROW_MARGIN_MM if slips else margin) for margin in margins)
    first, later = headers
    edge = mm(0 if slips else paper.page_number_from_edge_mm)  # the empty line of a header pushes what is below it
    below = mm(paper.margin_bottom_mm - 3 - paper.note_pt * 1.25 * 25.4 / 72) if foot else edge  # its last line
    return (
        f'<w:sectPr><w:headerReference w:type="first" r:id="{first}"/>'
        f'<w:headerReference w:type="default" r:id="{later}"/>{foot}'
        f'<w:pgSz w:w="{mm(paper.page_width_mm)}" w:h="{mm(paper.page_height_mm)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{edge}" w:footer="{below}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _header(document: Document, paper: PaperStyle, body: Part, package: Package, *, number: int, code: str = "") -> str:
    """Of the first page, of the later ones (2), and of pages that are cut up (3). Returns how the body calls it."""
    tab = "<w:r><w:tab/></w:r>"
    page = _PAGE if number == paper.first_numbered_page else ""
    size = f'<w:b/><w:sz w:val="{paper.note_pt * 2}"/><w:szCs w:val="{paper.note_pt * 2}"/>'
    mark = tab + text(document.mark, size) if document.mark else ""
    lower = _CODE_MM - paper.page_number_from_edge_mm
    inner = paragraph("Header", tab + page + mark if page or mark else "")
    if code:
        spacing = f'<w:spacing w:line="{mm(lower)}" w:lineRule="exact"/>'
        inner = paragraph("Header", tab + mark if mark else "", spacing) + paragraph("Code", text(code))
    xml = f"{_XML}<w:hdr {_SPACES}>{inner}</w:hdr>"
    part = Part(PackURI(f"/word/header{number}.xml"), CONTENT_TYPE.WML_HEADER, xml.encode(), package)
    return body.relate_to(part, RELATIONSHIP_TYPE.HEADER)


def _footer(document: Document, body: Part, package: Package) -> str:
    """What stands below every page: how a section names it; nothing where nothing does."""
    if not document.foot:
        return ""
    xml = f"{_XML}<w:ftr {_SPACES}>{paragraph('Footer', text(document.foot))}</w:ftr>"
    part = Part(PackURI("/word/footer1.xml"), CONTENT_TYPE.WML_FOOTER, xml.encode(), package)
    called = body.relate_to(part, RELATIONSHIP_TYPE.FOOTER)
    return "".join(f'<w:footerReference w:type="{which}" r:id="{called}"/>' for which in ("first", "default"))


def _proof(proof: Proof | None, paper: PaperStyle, body: Part, package: Package) -> str:
    """In the bottom margin of the last page: the square, and beside it what it stands for."""
    if proof is None or proof.wrong:
        return ""
    top, square, beside = paper.page_height_mm - paper.margin_bottom_mm + 2, "", 0
    if proof.address:
        image = Part(PackURI("/word/media/image1.png"), CONTENT_TYPE.PNG, picture(proof), package)
        called = body.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        loose = '<w:spacing w:line="240" w:lineRule="auto"/>'
        square = paragraph(
            "Proof", drawing(called, 1, "QR", QR_SAID, (_QR_MM, _QR_MM)), _frame(0, top, _QR_MM, _QR_MM) + loose
        )
        beside = _QR_MM + 3
    words = paragraph("Proof", text(proof.sentence), _frame(beside, top, paper.text_width_mm - beside, _QR_MM))
    return square + words


def _frame(left: float, top: float, width: float, height: float) -> str:
    """Millimetres from the left margin and from the top of the page. To Word a 0 would mean something else."""
    return (
        f'<w:framePr w:w="{mm(width)}" w:h="{mm(height)}" w:hRule="exact" w:wrap="around" w:vAnchor="page" '
        f'w:hAnchor="margin" w:x="{mm(left) or 1}" w:y="{mm(top)}"/>'
    )


def _zipped(package: Package) -> bytes:
    """Without the hour at which it was packed."""
    packed, quiet = BytesIO(), BytesIO()
    package.save(packed)
    with ZipFile(packed) as found, ZipFile(quiet, "w", ZIP_DEFLATED) as archive:
        for name in found.namelist():
            entry = ZipInfo(name, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, found.read(name))
    return quiet.getvalue()
