"""The piece of a text around what was found, cut into what is marked and what is not; the page escapes both."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from members.names import plain

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

BEFORE, AFTER = 70, 150  # letters around the first place
Piece = tuple[str, bool]


class _Folds(dict[int, str]):
    """What each letter is folded to, reckoned once: a page shows twenty texts, each of up to some 100,000 letters."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = found = "" if unicodedata.combining(sign) else plain(sign) or " "
        return found


_FOLDS = _Folds()


def with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text folded letter by letter, with its signs, and for each letter of it the place in `text` (NFC)."""
    letters = text.translate(_FOLDS)
    if all(len(_FOLDS[ord(sign)]) == 1 for sign in {*text}):
        return letters, range(len(text))
    return letters, [place for place, sign in enumerate(text) for _ in _FOLDS[ord(sign)]]


def snippet(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """From the first place that matches; the beginning where none does."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    letters, places = with_places(text)
    found = [(places[one.start()], places[one.end() - 1] + 1) for one in pattern.finditer(letters)]
    start, end = _cut(text, found[0][0] if found else 0)
    pieces: list[Piece] = [("… ", False)] if start else []
    at = start
    for begin, over in found:
        if begin < at or over > end:
            continue
        pieces += [(text[at:begin], False), (text[begin:over], True)]
        at = over
    pieces += [(text[at:end], False), (" …", False)] if end < len(text) else [(text[at:end], False)]
    return [piece for piece in pieces if piece[0]]


def _cut(text: str, place: int) -> tuple[int, int]:
    """Between two spaces, so that no word is cut; where there is none, where it falls."""
    start, end = max(place - BEFORE, 0), min(place + AFTER, len(text))
    if start and (space := text.find(" ", start, place)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", place, end)) > place:
        end = space
    return start, end
