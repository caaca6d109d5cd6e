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
