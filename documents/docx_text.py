"""Owns how words become WordprocessingML: paragraphs and runs as typed, in lengths that Word counts in."""

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from documents import glyphs
from documents.html import UNIT
from documents.model import Run, canonical_text

#: What no XML may hold, not even escaped.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES: Final = re.compile(r"[ \t]+")
_EMU: Final = 36000  # in a millimetre


def mm(length: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    return round(length * 20)


def points(millimetres: float) -> float:
    return millimetres * 72 / 25.4


def text(words: str, face: str = "", *, joined: bool = True) -> str:
    """What a paragraph says; `face` is what it has beyond its style. Several spaces are one, as on the other papers.

    `joined`: "ngày 05" stays on one line.
    """
    return _run(words.removesuffix("\n"), face, joined)


def runs(parts: Sequence[Run]) -> str:
    last = len(parts) - 1
    return "".join(
        _run(
            part.text.removesuffix("\n") if number == last else part.text,
            ("<w:b/>" if part.bold else "") + ("<w:i/>" if part.italic else ""),
            joined=True,
        )
        for number, part in enumerate(parts)
    )


def _run(words: str, face: str, joined: bool) -> str:
    plain = legal(glyphs.shown(_SPACES.sub(" ", canonical_text(words))))
    if joined and any(map(str.isdigit, plain)):
        plain = UNIT.sub(lambda found: found[0].replace(" ", "\u00a0"), plain)
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in plain.split("\n"))
    properties = f"<w:rPr>{face}</w:rPr>" if face else ""
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def legal(words: str) -> str:
    """Without what no XML may hold."""
    return _NO_XML.sub("", words)


def paragraph(style: str, inner: str, more: str = "") -> str:
    """`more`: what it has beyond its style, in the order that the schema asks for."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def attribute(words: str) -> str:
    """In quotation marks."""
    return quoteattr(legal(canonical_text(words)))


def drawing(called: str, number: int, name: str, said: str, size_mm: tuple[float, float]) -> str:
    """A picture in the line, by what the body calls it; `said` to whoever does not see it."""
    side = 'cx="{}" cy="{}"'.format(*(round(edge * _EMU) for edge in size_mm))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {side}/>'
        f'<wp:docPr id="{number}" name="{name}" descr={attribute(said)}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{called}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {side}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
