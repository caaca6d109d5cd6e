"""Archives of a cell, as the program writes them and as somebody else's hand would."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from chibo.leaving import export
from chibo.leaving.box import NotTaken, unpack
from chibo.leaving.export import place
from chibo.leaving.take_in import take_in
from critique.sealing.crypto import keyring
from members.models import Organisation

if TYPE_CHECKING:
    pass

WORDS = "bốn từ không liên quan"
NEVER_THE_SAME = {"made_at", "files", "keys"}  # of the manifest; `files` because lines under the key begin by chance


def emptied() -> None:
    """As a database is that was only migrated; what is sealed or only added to goes as well."""
    connection.check_constraints()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    statements = connection.ops.sql_flush(
        no_style(), sorted({*tables} - kept), reset_sequences=True, allow_cascade=True
    )
    connection.ops.execute_sql_flush(statements)


def exported(cell: Organisation, path: Path, words: str | None = None) -> dict[str, Any]:
    with path.open("wb") as out:
        return export.write(out, words, cell, timezone.now())


def inside(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive}  # type: ignore[union-attr]


def opened(files: dict[str, bytes]) -> dict[str, bytes]:
    """With what is locked line by line in the open, and of the manifest what has to be the same."""
    found = dict(files)
    for name, content in files.items():
        if name.startswith("closed/"):
            label = name.removeprefix("closed/").removesuffix(".jsonl")
            given = [json.loads(line) for line in content.splitlines()]
            found[name] = b"".join(keyring().open(one["locked"], place(label, one["id"])).encode() for one in given)
    manifest = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps({k: v for k, v in manifest.items() if k not in NEVER_THE_SAME}).encode()
    return found


@cache
def held() -> dict[str, bytes]:
    """The demonstration's archive: the rows are the same in every test, so it is written once."""
    cell = Organisation.objects.cells().get(name="Chi bộ Văn phòng")
    with NamedTemporaryFile() as out:
        exported(cell, Path(out.name))
        return inside(Path(out.name))


def packed(path: Path, files: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> Path:
    """An archive in the open, by somebody else's hand."""
    with gzip.open(path, "wb") as out, tarfile.open(fileobj=out, mode="w|") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))
    return path


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """With a manifest that names these very files."""
    manifest = json.loads(files["manifest.json"])
    held = {name: content for name, content in files.items() if name != "manifest.json"}
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in held.items()
    }
    return {**held, "manifest.json": json.dumps(manifest).encode()}


def refused(path: Path, folder: Path, words: str | None = None) -> str:
    with pytest.raises(NotTaken) as caught:
        take_in(folder, unpack(path, words, folder))
    return str(caught.value)
