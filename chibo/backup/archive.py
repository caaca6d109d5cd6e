"""One file with database, attachments and a manifest that says what has to be in it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
from contextlib import closing, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.files import File
from django.db import connection

from book.verify import verify
from chibo.backup import tables
from chibo.backup.crypt import Locked, NotOpened, Opened
from chibo.files.moving import content, digest
from chibo.files.places import Folder, fits, in_use, is_in_database
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

MANIFEST = "manifest.json"
ENTRY = re.compile(r"manifest\.json|database\.sqlite3|tables/\w+\.copy|media/[^/\0]+(?:/[^/\0]+)*")


def write(out: IO[bytes], passphrase: str, folder: Path, now: datetime) -> dict[str, Any]:
    """`folder`: an empty one of our own. The rows are of one moment; a file that is added later is more than was asked.

    Keys never go in: neither the server's own nor those of self-criticism, whose texts stay encrypted in the database.
    """
    digests: dict[str, str] = {}
    with closing(Locked(out, passphrase)) as locked, tarfile.open(fileobj=locked, mode="w|gz") as archive:
        with tables.snapshot(folder) as raw:
            tables.write_out(raw, folder)
            manifest: dict[str, Any] = {
                "made_at": now.isoformat(timespec="seconds"),
                "database": connection.vendor,
                "migrations": tables.migrations(raw),
                "counts": tables.counts(raw),
                "heads": tables.heads(raw),
                "sha256": digests,
            }
            for name, held in _attachments(raw):
                digests["media/" + name] = digest(held)
                info = nameless(tarfile.TarInfo("media/" + name))
                info.size = len(held)
                archive.addfile(info, BytesIO(held))
            tables.without_files(raw)
        for name, path in _files(folder):
            digests[name] = _sha256(path)
            archive.add(path, name, recursive=False, filter=nameless)
        last = folder / MANIFEST
        last.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        archive.add(last, MANIFEST, filter=nameless)
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _attachments(raw: Any) -> Iterator[tuple[str, bytes]]:
    """One by one, of both places; where a name lies in both, the one in use. Of the database as it was at the moment of
    the rows; from the folder a file that is replaced meanwhile is gone.
    """
    folder, seen = Folder(), set[str]()
    lying: list[tuple[str, Callable[[], bytes]]] = [(name, partial(content, folder, name)) for name in folder.names()]
    kept = [*tables.files(raw)]
    for name, read in [*kept, *lying] if is_in_database() else [*lying, *kept]:
        if name not in seen:
            seen.add(name)
            with suppress(FileNotFoundError):
                yield name, read()


def nameless(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(source: IO[bytes], passphrase: str, folder: Path) -> dict[str, Any]:
    """Into the folder, every piece authenticated, every file as the manifest says. Raises NotOpened otherwise."""
    try:
        with tarfile.open(fileobj=Opened(source, passphrase), mode="r|gz") as archive:
            for info in archive:
                held = archive.extractfile(info) if info.isfile() and _is_ours(info.name) else None
                if held is None:
                    raise NotOpened
                path = folder / info.name
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with path.open("wb") as out:
                    shutil.copyfileobj(held, out)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise NotOpened from error
    there = {name: _sha256(path) for name, path in _files(folder) if name != MANIFEST}
    if there != manifest["sha256"]:
        raise NotOpened
    return manifest


def _is_ours(name: str) -> bool:
    return bool(ENTRY.fullmatch(name)) and ".." not in name.split("/")


def put_back(folder: Path, manifest: dict[str, Any]) -> str:
    """Onto an empty server; a sentence where that cannot be done. Nothing is changed then."""
    if manifest["database"] != connection.vendor:
        return f"Bản sao lưu là của {manifest['database']}, máy chủ này dùng {connection.vendor}."
    if tables.is_newer(manifest["migrations"]):
        return "Bản sao lưu do bản phần mềm mới hơn ghi. Hãy cài bản ấy hoặc bản mới hơn nữa, rồi khôi phục."
    if not tables.knows_files(manifest["migrations"]) and connection.vendor == "sqlite" and is_in_database():
        return (
            "Bản sao lưu do bản phần mềm cũ hơn ghi, khi ấy tệp đính kèm chưa cất được trong cơ sở dữ liệu. Hãy đặt "
            "CHIBO_FILES=folder rồi khôi phục, chạy bring_up_to_date, sau đó move_files database."
        )
    names = [name.removeprefix("media/") for name in manifest["sha256"] if name.startswith("media/")]
    if strange := sorted(name for name in names if not fits(name)):
        return f"Trong bản sao lưu có tệp mang tên không nhận được: {strange[0]!r}."
    if not tables.is_empty() or any(Folder().names()):
        return "Máy chủ này không trống: chỉ khôi phục vào cơ sở dữ liệu mới và thư mục tệp đính kèm trống."
    if sentence := tables.read_in(folder, manifest["migrations"]):
        return sentence
    for name in names:
        with (folder / "media" / name).open("rb") as held:
            in_use().save(name, File(held))
    return ""


def differences(manifest: dict[str, Any]) -> list[str]:
    """What is on this server beside what the manifest says, and whether every book is whole."""
    connection.ensure_connection()
    raw = connection.connection
    found = [
        f"Bảng {table}: {count} dòng, bản sao lưu ghi {manifest['counts'].get(table)}."
        for table, count in tables.counts(raw).items()
        if manifest["counts"].get(table) != count
    ]
    if tables.heads(raw) != manifest["heads"]:
        found.append("Mã cuối của một sổ biên bản không như trong bản sao lưu.")
    for name, told in manifest["sha256"].items():
        if name.startswith("media/") and _digest_here(name.removeprefix("media/")) != told:
            found.append(f"Tệp {name} không như trong bản sao lưu.")
    books = [(cell, verify(cell)) for cell in Organisation.objects.order_by("pk")]
    return found + [f"{cell}: {book.wrong}" for cell, book in books if book.wrong]


def _digest_here(name: str) -> str:
    try:
        return digest(content(in_use(), name))
    except FileNotFoundError:
        return ""
