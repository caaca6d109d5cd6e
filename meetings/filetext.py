"""The words inside an attached file as far as they can be read without unpacking much: only to look for a mark.

A scanned page has no words, and a PDF may hide them in ways that this does not know: whoever attaches a file
declares that it holds no state secret, and this reading only catches a mistake.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from typing import IO

MOST = 20 * 1024 * 1024  # bytes that are unpacked of one file
_PARTS = re.compile(r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)|docProps/(?:core|app))\.xml")
_PARAGRAPH = re.compile(r"</?w:p\b[^>]*>|<w:br\b[^>]*/?>|</dc:\w+>|</cp:\w+>")
_TAB = re.compile(r"<w:tab\b[^>]*/?>")
_TAG = re.compile(r"<[^>]*>")

_STREAM = re.compile(rb"stream\r?\n")
_ABOUT = re.compile(rb"/(?:Title|Subject|Keywords)\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_SPAN = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>|(\[)|(\])")
_STEP = re.compile(
    rb"(\((?:\\.|[^\\()])*\))|<([0-9A-Fa-f\s]*)>|(-?[\d.]+)|\b(Tf|Td|TD|Tm|TJ|Tj|ET|BT)\b|(T\*|'|\")", re.DOTALL
)


def text_of_word(archive: zipfile.ZipFile) -> str:
    """Every paragraph of body, header, footer and notes on a line of its own; text boxes too."""
    found, left = [], MOST
    for part in archive.infolist():
        if _PARTS.fullmatch(part.filename) and left > 0:
            with archive.open(part) as stream:
                data = stream.read(left)
            left -= len(data)
            marked = _PARAGRAPH.sub("\n", data.decode("utf-8", "replace").replace("\n", " "))
            found.append(unescape(_TAG.sub("", _TAB.sub("\t", marked))))
    return "\n".join(found)


def texts_of_pdf(file: IO[bytes]) -> Iterator[str]:
    """What the pages show, read with each alphabet that the file brings: one of the readings is the right one."""
    data = file.read()
    streams = list(_unpacked(data))
    for source in (data, *streams):
        for found in _ABOUT.finditer(source):
            yield _told(found[1])
    alphabets = [{}, *(_alphabet(one) for one in streams if b"beginbf" in one)]
    for one in streams:
        if b"Tj" in one or b"TJ" in one:
            for alphabet in alphabets[:40]:
                yield _shown(one, alphabet)


def _unpacked(data: bytes) -> Iterator[bytes]:
    left = MOST
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        packed = data[found.end() : end if end >= 0 else len(data)]
        try:
            raw = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            raw = packed[:left]
        left -= len(raw)
        if left <= 0:
            return
        yield raw


def _told(value: bytes) -> str:
    """A string of the file's description, in either of the two ways of writing one."""
    raw = _bytes(value)
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("utf-8", "replace")


def _bytes(value: bytes) -> bytes:
    if value[:1] == b"<":
        return _hex(value[1:-1])
    inner = re.sub(rb"\\([0-7]{1,3})", lambda octal: bytes([int(octal[1], 8) & 255]), value[1:-1])
    return re.sub(rb"\\(.)", rb"\1", inner, flags=re.DOTALL)


def _hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _alphabet(stream: bytes) -> dict[int, str]:
    """Code of a glyph → its letters, from a ToUnicode table."""
    found: dict[int, str] = {}
    for kind, body in _SPAN.findall(stream):
        codes = [(_hex(code), bool(opens)) for code, opens, closes in _CODES.findall(body) if not closes]
        plain = [code for code, opens in codes if not opens]
        if kind == b"bfchar":
            for code, letters in zip(plain[::2], plain[1::2], strict=False):
                found[int.from_bytes(code, "big")] = letters.decode("utf-16-be", "replace")
        else:
            _ranges(body, found)
    return found


def _ranges(body: bytes, found: dict[int, str]) -> None:
    one = rb"<([0-9A-Fa-f]+)>\s*"
    for low, high, start, several in re.findall(one + one + rb"(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])", body):
        first = int(low, 16)
        count = min(int(high, 16) - first + 1, 65536)
        if start:
            base = int(start[-8:], 16)
            found.update({first + n: chr(base + n) for n in range(count) if base + n < 0x110000})
        else:
            letters = re.findall(rb"<([0-9A-Fa-f]+)>", several)[:count]
            found.update({first + n: _hex(one).decode("utf-16-be", "replace") for n, one in enumerate(letters)})


def _shown(stream: bytes, alphabet: dict[int, str]) -> str:
    """The strings that one page shows, a line for each height on the page."""
    pieces: list[str] = []
    numbers: list[float] = []
    height = None
    for text, digits, number, operator, moves in _STEP.findall(stream):
        if text or digits:
            pieces.append(_letters(_bytes(text) if text else _hex(digits), alphabet))
        elif number:
            numbers.append(_number(number))
        else:
            if operator == b"Tm" and len(numbers) >= 6:
                pieces.append(" " if numbers[-1] == height else "\n")
                height = numbers[-1]
            elif (operator in (b"Td", b"TD") and len(numbers) >= 2 and numbers[-1] != 0) or moves:
                pieces.append("\n")
            elif operator in (b"Td", b"TD", b"BT"):
                pieces.append(" ")
            numbers.clear()
    return "".join(pieces)


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _letters(raw: bytes, alphabet: dict[int, str]) -> str:
    if not alphabet:
        return raw.decode("latin-1")
    wide = [alphabet.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2)]
    return "".join(wide) or "".join(alphabet.get(code, "") for code in raw)
