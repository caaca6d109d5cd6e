"""The words of an attached Word file, as far as they can be read at little cost: only to look for a mark.

Whoever attaches a file declares that it holds no state secret, and that tick is the gate; this reading only catches a
mistake. A PDF is not looked into: its words can be written in too many ways to say anything from not finding them.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape

from meetings.active import judge_fields
from members.refusal import Refused

MOST = 8 * 1024 * 1024  # bytes of markup; four hundred pages of text are about one, with ten times as many signs
MOST_TAGS = 400_000
MOST_WORDS = 1_000_000  # letters; in one paragraph MOST_OF_ONE
MOST_OF_ONE = 50_000
MOST_MARKS = 3_000  # words that could be a mark; a text about secrets has some hundreds
TOO_LONG = "Phần chữ của tệp Word này quá lớn nên không xem hết được. Xin tách thành nhiều tệp, hoặc lưu thành PDF."
_PARTS = re.compile(r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|docProps/(?:core|app))\.xml")
_BREAK = re.compile(r"<(?:/?w:p|w:br|/dc:title|/dc:subject|/dc:description|/cp:keywords|/cp:category)(?![\w:])[^<>]*>?")
_TAB = re.compile(r"<w:tab(?![\w:])[^<>]*>?")
_MARK = re.compile(r"m.{0,3}[aâậ\u0302\u0323].{0,3}t", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")


def text_of_word(archive: zipfile.ZipFile) -> str:
    """Every paragraph of body, header, footer and notes on a line of its own; text boxes too.

    Refused where it is more than can be looked at: what was not read is never taken for clean.
    """
    found, left = [], MOST
    for part in archive.infolist():
        if _PARTS.fullmatch(part.filename):
            with archive.open(part) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Refused(TOO_LONG, field="file")
            found.append(_words(data.decode("utf-8", "replace")))
    text = "\n".join(found)
    too_long = len(text) > MOST_WORDS or any(len(line) > MOST_OF_ONE for line in text.split("\n"))
    if too_long or sum(1 for _ in _MARK.finditer(text)) > MOST_MARKS:
        raise Refused(TOO_LONG, field="file")
    return text


def _words(markup: str) -> str:
    """Three passes, each over every letter once: what cannot be read as a tag ends where the next one begins."""
    if markup.count("<") > MOST_TAGS:
        raise Refused(TOO_LONG, field="file")
    judge_fields(markup)
    markup = _TAB.sub("\t", _BREAK.sub("\x00", markup.replace("\n", " ")))
    return unescape(_TAG.sub("", markup).replace("\x00", "\n"))
