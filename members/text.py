"""Text on its way in, however it was typed or pasted: the one cleaner. Knows no Django, so every room may use it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# However a machine ends a line: Word's Shift+Enter is a vertical tab, its page break a form feed.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Bullets of Word's own symbol fonts have no meaning outside Word.
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076\uf0e0", "-"))


def clean_text(value: str, *, lines: bool) -> str:
    """NFC, without what nobody sees (soft hyphens, direction marks, control characters); a line has no breaks."""
    text = _BREAKS.sub("\n", value).translate(_BULLETS)
    if not text.replace("\n", "").isprintable():
        text = "".join(_seen(text))
    text = unicodedata.normalize("NFC", text)
    return text.strip() if lines else " ".join(text.split())


def _seen(text: str) -> Iterator[str]:
    for letter in text:
        category = unicodedata.category(letter)
        if letter in "\n\t":
            yield letter
        elif category in ("Cc", "Zs"):
            yield " "
        elif category not in ("Cf", "Cs"):
            yield letter
