"""Pasted text as plain words: one Unicode form, no control characters, no markup of Word or a web page."""

import html
import re
import unicodedata
from collections.abc import Iterator

# Only tags that a word processor or a browser writes: "< 5%" and "<tên đơn vị>" are words.
_NAMES = (
    "html|head|body|meta|link|title|base|style|script|xml|p|div|span|br|hr|table|thead|tbody|tfoot|tr|td|th|col|"
    r"colgroup|caption|ul|ol|li|dl|dt|dd|h[1-6]|a|b|i|u|s|em|strong|small|sub|sup|font|center|img|pre|blockquote|"
    r"section|article|header|footer|ins|del|mark|code|form|input|button|iframe|object|svg|[owmv]:\w+|st1:\w+"
)
# After the name: the end of the tag or an attribute, so that "a<b và c>d" is no tag.
_TAG = re.compile(
    rf"</?({_NAMES})(?:\s+(?:[a-z][\w:.-]*\s*=|nowrap|noshade|hidden)[^<>]*|\s*/?)>"
    r"|<!\[[^<>]*\]>|<!doctype[^<>]*>|<\?[^<>]*>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"p|div|br|hr|table|tr|ul|ol|li|dl|dt|dd|h[1-6]|pre|blockquote|section|article|caption|center")
_UNSEEN = frozenset({"style", "script", "xml", "head", "title"})
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

# Bullets of Word's own symbol fonts have no meaning outside Word.
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076\uf0e0", "-"))


def plain(text: str, *, lines: bool) -> str:
    """The words of a text however it was pasted; a text of one line loses its breaks."""
    text = words_of(text)
    kept = "".join(_kept(text.translate(_BULLETS).replace("\r\n", "\n").replace("\r", "\n")))
    text = unicodedata.normalize("NFC", kept)
    if not lines:
        return " ".join(text.split())
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _kept(text: str) -> Iterator[str]:
    for letter in text:
        if letter == "\n":
            yield letter
        elif unicodedata.category(letter) in ("Cf", "Cs"):  # soft hyphens, direction marks, half letters
            continue
        elif letter.isspace() or unicodedata.category(letter) == "Cc":
            yield " "
        else:
            yield letter


def words_of(text: str) -> str:
    """What a reader of the page would see; a text without known tags is left as it is."""
    if "<" not in text or not (_TAG.search(text) or "<!--" in text):
        return text
    pieces = list(_pieces(_without_comments(text)))
    if any(name for name, _ in pieces):
        # On a page a line break in the source is a space; the tags say where lines end.
        pieces = [(name, piece if name else re.sub(r"\s+", " ", piece)) for name, piece in pieces]
    seen = html.unescape("".join(piece for _, piece in pieces))
    return "\n".join(line.strip(" \t") for line in seen.split("\n"))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """(name of a tag that breaks the line, what it becomes), and ("", words) between them."""
    lowered, at, unclosed = text.translate(_LOWER), 0, set[str]()
    for tag in _TAG.finditer(text):
        if tag.start() < at:
            continue
        yield "", text[at : tag.start()]
        at, name = tag.end(), (tag[1] or "").lower()
        if name in _UNSEEN and not tag[0].startswith("</") and not tag[0].endswith("/>"):
            end = -1 if name in unclosed else lowered.find(f"</{name}", at)
            if end < 0:  # rather too many words than none
                unclosed.add(name)
            at = max(at, end)
        elif name == "li":
            yield name, "" if tag[0].startswith("</") else "\n- "
        elif name in ("td", "th"):
            yield "", " "
        elif _BREAKS.fullmatch(name):
            yield name, "\n"
    yield "", text[at:]


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])
