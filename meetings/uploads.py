"""What may be attached: PDF and DOCX, known by their content, of a bounded size, without a mark of secrecy."""

from __future__ import annotations

import io
import logging
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.crypto import get_random_string

from documents.apart import Bounds, TooMuch, apart
from meetings.active import UNREADABLE, judge_pdf
from meetings.filetext import read_word
from members.refusal import Refused
from members.secrecy import mark_in, mark_in_name

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2000
BOUNDS = Bounds(seconds=2)  # what is usual takes some hundredths
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Checked:
    name: str
    type: str
    size: int


def examine(upload: UploadedFile, pdf_only: str = "") -> Checked:
    """Say what the file is, or refuse it with the reason; `pdf_only`: the reason against whatever is no PDF.

    Leaves the file at its beginning.
    """
    size = upload.size or 0
    name = _safe_name(upload.name or "")
    if size == 0:
        raise Refused("Tệp trống.", field="file")
    if size > MAX_BYTES:
        raise Refused(f"Tệp nặng {size / 1024 / 1024:.1f} MB, quá 10 MB.".replace(".", ",", 1), field="file")
    if mark_in_name(name):
        raise Refused("Tên tệp có dấu chỉ độ mật. Không đưa tài liệu bí mật nhà nước lên máy nối mạng.", field="file")
    kind = _kind(upload)
    upload.seek(0)
    if pdf_only and kind != "pdf":
        raise Refused(pdf_only, field="file")
    if kind is None:
        raise Refused("Chỉ nhận tệp PDF hoặc Word (.docx). Nội dung tệp này không phải hai loại đó.", field="file")
    if sentence := _what_is_inside(upload.read(), kind):
        raise Refused(sentence, field="file")
    upload.seek(0)
    return Checked(name if name.lower().endswith(f".{kind}") else f"{name}.{kind}", kind, size)


def put(row: Any, upload: UploadedFile, checked: Checked) -> None:
    """In place of the file before, which goes for good. Under a name that no file has had: one that is missing, or lies
    where files were kept formerly, still has its own. `row`: claimed; somebody may have put a file there before that.
    """
    row.refresh_from_db(fields=["file"])
    former, storage = row.file.name, row.file.storage
    row.file.save(f"{row.pk}-{get_random_string(8).lower()}.{checked.type}", upload, save=False)
    row.file_name, row.file_type, row.file_size = checked.name, checked.type, checked.size
    row.save(update_fields=["file", "file_name", "file_type", "file_size"])
    if former:
        transaction.on_commit(lambda: storage.delete(former), robust=True)


def _kind(upload: UploadedFile) -> str | None:
    upload.seek(0)
    if upload.read(5) == b"%PDF-":
        return "pdf"
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused("Tệp Word này giải nén ra quá lớn.", field="file")
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return None


def _what_is_inside(data: bytes, kind: str) -> str:
    """Why it is refused, looked at beside the server: whatever the file does there, nobody else waits for it."""
    try:
        return apart(_judged, data, kind, bounds=BOUNDS).decode()
    except TooMuch:
        return UNREADABLE
    except RuntimeError:  # what we did not think of: nobody has looked at it to its end
        logging.getLogger(__name__).exception("an attached file could not be looked at")
        return UNREADABLE


def _judged(data: bytes, kind: str) -> bytes:
    """The sentence, or nothing. Damaged inside, or packed in a way that we do not know: refused as well."""
    try:
        if kind == "pdf":
            judge_pdf(data)
            return b""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            mark = mark_in(read_word(archive))
    except Refused as refused:
        return refused.sentence.encode()
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return UNREADABLE.encode()
    if not mark:
        return b""
    return f"Trong tệp có dấu độ mật (“{mark}”). Không đưa tài liệu bí mật nhà nước lên máy nối mạng.".encode()


def _safe_name(name: str) -> str:
    """The name people see: one Unicode form, no path, no control or direction characters, at most 120 letters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf") and c not in '"<>|:*?')
    return visible.strip(" .")[-120:] or "tai-lieu"
