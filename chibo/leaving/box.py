"""The archive as a file: a tar, packed with gzip, locked with a passphrase; written and read piece by piece."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from chibo.backup.archive import MANIFEST, nameless
from chibo.backup.crypt import ARCHIVE, MAGIC, Locked, NotOpened, Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENTRY = re.compile(
    r"manifest\.json|schema\.json|DOC-TRUOC\.txt|(?:rows|closed)/[a-z]\w*\.[A-Z]\w*\.jsonl"
    r"|papers/\d{5}-[a-z0-9-]{1,80}\.(?:pdf|docx)|attachments/[^/\\\0]{1,100}(?:/[^/\\\0]{1,100}){0,3}"
)
PIECE = 1 << 20
IN_MEMORY = 4_000_000  # bytes of a table before it waits on the disk, in a file without a name
ENTRIES = 50_000
UNPACKED = 64 << 20, 100  # bytes at any rate, and times what the file weighs
LONGEST = 64 << 20  # of one line, and of the manifest


class NotTaken(Exception):
    """Why an archive is not read in; a sentence for whoever runs the command."""


class Writer:
    """Adds files and remembers what each of them weighs and hashes to; always the same bytes of the same content."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        self.add_lines(name, [content])

    def add_lines(self, name: str, content: Iterable[bytes]) -> None:
        """In parts: what is larger than a few megabytes waits on the disk until its size is known."""
        digest = hashlib.sha256()
        with SpooledTemporaryFile(max_size=IN_MEMORY) as held:
            for part in content:
                digest.update(part)
                held.write(part)
            info = nameless(tarfile.TarInfo(name))
            info.size = held.tell()
            held.seek(0)
            self._archive.addfile(info, held)
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": info.size}

    def close_with(self, manifest: dict[str, Any]) -> None:
        manifest["files"] = dict(sorted(self.files.items()))
        self.add(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")


@contextmanager
def written(out: IO[bytes], passphrase: str | None) -> Iterator[Writer]:
    """`passphrase` None: in the open."""
    if passphrase is None:
        with _packed(out) as writer:
            yield writer
        return
    with closing(Locked(out, passphrase, ARCHIVE)) as locked, _packed(locked) as writer:
        yield writer


@contextmanager
def _packed(out: Any) -> Iterator[Writer]:
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed, _tar(packed) as archive:
        yield Writer(archive)


def _tar(packed: Any) -> tarfile.TarFile:
    return tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT)


def is_locked(path: Path) -> bool:
    """Raises NotTaken where the file is none of ours."""
    with path.open("rb") as source:
        head = source.read(len(ARCHIVE))
    if head == MAGIC:
        raise NotTaken("Tệp này là bản sao lưu cả máy chủ, không phải lưu trữ của một chi bộ: dùng lệnh restore.")
    if head != ARCHIVE and not head.startswith(b"\x1f\x8b"):
        raise NotTaken("Tệp này không phải lưu trữ của một chi bộ.")
    return head == ARCHIVE


def unpack(path: Path, passphrase: str | None, folder: Path) -> dict[str, Any]:
    """Rows, attachments and manifest into the folder, and the manifest. Every file is as the manifest says.

    Papers are only compared: the rows that they were written from come along. Raises NotTaken.
    """
    with path.open("rb") as source:
        try:
            opened: Any = source if passphrase is None else Opened(source, passphrase, ARCHIVE)
            there = _unpack(opened, folder, UNPACKED[0] + UNPACKED[1] * path.stat().st_size)
        except NotOpened as error:
            raise NotTaken(_not_opened(error)) from error
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, OSError, ValueError) as error:
            raise NotTaken("Tệp bị cắt ngắn hoặc hỏng: không đọc được đến hết.") from error
    return _compared(folder, there)


def _not_opened(error: NotOpened) -> str:
    if error.pieces:
        return "Tệp bị cắt ngắn hoặc bị sửa: đoạn đầu mở được, đoạn sau thì không."
    return "Sai mật khẩu, hoặc tệp bị cắt ngắn, bị sửa."


def _unpack(opened: Any, folder: Path, most: int) -> dict[str, dict[str, Any]]:
    there: dict[str, dict[str, Any]] = {}
    limited = _Limited(gzip.GzipFile(fileobj=opened, mode="rb"), most)
    with tarfile.open(fileobj=limited, mode="r|") as archive:  # type: ignore[call-overload]
        for info in archive:
            if (
                not info.isfile()
                or info.issparse()
                or not ENTRY.fullmatch(info.name)
                or {".", ".."} & {*info.name.split("/")}
            ):
                raise NotTaken(f"Trong tệp có mục lạ ({info.name[:80]!r}), không phải của lưu trữ.")
            if info.name in there or len(there) >= ENTRIES:
                raise NotTaken("Trong tệp có mục trùng tên hoặc quá nhiều mục.")
            held = archive.extractfile(info)
            if held is None:
                raise tarfile.ReadError
            there[info.name] = _put(held, None if info.name.startswith("papers/") else folder / info.name)
    while limited.read(PIECE):  # to the end, so that what is cut off there is noticed
        pass
    return there


class _Limited:
    """Lets no more through than was agreed: a small file may unpack to more than the disk holds."""

    def __init__(self, source: Any, most: int) -> None:
        self._source, self._left = source, most

    def read(self, count: int = -1) -> bytes:
        data: bytes = self._source.read(count)
        self._left -= len(data)
        if self._left < 0:
            raise NotTaken("Nội dung giải nén lớn bất thường so với tệp: không nhập.")
        return data


def _put(held: IO[bytes], path: Path | None) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") if path is not None else SpooledTemporaryFile() as out:
        while part := held.read(PIECE):
            digest.update(part)
            size += len(part)
            if path is not None:
                out.write(part)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _compared(folder: Path, there: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if MANIFEST not in there or there.pop(MANIFEST)["bytes"] > LONGEST:
        raise NotTaken("Tệp không có bản kê (manifest.json): không phải lưu trữ của một chi bộ, hoặc bị cắt ngắn.")
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        told: dict[str, dict[str, Any]] = dict(manifest["files"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotTaken("Bản kê (manifest.json) không đọc được.") from error
    for name in sorted({*told} | {*there}):
        if told.get(name) != there.get(name):
            raise NotTaken(f"Tệp {name} trong lưu trữ không đúng bản kê: bị sửa, bị thiếu hoặc thêm vào.")
    return manifest
