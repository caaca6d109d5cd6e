"""Which papers are written outside the request that asks for them, and which are too long for any (ADR 0039)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from documents.fit import Fit, longest, pages
from documents.model import plain_text

if TYPE_CHECKING:
    from documents.model import Document
    from documents.proof import Proof

IN_A_REQUEST: Final = 60  # pages: some three seconds
MOST: Final = 400  # pages: what a child may take in memory
_SHORT: Final = 20_000  # letters: below that a paper is not reckoned; a line break counts for a line of them
_LINE: Final = 60


class Large(Exception):
    """To be written outside the request, and asked for again then at the same address."""

    def __init__(self, paper: Wanted) -> None:
        super().__init__(paper.document.name)
        self.paper = paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper as a file. `form`: "pdf" or "docx"; `download`: not shown in the browser."""

    document: Document
    proof: Proof | None
    form: str
    download: bool


class Endless(Exception):
    """More than is written at all; says how long it is and where it is longest."""

    def __init__(self, document: Document, number: int) -> None:
        where, lines = longest(document)
        named = f"phần “{where[:80]}”" if where else "phần mở đầu"
        super().__init__(
            f"Văn bản dài khoảng {_figure(number)} trang, phần mềm lập bản in nhiều nhất {MOST} trang một lần. "
            f"Dài nhất là {named}, khoảng {_figure(lines)} dòng."
        )


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def reckoned(document: Document) -> int:
    """About how many pages it has; 1 for whatever is certainly short. Raises Endless."""
    if _letters(document) < _SHORT:
        return 1
    number, _ = pages(document, Fit(document.style()))
    if number > MOST:
        raise Endless(document, number)
    return number


def _letters(document: Document) -> int:
    """A quick count of all its texts."""
    text = plain_text(document)
    return len(text) + _LINE * text.count("\n")
