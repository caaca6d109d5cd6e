"""A volume: papers one behind the other as each was written, and before them pages that name the page of each."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from documents.apart import Watch, apart
from documents.joined import Part, joined, page_count
from documents.model import Document, para
from documents.pdf import AT_LEISURE, _pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from documents.proof import Proof

_SAID: Final = "Trang "  # before each number at the foot
_GUESS: Final = 3  # pages before the first paper


def to_volume(
    front: Callable[[list[int]], Document], name: str, proof: Proof | None, parts: list[Part], watch: Watch
) -> bytes:
    """`front`: from the page on which each paper begins to what stands before them all; `name`: of its bookmark.

    The same parts give the same bytes. Raises TooMuch.
    """
    return apart(_volume, front, name, proof, parts, bounds=AT_LEISURE, watch=watch)


def _volume(front: Callable[[list[int]], Document], name: str, proof: Proof | None, parts: list[Part]) -> bytes:
    lengths, before = [page_count(part.pdf) for part in parts], _GUESS
    sheets = front([0] * len(parts)).look.two_sided
    while True:
        document = front(starts(before, lengths, sheets=sheets))
        first = _pages(document, proof)
        if (found := page_count(first)) == before:
            break
        before = found
    return joined([Part(name, first), *parts], _letters(document.day), _SAID, sheets=sheets)


def starts(before: int, lengths: list[int], *, sheets: bool = False) -> list[int]:
    """The page on which each begins, counted from the first page of the volume; `sheets`: on the front of a sheet."""
    taken = [pages + pages % 2 if sheets else pages for pages in (before, *lengths[:-1])]
    return [1 + pages for pages in accumulate(taken)] if lengths else []


def _letters(day: date) -> bytes:
    return _pages(Document("so-trang", _SAID, day, (para(f"{_SAID}0123456789"),)), None)
