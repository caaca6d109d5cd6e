"""Reckons how many pages a paper has without setting it: in a hundredth of the time, and now and then a line wrong.

A PDF is set more tightly where that saves a page (documents/pdf.py), and a Word file has to do the same. Where it is
clear what comes of it, the PDF is laid out so at once.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from documents import style
from documents.breaks import ending, goes_on, is_whole, one_by_one
from documents.chart import Chart
from documents.docx_blocks import code_of
from documents.html import is_tall
from documents.model import (
    Bullets,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Signature,
    Signatures,
    Slips,
    Table,
    Title,
)

SHORT: Final = 8  # pages; of longer papers the last one is as it comes
ENOUGH: Final = 1 / 3  # of the height of a page; two lines and the signatures below them fill less
WRONG: Final = 0.06  # of the height of a page, some two lines: more than the reckoning is wrong by

#: How wide letters are in Times New Roman, in thousandths of its size; with a mark above or below they are as wide.
_REGULAR: Final = {
    180: "'", 200: "|", 250: " \u00a0,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr‘’", 350: "•", 389: "Js", 408: '"',
    444: "?acez“”", 469: "^", 480: "{}", 529: "ơ", 541: "~", 542: "ư", 556: "FPS", 564: "+<=>×", 604: "□",
    611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư", 778: "&m", 833: "%", 889: "M", 921: "@", 944: "W",
    1000: "—…",
}  # fmt: skip
_BOLD: Final = {
    220: "|", 250: " \u00a0,.", 278: "'/\\il", 333: "!()-:;[]`fjt‘’", 350: "•", 389: "Is", 394: "{}", 444: "cerz",
    520: "~", 554: "ơ", 555: '"', 556: "Sbdhknpquđ", 570: "+<=>×", 581: "^", 600: "ư", 604: "□", 611: "FP",
    667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư", 833: "&m", 930: "@", 944: "M", 1000: "%W—…",
}  # fmt: skip
_WIDTHS: Final = tuple({letter: width for width, held in face.items() for letter in held} for face in (_REGULAR, _BOLD))
_OTHER: Final = 500
_MARKS: Final = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u0323")


@lru_cache(4096)
def _wide(word: str, bold: bool) -> int:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if letter not in _MARKS)
    return sum(_WIDTHS[bold].get(letter, _OTHER) for letter in unicodedata.normalize("NFC", plain))


def _lines(runs: Sequence[Run], size: float, width_mm: float, first_mm: float = 0) -> int:
    """How many lines this takes, each as full as it can be."""
    room = width_mm * 72 / 25.4 * 1000 / size
    left, lines = room - first_mm * 72 / 25.4 * 1000 / size, 1
    pending = 0
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                left, lines, pending = room, lines + 1, 0
            for place, word in enumerate(line.split(" ")):
                pending += 250 if place else 0
                wide = _wide(word, run.bold)
                if pending + wide > left and left < room:
                    left, lines, pending = room, lines + 1, 0
                while wide > room:
                    wide, lines = wide - int(room), lines + 1
                left -= pending + wide
                pending = 0
    return lines


@dataclass(frozen=True, slots=True)
class _Piece:
    """So many equal lines, in points; `whole`: no page parts them. `kept`: nor from what follows."""

    line: float
    lines: int = 1
    above: float = 0
    whole: bool = False
    kept: bool = False
    page: bool = False  # begins one
    header: float = 0  # of the table that it is a row of, shown again on each page
    empty: float = 0  # room at its end in which nothing is printed

    @property
    def height(self) -> float:
        return self.line * self.lines


@dataclass(frozen=True, slots=True)
class Fit:
    """The figures that a paper is set with; `ending`: some of what stands before the last lines comes with them."""

    paper: style.PaperStyle
    ending: bool = False


def pages(document: Document, fit: Fit) -> tuple[int, float]:
    """How many, and how much of the last one, or of one before an annex, has something on it, from 0 to 1."""
    paper = fit.paper
    full = (paper.page_height_mm - paper.margin_top_mm - paper.margin_bottom_mm) * 72 / 25.4
    number, used, last, least = 1, 0.0, _Piece(0), 1.0
    for chain in _chains(document, fit):
        if used and chain[0].page:
            least = min(least, (used - last.empty) / full)
        *held, last = chain
        before = sum(piece.above + piece.height for piece in held) + last.above
        first = last.height if last.whole or last.lines < 4 else 2 * last.line
        if used and (chain[0].page or used + before + first > full):
            number, used = number + 1, chain[0].header - chain[0].above
        used, lines = used + before, last.lines
        while not last.whole and lines > 1 and used + lines * last.line > full + 0.1:
            here = max(int((full - used) / last.line), 0)
            here = min(here, lines - 2) if here and lines > 3 else here
            number, used, lines = number + 1, 0.0, lines - max(here, 1)
        used += lines * last.line
    return number, min(least, (used - last.empty) / full)


def longest(document: Document) -> tuple[str, int]:
    """Where a paper is longest: the heading above, "" where there is none, and how many lines stand there."""
    paper, above, found = document.style(), "", ("", 0)
    for block in document.blocks:
        above = block.text if isinstance(block, Heading) else above
        lines = sum(piece.lines for piece in MEASURES[type(block)](block, paper, False))
        found = max(found, (above, lines), key=lambda one: one[1])
    return found


def _chains(document: Document, fit: Fit) -> Iterator[list[_Piece]]:
    """What stays together, as far as whether it begins a page."""
    chain: list[_Piece] = []
    _, blocks = code_of(document)
    shown = one_by_one(blocks)
    around = zip((None, *shown[:-1]), shown, (*shown[1:], None), ending(shown, fit.ending), strict=False)
    for before, block, after, ends in around:
        kept = ends or isinstance(after, Signatures) or (isinstance(block, Note) and isinstance(before, Heading))
        apart = fit.paper.above_signatures_mm * 72 / 25.4 if goes_on(before, block) else 0
        for piece in MEASURES[type(block)](block, fit.paper, bool(kept)):
            chain.append(replace(piece, above=apart) if apart else piece)
            if not piece.kept:
                yield chain
                chain = []
    if chain:
        yield chain


def _head(block: Head, paper: style.PaperStyle, _ends: bool) -> Iterator[_Piece]:
    left = paper.left_block_mm
    lines = _lines((Run(block.superior),), paper.superior_pt, left)
    lines += _lines((Run(block.issuer, True),), paper.issuer_pt, left) + 1 + bool(block.number)
    yield _Piece(paper.line_pt, max(lines, 3), whole=True)


def _title(block: Title, paper: style.PaperStyle, _ends: bool) -> Iterator[_Piece]:
    width, room = paper.text_width_mm, paper.above_title_mm * 72 / 25.4
    yield _Piece(paper.kind_pt * 1.25, _lines((Run(block.kind, True),), paper.kind_pt, width), room, True, True)
    for said in (*block.abstract, style.HYPHENS):
        lines = _lines((Run(said, True),), paper.abstract_pt, width)
        yield _Piece(paper.line_pt, lines, whole=True, kept=True)


def _heading(block: Heading, paper: style.PaperStyle, _ends: bool) -> Iterator[_Piece]:
    lines = _lines((Run(block.text, True),), paper.body_pt, paper.text_width_mm, paper.first_line_mm)
    yield _Piece(paper.line_pt, lines, paper.between_paragraphs_pt, whole=True, kept=True, page=block.new_page)


def _paragraph(block: Paragraph, paper: style.PaperStyle, ends: bool) -> Iterator[_Piece]:
    lines = _lines(block.runs, paper.body_pt, paper.text_width_mm, paper.first_line_mm if block.indent else 0)
    kept = block.is_label or ends
    yield _Piece(paper.line_pt, lines, paper.between_paragraphs_pt, whole=kept and is_whole(block.runs), kept=kept)


def _bullets(block: Bullets, paper: style.PaperStyle, ends: bool) -> Iterator[_Piece]:
    for number, item in enumerate(block.items, start=1):
        lines = _lines((Run(style.DASH), *item), paper.body_pt, paper.text_width_mm, paper.first_line_mm)
        kept = ends and number == len(block.items)
        yield _Piece(paper.line_pt, lines, paper.between_paragraphs_pt, whole=kept and is_whole(item), kept=kept)


def _note(block: Note, paper: style.PaperStyle, ends: bool) -> Iterator[_Piece]:
    lines = _lines((Run(block.text),), paper.note_pt, paper.text_width_mm)
    yield _Piece(paper.note_pt * 1.25, lines, paper.between_paragraphs_pt, kept=ends)


def _picture(block: Picture | Chart, paper: style.PaperStyle, ends: bool) -> Iterator[_Piece]:
    _, high = block.size_mm(paper.text_width_mm)
    lines = _lines((Run(block.caption),), paper.table_pt, paper.text_width_mm)
    line = paper.table_pt * 1.25
    yield _Piece(high * 72 / 25.4 + lines * line, above=paper.between_paragraphs_pt, whole=True, kept=ends)


def _slips(_block: Slips, _paper: style.PaperStyle, _ends: bool) -> Iterator[_Piece]:
    """On pages of their own, which nothing is saved of."""
    yield from ()


def _rows(block: Table, paper: style.PaperStyle, ends: bool) -> Iterator[_Piece]:
    line, total = paper.table_pt * 1.25, sum(column.width for column in block.columns)
    widths = [column.width * paper.text_width_mm / total - 3.1 for column in block.columns]

    def height(cells: Sequence[str], bold: bool) -> float:
        most = max(
            _lines((Run(cell.removesuffix("\n"), bold),), paper.table_pt, width)
            for cell, width in zip(cells, widths, strict=True)
        )
        return most * line + 2.5

    above, header = float(paper.between_paragraphs_pt), height([column.title for column in block.columns], True)
    if block.caption:
        yield _Piece(line + 3, above=above, whole=True, kept=True)
        above = 0
    yield _Piece(header, above=above, whole=True, kept=bool(block.rows))
    last = len(block.rows) - 1
    for number, row in enumerate(block.rows):
        tall = is_tall(row)
        kept = not tall and (number == 0 < last or number == last - 1 > 0 or (number == last and ends))
        high = height(row, block.total and number == last)
        if tall:
            yield _Piece(line, round(high / line), header=header)
        else:
            yield _Piece(high, whole=True, kept=kept, header=header)


def _signatures(block: Signatures, paper: style.PaperStyle, _ends: bool) -> Iterator[_Piece]:
    empty = 0 if _has_more_than_posts(block) else paper.signature_blank_lines * paper.line_pt
    yield _Piece(_signed(block, paper), above=paper.above_signatures_mm * 72 / 25.4, whole=True, empty=empty)


def _has_more_than_posts(block: Signatures) -> bool:
    return bool(block.recipients) or any(half and (half.name or half.note) for half in (block.left, block.right))


def _signed(block: Signatures, paper: style.PaperStyle) -> float:
    halves = [half for half in (block.left, block.right) if half is not None]
    roles = max((len(half.role_lines) for half in halves), default=0)
    room = paper.signature_blank_lines * paper.line_pt
    names = max((_name_lines(half, paper) for half in halves), default=0)
    signed = roles * paper.line_pt + room + names * paper.line_pt
    if block.recipients is None:
        return signed
    sent = paper.recipient_lines(block.recipients.items, block.recipients.file_copy)
    half = paper.text_width_mm / 2 - 3
    lines = sum(_lines((Run(line),), paper.recipients_pt, half) for line in sent)
    return max(signed, paper.line_pt + lines * paper.recipients_pt * 1.25)


def _name_lines(half: Signature, paper: style.PaperStyle) -> int:
    return _lines((Run(half.name, True),), paper.signature_pt, paper.text_width_mm / 2 - 6) if half.name else 0


#: The pieces of a block; the last one is kept with what follows where signatures do (`ends`).
MEASURES: Final[dict[type, Callable[[Any, style.PaperStyle, bool], Iterator[_Piece]]]] = {
    Head: _head,
    Title: _title,
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _rows,
    Signatures: _signatures,
    Note: _note,
    Slips: _slips,
    Picture: _picture,
    Chart: _picture,
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How a paper is best set, and what it comes to then.

    `sure`: not as usual, and so clearly that a line or two reckoned wrong would not have it otherwise.
    """

    fit: Fit
    pages: int
    filled: float
    sure: bool = False

    def came_true(self, pages: int, filled: float) -> bool:
        return pages == self.pages and abs(filled - self.filled) < WRONG


def foreseen(document: Document) -> Foreseen:
    """With less air where that saves a page that holds a few lines, or with more lines on it."""
    style_of = document.style()
    usual, shorter = Fit(style_of), Fit(style.tighter(style_of))
    number, filled = pages(document, usual)
    as_usual = Foreseen(usual, number, filled)
    if not 1 < number <= SHORT or filled >= ENOUGH:
        return as_usual
    sure = WRONG < filled < ENOUGH - WRONG
    fewer, then = pages(document, shorter)
    if fewer < number:
        return Foreseen(shorter, fewer, then, sure)
    fuller = Fit(style_of, ending=True)
    best = Foreseen(fuller, *pages(document, fuller), sure and then > WRONG)
    return best if best.pages == number else as_usual


def fitting(document: Document) -> Fit:
    """For a Word file, which nobody lays out."""
    return foreseen(document).fit
