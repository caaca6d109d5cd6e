"""What in an attached file would do something by itself on the reader's machine: found by its kind, not by its name.

Here the PDF; the Word file stands in `filetext.py`. Everything takes a bounded time whatever the file holds: one
budget for all that is looked at, and what is more than that, or written in a way that no usual program writes, is
refused and never taken for clean. A link that somebody has to click stays allowed.
"""

from __future__ import annotations

import re
import zlib

from members.refusal import Refused

MOST_WORK = 16 * 1024 * 1024  # bytes of a PDF's packed objects and of what stands around them, all together
MOST_PACKED = 2000  # packed objects, and as many chapters of a table of contents
MOST_CHAPTERS = 50_000
MOST_NAMES = 800_000  # in a PDF with its packed objects

MACROS = "Tệp Word có macro (chương trình chạy khi mở). Xin lưu lại thành tệp .docx không có macro."
EMBEDDED = "Trong tệp có nhúng tệp khác. Xin bỏ phần nhúng, hoặc đính kèm tệp ấy riêng."
OUTSIDE = "Tệp Word lấy nội dung từ nơi khác khi mở (mẫu, ảnh, liên kết ngoài). Xin lưu lại với nội dung nằm trong tệp."
ACTS = "Tệp PDF có phần tự chạy khi mở (mã lệnh, gọi chương trình, biểu mẫu gửi đi). Xin in lại thành PDF thường."
LOCKED = "Tệp có mật khẩu hoặc bị khoá nên không xem được bên trong. Xin lưu lại không khoá."
UNREADABLE = "Không xem được bên trong tệp này. Xin lưu lại bằng chương trình soạn thảo rồi đính kèm."


def _named(*names: str) -> re.Pattern[bytes]:
    """These names of a PDF, each letter as it is or as #xx."""
    ways = []
    for name in names:
        letters = [f"(?:{re.escape(c)}|#{ord(c):02x}|#{ord(c):02X})" for c in name]
        ways.append("".join(letters))
    return re.compile(f"/(?:{'|'.join(ways)})(?![A-Za-z0-9#])".encode())


_ACTING = _named("JavaScript", "Launch", "RichMedia", "XFA", "ImportData", "SubmitForm", "Rendition", "GoToE", "GoToR")
_BY_ITSELF = re.compile(rb"/(?:A|#41)(?:A|#41)[\s\0]*<<")  # actions when a page or a field is entered
_CARRYING = _named("EmbeddedFile", "EmbeddedFiles", "FileAttachment")
_ENCRYPTED = _named("Encrypt")
_PACKED = _named("ObjStm", "First")
_CHAPTER = _named("First")
_OPENING = _named("OpenAction")
_LINK = _named("URI")
_PLACE = re.compile(rb"[\s\0]*(?:(\[)|(<<)|(\d{1,9})[\s\0]+(\d{1,5})[\s\0]+R(?![A-Za-z]))")
_HEAD = 4000  # bytes of the dictionary before its stream
_ENDS = re.compile(rb"endobj|stream")
_NAME = re.compile(rb"/([^\s\0/<>\[\]()%{}]*)")
_PACKED_KEYS = frozenset({b"Type", b"ObjStm", b"N", b"First", b"Length", b"Filter", b"FlateDecode", b"Extends"})
_DEFLATED = re.compile(rb"/Filter[\s\0]*(?:/FlateDecode(?![\w#])|\[[\s\0]*/FlateDecode[\s\0]*\])")
_BEGINS = re.compile(rb"stream\r?\n")
_AFTER = re.compile(rb"[\s\0]{0,16}endstream")
_PIECE = 1 << 16


class _Work:
    """What may still be looked at, in bytes and names."""

    def __init__(self) -> None:
        self.bytes, self.names = MOST_WORK, MOST_NAMES

    def takes(self, size: int, names: int = 0) -> None:
        self.bytes -= size
        self.names -= names
        if self.bytes < 0 or self.names < 0:
            raise Refused(UNREADABLE, field="file")


def judge_pdf(data: bytes) -> None:
    """Refused with the reason: code, calls of programs, files inside; also packed, or with names escaped."""
    work = _Work()
    work.takes(0, data.count(b"/"))
    _judge_objects(data)
    if _ENCRYPTED.search(data):
        raise Refused(LOCKED, field="file")
    packed: dict[int, tuple[bytes, bytes]] = {}
    for count, found in enumerate(_PACKED.finditer(data)):
        if count >= MOST_CHAPTERS or len(packed) >= MOST_PACKED:
            raise Refused(UNREADABLE, field="file")
        end = _ENDS.search(data, found.end(), found.end() + _HEAD)
        work.takes((end.start() if end else found.end() + _HEAD) - found.end())
        if end is None or end[0] != b"stream":
            if _CHAPTER.match(found[0]):
                continue  # the first chapter of a table of contents
            raise Refused(UNREADABLE, field="file")
        if end.start() not in packed:
            head = _head(data, found.start(), end.start(), work)
            packed[end.start()] = head, _unpacked(data, end.start(), head, work)
    for _, plain in packed.values():
        work.takes(0, plain.count(b"/"))
        _judge_objects(plain)
    _judge_opening(data, packed)


def _head(data: bytes, at: int, end: int, work: _Work) -> bytes:
    """The dictionary of packed objects: nothing in it but what every program writes there."""
    begin = data.rfind(b"obj", max(at - _HEAD, 0), at)
    work.takes(end - (begin if begin >= 0 else max(at - _HEAD, 0)))
    head = data[begin + 3 : end]
    odd = b"(" in head or b"%" in head or not {*_NAME.findall(head)} <= _PACKED_KEYS
    if begin < 0 or odd or head.count(b"/Filter") != len(_DEFLATED.findall(head)) or head.count(b"/Filter") > 1:
        raise Refused(UNREADABLE, field="file")
    return head


def _unpacked(data: bytes, at: int, head: bytes, work: _Work) -> bytes:
    """To its own end, which is not where the word “endstream” first stands."""
    begins = _BEGINS.match(data, at)
    if begins is None:
        raise Refused(UNREADABLE, field="file")
    start = begins.end()
    if b"/Filter" not in head:
        end = data.find(b"endstream", start, start + work.bytes)
        work.takes(end - start if end >= 0 else work.bytes + 1)
        return data[start:end]
    unpacking, plain = zlib.decompressobj(), bytearray()
    try:
        while not unpacking.eof:
            piece = data[start : start + _PIECE]
            work.takes(len(piece))
            if not piece:
                raise Refused(UNREADABLE, field="file")
            plain += unpacking.decompress(piece, work.bytes + 1 - len(plain))
            start += len(piece)
            if unpacking.unconsumed_tail:
                raise Refused(UNREADABLE, field="file")
    except zlib.error:
        raise Refused(UNREADABLE, field="file") from None
    work.takes(len(plain))
    if not _AFTER.match(data, start - len(unpacking.unused_data)):
        raise Refused(UNREADABLE, field="file")
    return bytes(plain)


def _judge_objects(data: bytes) -> None:
    if _ACTING.search(data) or _BY_ITSELF.search(data):
        raise Refused(ACTS, field="file")
    if _CARRYING.search(data):
        raise Refused(EMBEDDED, field="file")


def _judge_opening(data: bytes, packed: dict[int, tuple[bytes, bytes]]) -> None:
    """What opens with the file is a place in it; an address that is called by itself is not a link."""
    everything = [data, *(plain for _, plain in packed.values())]
    openings = [(text, found.end()) for text in everything for found in _OPENING.finditer(text)]
    if len(openings) > 10:
        raise Refused(ACTS, field="file")
    for text, at in openings:
        place = _PLACE.match(text, at, at + 100)
        if place is None:
            raise Refused(ACTS, field="file")
        if place[2]:
            bodies = [text[at : at + _HEAD]]
        elif place[3]:
            bodies = _objects(data, packed, int(place[3]), int(place[4]))
        else:
            continue
        if not bodies or any(_LINK.search(body) for body in bodies):
            raise Refused(ACTS, field="file")


def _objects(data: bytes, packed: dict[int, tuple[bytes, bytes]], number: int, edition: int) -> list[bytes]:
    """Every object of this number: to its end, or the next bytes."""
    plain = re.compile(rb"(?<!\d)0*%d[\s\0]+0*%d[\s\0]+obj" % (number, edition))
    bodies = [data[one.end() : one.end() + _HEAD].split(b"endobj")[0] for one in plain.finditer(data)]
    for head, text in packed.values():
        first = re.search(rb"/First[\s\0]+(\d{1,9})", head)
        told = text[: int(first[1]) if first else 0].split()
        for name, offset in zip(told[::2], told[1::2], strict=False):
            if name.lstrip(b"0") == b"%d" % number and offset.isdigit() and len(offset) < 10 and first:
                begin = int(first[1]) + int(offset)
                bodies.append(text[begin : begin + 200])
    return bodies
