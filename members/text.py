"""Text on its way in, however it was typed or pasted: the one cleaner. Knows no Django, so every room may use it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# However a machine ends a line: Word's Shift+Enter is a vertical tab, its page break a form feed.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Signs of Word's own symbol fonts have no meaning outside Word; its no-break hyphen is in no face of a paper.
_SIGNS = str.maketrans(dict.fromkeys([*map(chr, range(0xF020, 0xF100)), "\u2011"], "-"))
# A tick, an arrow or a lozenge at the head of a line: no paper's face has them.
_BULLET = re.compile("^([ \t]*)[\u2700-\u27bf\u25c6\u25c7\u2b9a](?=[ \t])", re.MULTILINE)


def clean_text(value: str, *, lines: bool) -> str:
    """NFC, without what nobody sees (soft hyphens, direction marks, control characters); a line has no breaks."""
    text = _BREAKS.sub("\n", value).translate(_SIGNS)
    text = _BULLET.sub(r"\1-", text)
    if not text.replace("\n", "").isprintable():
        text = "".join(_seen(text))
    text = unicodedata.normalize("NFC", text)
    return text.strip() if lines else " ".join(text.split())


def thousands(number: int) -> str:
    """ "60.000": the Vietnamese mark between thousands is a full stop."""
    return f"{number:,}".replace(",", ".")


def _seen(text: str) -> Iterator[str]:
    for letter in text:
        category = unicodedata.category(letter)
        if letter in "\n\t":
            yield letter
        elif category in ("Cc", "Zs"):
            yield " "
        elif category not in ("Cf", "Cs"):
            yield letter
