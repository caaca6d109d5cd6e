"""The words of an attached Word file, as far as they can be read at little cost: only to look for a mark.

Whoever attaches a file declares that it holds no state secret, and that tick is the gate; this reading only catches a
mistake. A PDF is not looked into: its words can be written in too many ways to say anything from not finding them.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape

MOST = 4 * 1024 * 1024  # bytes that are unpacked of one file; the text of four hundred pages is about one
_PARTS = re.compile(r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|docProps/(?:core|app))\.xml")
_BREAKS = {"w:p", "/w:p", "w:br", "/dc:title", "/dc:subject", "/dc:description", "/cp:keywords", "/cp:category"}


def text_of_word(archive: zipfile.ZipFile) -> str:
    """Every paragraph of body, header, footer and notes on a line of its own; text boxes too."""
    found, left = [], MOST
    for part in archive.infolist():
        if _PARTS.fullmatch(part.filename) and left > 0:
            with archive.open(part) as stream:
                data = stream.read(left)
            left -= len(data)
            found.append(_words(data.decode("utf-8", "replace")))
    return "\n".join(found)


def _words(markup: str) -> str:
    """One pass, whatever the markup is: what cannot be read as a tag ends where the next one begins."""
    first, *pieces = markup.split("<")
    words = [first]
    for piece in pieces:
        tag, _, text = piece.partition(">")
        name = tag[:20].split(maxsplit=1)[0].rstrip("/") if tag.strip() else ""
        if name in _BREAKS:
            words.append("\n")
        elif name == "w:tab":
            words.append("\t")
        words.append(text.replace("\n", " "))
    return unescape("".join(words))
