"""What in an attached file would do something by itself on the reader's machine: found by its kind, not by its name.

Everything here takes a bounded time whatever the file holds: one pass each, over so many bytes, and what is more than
that is refused and never taken for clean.
"""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import TYPE_CHECKING

from members.refusal import Refused

if TYPE_CHECKING:
    import zipfile

MOST_RELATIONS = 2 * 1024 * 1024  # bytes of a Word file's lists of parts and links, all together
MOST_UNPACKED = 16 * 1024 * 1024  # bytes of a PDF's packed objects
MOST_PACKED = 2000  # of them
MOST_NAMES = 800_000  # in a PDF with its packed objects
MOST_LISTED = 50_000  # parts and links of a Word file

MACROS = "Tệp Word có macro (chương trình chạy khi mở). Xin lưu lại thành tệp .docx không có macro."
EMBEDDED = "Trong tệp có nhúng tệp khác. Xin bỏ phần nhúng, hoặc đính kèm tệp ấy riêng."
OUTSIDE = "Tệp Word lấy nội dung từ nơi khác khi mở (mẫu, ảnh, liên kết ngoài). Xin lưu lại với nội dung nằm trong tệp."
ACTS = "Tệp PDF có phần tự chạy khi mở (mã lệnh, gọi chương trình, biểu mẫu gửi đi). Xin in lại thành PDF thường."
LOCKED = "Tệp có mật khẩu hoặc bị khoá nên không xem được bên trong. Xin lưu lại không khoá."
UNREADABLE = "Không xem được bên trong tệp này. Xin lưu lại bằng chương trình soạn thảo rồi đính kèm."

_TAG = re.compile(r"<[^<>]*>")
_MACRO_TYPES = ("vbaproject", "macroenabled", "vbadata", "keymapcustomizations")
_EMBEDDED_TYPES = ("oleobject", "activex", "/package", "afchunk", "controls")
_RELATION = re.compile(r"type\s*=\s*[\"'][^\"']*/([a-z0-9]+)[\"']")
_EXTERNAL = re.compile(r"targetmode\s*=\s*[\"']\s*external")
_FIELD = re.compile(r"<w:(?:instrText(?![\w:])[^<>]*>([^<]*)|fldSimple(?![\w:])([^<>]*))")
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)


def judge_word(archive: zipfile.ZipFile) -> None:
    """Refused with the reason: macros under any name, embedded objects, templates and parts fetched from elsewhere."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(LOCKED, field="file")
    if len(names) != len({*names}):
        raise Refused(UNREADABLE, field="file")  # two parts of one name: who opens it may see another one
    if any("vba" in name.rsplit("/", 1)[-1] for name in names):
        raise Refused(MACROS, field="file")
    if any(name.startswith(("word/embeddings/", "word/activex/")) or name.endswith(".bin") for name in names):
        raise Refused(EMBEDDED, field="file")
    left = MOST_RELATIONS
    for part in parts:
        if part.filename.lower().endswith(".rels") or part.filename == "[Content_Types].xml":
            with archive.open(part) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Refused(UNREADABLE, field="file")
            _judge_list(_letters(data))


def _letters(data: bytes) -> str:
    """As a reader of XML would take it, whichever of the three ways it is written in."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]
    text = data.decode(
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if wide else "utf-8", "replace"
    )
    if "<!" in text.replace("<!--", ""):
        raise Refused(UNREADABLE, field="file")  # no Office program writes names of its own there
    return text


def _judge_list(text: str) -> None:
    if text.count("<") > MOST_LISTED:
        raise Refused(UNREADABLE, field="file")
    for tag in _TAG.findall(text):
        plain = unescape(tag).lower()
        if any(kind in plain for kind in _MACRO_TYPES):
            raise Refused(MACROS, field="file")
        kind = found[1] if (found := _RELATION.search(plain)) else ""
        if _EXTERNAL.search(plain) and kind != "hyperlink":
            raise Refused(OUTSIDE, field="file")
        if any(word in plain for word in _EMBEDDED_TYPES) and "/package/" not in plain:
            raise Refused(EMBEDDED, field="file")


def judge_fields(markup: str) -> None:
    """Of a Word file's text: a field that calls another program."""
    told = "".join(text for pair in _FIELD.findall(markup) for text in pair)
    if _DDE.search(unescape(told)):
        raise Refused(OUTSIDE, field="file")


def _named(*names: str) -> re.Pattern[bytes]:
    """These names of a PDF, each letter as it is or as #xx."""
    ways = []
    for name in names:
        letters = [f"(?:{re.escape(c)}|#{ord(c):02x}|#{ord(c):02X})" for c in name]
        ways.append("".join(letters))
    return re.compile(f"/(?:{'|'.join(ways)})(?![A-Za-z0-9#])".encode())


_ACTING = _named("JavaScript", "Launch", "RichMedia", "XFA", "ImportData", "SubmitForm")
_CARRYING = _named("EmbeddedFile", "EmbeddedFiles", "FileAttachment")
_ENCRYPTED = _named("Encrypt")
_PACKED = _named("ObjStm")
_FILTERED = _named(
    "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt", "Predictor"
)
_FLATE = _named("FlateDecode", "Fl")
_HEAD = 4000  # bytes of the dictionary before its stream


def judge_pdf(data: bytes) -> None:
    """Refused with the reason: code, calls of programs, files inside; also packed, or with names escaped."""
    _judge_objects(data)
    if _ENCRYPTED.search(data):
        raise Refused(LOCKED, field="file")
    left, names = MOST_UNPACKED, data.count(b"/")
    for count, packed in enumerate(_PACKED.finditer(data)):
        start = data.find(b"stream", packed.end(), packed.end() + _HEAD)
        if count >= MOST_PACKED or left <= 0 or start < 0:
            raise Refused(UNREADABLE, field="file")
        head = data[max(data.rfind(b"obj", max(packed.start() - _HEAD, 0), packed.start()), 0) : start]
        if _FILTERED.search(head):
            raise Refused(UNREADABLE, field="file")
        if not _FLATE.search(head):
            continue  # not packed, so looked at above
        start += len(b"stream")
        start += 2 if data[start : start + 2] == b"\r\n" else 1
        end = data.find(b"endstream", start)
        if end < 0:
            raise Refused(UNREADABLE, field="file")
        unpacking = zlib.decompressobj()
        try:
            plain = unpacking.decompress(data[start:end], left)
        except zlib.error:
            raise Refused(UNREADABLE, field="file") from None
        if unpacking.unconsumed_tail:
            raise Refused(UNREADABLE, field="file")
        left -= len(plain)
        names += plain.count(b"/")
        if names > MOST_NAMES:
            raise Refused(UNREADABLE, field="file")
        _judge_objects(plain)


def _judge_objects(data: bytes) -> None:
    if data.count(b"/") > MOST_NAMES:
        raise Refused(UNREADABLE, field="file")
    if _ACTING.search(data):
        raise Refused(ACTS, field="file")
    if _CARRYING.search(data):
        raise Refused(EMBEDDED, field="file")
