"""A paper in print beside its Word file as LibreOffice sets it: pages, and how far head, rule and signatures differ."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from documents.model import Document, Head, Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_MM = 25.4 / 72
_HTML = "{http://www.w3.org/1999/xhtml}"
_DPI = 200
_BOX = (105, 24, 95, 9)  # mm: where the rule under the Party's name is, its left, top, width and height


@dataclass(frozen=True, slots=True)
class Word:
    """Lengths in millimetres from the page's top left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Pages of both, and deviations in millimetres; None where a paper has no such thing."""

    pages: int
    pages_in_word: int
    head: float | None
    rule: float | None
    signatures: float | None


def in_office(files: Sequence[Path], folder: Path) -> bool:
    """Word files as PDF of the same stem in that folder; False where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return False
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    for first in range(0, len(files), 40):
        some = map(str, files[first : first + 40])
        subprocess.run([*command, *some], check=True, capture_output=True)  # noqa: S603 (the program was looked up)
    return True


def beside(document: Document, ours: Path, theirs: Path) -> Beside:
    """`ours`, `theirs`: the paper as our PDF, and as LibreOffice makes one of its Word file."""
    mine, word = words_of(ours), words_of(theirs)
    return Beside(
        max((one.page for one in mine), default=1),
        max((one.page for one in word), default=1),
        _farthest(_head(document), mine, word),
        _rule(document, ours, theirs),
        _farthest(_signatures(document), mine, word, last=True),
    )


def words_of(pdf: Path) -> list[Word]:
    """In the order of the pages, as pdftotext (poppler-utils) finds them."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True)  # noqa: S603, S607
    tree = ET.fromstring(told.stdout.decode())  # noqa: S314 (written by pdftotext from our own paper)
    edges = ("xMin", "yMin", "xMax", "yMax")
    return [
        Word(number, word.text or "", *(float(word.attrib[edge]) * _MM for edge in edges))
        for number, page in enumerate(tree.iter(f"{_HTML}page"), start=1)
        for word in page.iter(f"{_HTML}word")
    ]


def _head(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Head):
            yield from (*block.superior.splitlines(), *block.issuer.splitlines(), block.number, block.place_and_day)


def _signatures(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Signatures):
            for half in (block.left, block.right):
                if half is not None:
                    yield from (*half.role_lines, half.name)


def _farthest(lines: Iterable[str], mine: list[Word], word: list[Word], *, last: bool = False) -> float | None:
    """The largest distance of the middles of a line's words; a line that breaks otherwise is not compared."""
    found = []
    for tokens in ([*line.replace("\u00a0", " ").split()] for line in lines):
        one, other = _find(tokens, mine, last=last), _find(tokens, word, last=last)
        if not tokens or one is None or other is None:
            continue
        if one.page != other.page:
            return float("inf")
        found.append(abs((one.left + one.right) - (other.left + other.right)) / 2)
        found.append(abs((one.top + one.bottom) - (other.top + other.bottom)) / 2)
    return max(found, default=None)


def _find(tokens: list[str], words: list[Word], *, last: bool) -> Word | None:
    """The box around these words where they stand beside each other on one line, from the front or from the back."""
    many = len(tokens)
    places = range(len(words) - many, -1, -1) if last else range(len(words) - many + 1)
    for place in places if many else ():
        here = words[place : place + many]
        if [one.text.replace("\u00a0", " ") for one in here] == tokens and abs(here[0].top - here[-1].top) < 1:
            box = (here[0].left, min(w.top for w in here), here[-1].right, max(w.bottom for w in here))
            return Word(here[0].page, " ".join(tokens), *box)
    return None


def _rule(document: Document, ours: Path, theirs: Path) -> float | None:
    if not any(isinstance(block, Head) for block in document.blocks):
        return None
    one, other = rule_of(ours), rule_of(theirs)
    if one is None or other is None:
        return None
    return max(abs(mine - word) for mine, word in zip(one, other, strict=True))


def rule_of(pdf: Path) -> tuple[float, float, float] | None:
    """Left end, right end and height, in millimetres, of the line under the Party's name."""
    scale, picture = _DPI / 25.4, pdf.with_suffix(".rule")
    left, top, width, height = (str(round(edge * scale)) for edge in _BOX)
    crop = ["-x", left, "-y", top, "-W", width, "-H", height, "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run(  # noqa: S603
        ["pdftoppm", "-r", str(_DPI), "-gray", *crop, str(pdf), str(picture)],  # noqa: S607
        check=True,
    )
    picture = picture.with_name(f"{picture.name}.pgm")
    with Image.open(picture) as page:
        inked = page.point(lambda value: 255 if value < 150 else 0)
    picture.unlink()
    for row in range(inked.height):
        line = inked.crop((0, row, inked.width, row + 1))
        box = line.getbbox()
        if box and sum(line.tobytes()) / 255 > 55 * scale:
            return _BOX[0] + box[0] / scale, _BOX[0] + box[2] / scale, _BOX[1] + row / scale
    return None
