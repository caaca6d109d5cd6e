"""Several finished papers in one file: every page as it was, its tags and headings kept, numbered through at the foot.

Made of PDFs that documents/pdf.py has written, and of no others: how it writes structure, headings and fonts is known
here. What the file claims (PDF/A-2a, PDF/UA-1) is what its first part claims, and every part claims the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String, make_page_destination

_FOOT: Final = Name("/BookFoot")
_SIZE: Final = 9  # points
_FROM_EDGE: Final = 10 / 25.4 * 72  # as the number at the top of a page
_RIGHT: Final = 15 / 25.4 * 72
_SHOWN: Final = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4,})>")


@dataclass(frozen=True, slots=True)
class Part:
    """`name`: of its bookmark."""

    name: str
    pdf: bytes


def page_count(pdf: bytes) -> int:
    """How many pages it has. Raises pikepdf.PdfError where it is no PDF."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def joined(parts: list[Part], letters: bytes, said: str, *, sheets: bool = False) -> bytes:
    """The same bytes for the same parts. `letters`: a PDF that shows every letter of the numbers; `said` stands before
    each number. What is said of the file is said by the first part. `sheets`: printed on both sides, so that each part
    begins on the front of a sheet, after an empty page where that is needed.
    """
    out = Pdf.open(BytesIO(parts[0].pdf))
    headings = [_headings(out, 0)]
    for part in parts[1:]:
        if sheets and len(out.pages) % 2:
            _, _, width, height = map(float, out.pages[0].mediabox)
            out.add_blank_page(page_size=(width, height))
        with Pdf.open(BytesIO(part.pdf)) as source:
            headings.append(_headings(source, len(out.pages)))
            _append(out, source, len(headings))
    _write_outline(out, parts, headings)
    with Pdf.open(BytesIO(letters)) as source:
        face = _Face(out, source)
        for number, page in enumerate(out.pages, start=1):
            _foot(out, page, face, f"{said}{number}")
    held = BytesIO()
    out.save(held, deterministic_id=True)
    return held.getvalue()


# --- Structure --------------------------------------------------------------------------


def _append(out: Pdf, source: Pdf, number: int) -> None:
    """The pages with what they are tagged as: the keys of the tree go on where they have ended so far."""
    first = len(out.pages)
    out.pages.extend(source.pages)
    tree = out.copy_foreign(source.Root.StructTreeRoot)
    root, taken = out.Root.StructTreeRoot, _next_key(out)
    _name_apart(tree.K, b"%d-" % number)
    for document in _listed(tree.K):
        document.P = root
        root.K.append(document)
    nums = tree.ParentTree.Nums
    for place in range(0, len(nums), 2):
        root.ParentTree.Nums.append(int(nums[place]) + taken)
        root.ParentTree.Nums.append(nums[place + 1])
    for page in out.pages[first:]:
        for held in (page.obj, *page.obj.get("/Annots", [])):
            for key in ("/StructParents", "/StructParent"):
                if key in held:
                    held[key] = int(held[key]) + taken


def _next_key(out: Pdf) -> int:
    nums = out.Root.StructTreeRoot.ParentTree.Nums
    return int(nums[-2]) + 1 if len(nums) else 0


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else [value]


def _name_apart(kids: Any, start: bytes) -> None:
    """Cells name their headings by an ID, which counts from 1 in each paper."""
    waiting = _listed(kids)
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary):
            continue
        if "/ID" in element:
            element.ID = String(start + bytes(element.ID))
        for told in _listed(element.get("/A", Array())):
            if isinstance(told, Dictionary) and "/Headers" in told:
                told.Headers = Array([String(start + bytes(one)) for one in told.Headers])
        if "/K" in element:
            waiting += _listed(element.K)


# --- Bookmarks --------------------------------------------------------------------------


@dataclass(slots=True)
class _Heading:
    title: str
    page: int  # from 0
    top: float  # in points
    below: list[_Heading]


def _headings(source: Pdf, before: int) -> list[_Heading]:
    """Of a paper, with the pages where they will stand."""
    places = {page.obj.objgen: number for number, page in enumerate(source.pages)}

    def read(item: OutlineItem) -> _Heading:
        target: Any = item.destination
        return _Heading(
            item.title, before + places[target[0].objgen], float(target[3]), [read(one) for one in item.children]
        )

    with source.open_outline() as outline:
        found = [read(item) for item in outline.root]
    return found or [_Heading("", before, float(source.pages[0].mediabox[3]), [])]


def _write_outline(out: Pdf, parts: list[Part], headings: list[list[_Heading]]) -> None:
    """A bookmark for each part, closed; below it those that it has by itself."""

    def item(heading: _Heading) -> OutlineItem:
        made = OutlineItem(heading.title)
        made.destination = make_page_destination(out, heading.page, "XYZ", left=0, top=heading.top, zoom=0)
        made.children = [item(one) for one in heading.below]
        made.is_closed = True
        return made

    with out.open_outline() as outline:
        outline.root.clear()
        for part, found in zip(parts, headings, strict=True):
            title, *more = found
            below = list(chain(title.below, more))
            outline.root.append(item(_Heading(part.name, title.page, title.top, below)))


# --- Numbers ----------------------------------------------------------------------------


class _Face:
    """A font of one of our papers, and how its letters are named in it."""

    def __init__(self, out: Pdf, source: Pdf) -> None:
        fonts = list(source.pages[0].Resources.Font.values())
        self.font = out.make_indirect(out.copy_foreign(fonts[0]))
        shown = _SHOWN.findall(fonts[0].ToUnicode.read_bytes())
        self.codes = {bytes.fromhex(text.decode()).decode("utf-16-be"): code.decode() for code, text in shown}
        self.widths = dict(_widths(fonts[0].DescendantFonts[0].W))

    def written(self, text: str) -> tuple[str, float]:
        """In hexadecimal, and how wide it is in points."""
        codes = [self.codes[letter] for letter in text]
        return "".join(codes), sum(self.widths.get(int(code, 16), 1000) for code in codes) * _SIZE / 1000


def _widths(held: Any) -> Any:
    """Pairs of a letter's code and its width: the table says "first [width …]" or "first last width"."""
    said = list(held)
    while said:
        first, second = int(said.pop(0)), said.pop(0)
        if isinstance(second, Array):
            yield from ((first + place, float(width)) for place, width in enumerate(second))
        else:
            width = float(said.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _foot(out: Pdf, page: Page, face: _Face, text: str) -> None:
    """Set into the bottom margin, as no part of the paper: what reads aloud passes over it."""
    code, width = face.written(text)
    left = float(page.mediabox[2]) - _RIGHT - width
    drawn = (
        "Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC q 0 g BT "
        f"{_FOOT} {_SIZE} Tf 1 0 0 1 {left:.2f} {_FROM_EDGE:.2f} Tm <{code}> Tj ET Q EMC"
    )
    page.contents_add(Stream(out, b"q"), prepend=True)
    page.contents_add(Stream(out, drawn.encode()))
    if "/Font" not in page.obj.Resources:
        page.obj.Resources.Font = Dictionary()
    page.obj.Resources.Font[_FOOT] = face.font
