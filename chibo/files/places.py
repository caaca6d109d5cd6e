"""THE TWO PLACES in which attached files are kept; all code goes through Django's `default_storage`, which is one.

Why a table and not a store beside it: docs/decisions/0054-attached-files-may-be-kept-in-the-database.md.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.deconstruct import deconstructible

from chibo.models import KeptFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


LONGEST = 255  # letters of a name
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def fits(name: str) -> bool:
    """Whether either place could have given this name to a file."""
    plain = not {"\\", "\0"} & {*name} and not {"", ".", ".."} & {*name.split("/")}
    return plain and len(name) <= LONGEST and name.encode(errors="ignore").decode() == name


class Folder(FileSystemStorage):
    """MEDIA_ROOT. Two servers need one that both see."""

    WORD = "thư mục"

    def names(self) -> Iterator[str]:
        """Of all files in it; what is a link to elsewhere, or bears a name that we would not give, is none of ours."""
        root = Path(self.location)
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not path.is_symlink() and fits(name):
                yield name

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else on this machine says so of this folder at the moment."""
        Path(self.location).mkdir(parents=True, exist_ok=True, mode=0o700)
        held = os.open(self.location, os.O_RDONLY)
        try:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            except BlockingIOError:
                alone = False
            yield alone
        finally:
            os.close(held)

    def delete(self, name: str) -> None:
        """A copy that lies in the other place, before or after a move, is taken away as well."""
        self.remove(name)
        Database().remove(name)

    def remove(self, name: str) -> None:
        """Here alone."""
        super().delete(name)


@deconstructible
class Database(Storage):
    """A row for each file, written in the transaction of the row that names it. A file is held in memory as a whole:
    what may be attached is bounded (`MAX_BYTES` in meetings/uploads.py).
    """

    WORD = "cơ sở dữ liệu"

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        found = KeptFile.objects.filter(name=name).values_list("data", flat=True).first()
        if found is None:
            raise FileNotFoundError(name)
        return File(BytesIO(found), name=name)

    def _save(self, name: str, content: File[bytes]) -> str:
        data = b"".join(content.chunks())
        digest, now = hashlib.sha256(data).hexdigest(), timezone.now()
        kept = {"size": len(data), "digest": digest, "data": data, "kept_at": now}
        while True:
            try:
                with transaction.atomic():
                    KeptFile.objects.create(name=name, **kept)
            except IntegrityError:  # another server was quicker to take the name
                name = self.get_available_name(name, max_length=LONGEST)
            else:
                return name

    def delete(self, name: str) -> None:
        """As in a folder."""
        self.remove(name)
        Folder().remove(name)

    def remove(self, name: str) -> None:
        """Here alone."""
        KeptFile.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return KeptFile.objects.filter(name=name).exists()

    def size(self, name: str) -> int:
        found = KeptFile.objects.filter(name=name).values_list("size", flat=True).first()
        if found is None:
            raise FileNotFoundError(name)
        return found

    def get_modified_time(self, name: str) -> datetime:
        """When it was kept; of one from before that was noted, long ago."""
        found = KeptFile.objects.filter(name=name).values_list("kept_at").first()
        if found is None:
            raise FileNotFoundError(name)
        return found[0] or _LONG_AGO

    def names(self) -> Iterator[str]:
        yield from KeptFile.objects.order_by("name").values_list("name", flat=True)


def in_use() -> Any:
    """The one in use: a `Folder` or the `Database`."""
    return default_storage


def other_place() -> Folder | Database:
    """Where files lie that were kept before it was changed."""
    return Folder() if is_in_database() else Database()


def is_in_database() -> bool:
    return isinstance(default_storage, Database)


def _columns() -> Iterator[tuple[type[models.Model], models.FileField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


def named() -> set[str]:
    """The files that rows of any table name."""
    found: set[str] = set()
    for model, field in _columns():
        found |= {*model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)}
    return found


def of_ours(names: Iterable[str], asked: Collection[str] = ()) -> Iterator[str]:
    """Of these names those of attached files: where such are put, or among what rows name (`asked`). In the same folder
    other things may lie as well: on a disk of its own lost+found, or what somebody keeps there.
    """
    put = tuple({f"{field.upload_to}/" for _, field in _columns()})
    return (name for name in names if name.startswith(put) or name in asked)
