"""An archive onto this server: all of it in one transaction, or nothing.

Rows keep their keys: what was signed names them, and sealed words are bound to them. Once they are in, everything is
gathered again as an export would: only where that is the same, byte for byte, and the book is whole, is it kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from book.verify import verify
from chibo.files.places import in_use
from chibo.leaving.box import LONGEST, NotTaken
from chibo.leaving.export import FORM, VERSION, attached, place, program
from chibo.leaving.rows import SHARED, as_row, check_links, links
from chibo.leaving.taken import Taken
from chibo.leaving.travels import going, is_closed, line_of
from critique.sealing.crypto import Unreadable, keyring
from members.known import known
from members.models import Member, Organisation, User
from search.keeping import rebuild

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

BATCH = 200
_PLAIN = re.compile(r"[a-z]+/[^/\\\0]{1,100}")  # a folder of attachments, a name in it


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`wrong`: the book was not whole when it was exported, and is not now, in the same place."""

    cell: Organisation
    rows: int
    files: int
    links: int
    wrong: str


def take_in(folder: Path, manifest: dict[str, Any]) -> TakenIn:
    """`folder`: as `unpack` has left it. Raises NotTaken, with nothing written."""
    try:
        _fits(manifest)
        with _files_too() as written, transaction.atomic():
            return _take_in(folder, manifest, written)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError, ValidationError) as error:
        raise NotTaken("Nội dung lưu trữ không đúng cấu trúc đã công bố.") from error
    except DatabaseError as error:
        raise NotTaken("Các mục trong lưu trữ không khớp nhau hoặc không đúng cấu trúc.") from error


def _fits(manifest: dict[str, Any]) -> None:
    if manifest.get("form") != FORM:
        raise NotTaken("Tệp này không phải lưu trữ của một chi bộ.")
    if manifest.get("version") != VERSION:
        raise NotTaken(f"Lưu trữ theo cấu trúc số {manifest.get('version')!r}; phần mềm này đọc cấu trúc số {VERSION}.")
    if manifest["migrations"] != program():
        raise NotTaken(
            "Lưu trữ do bản phần mềm khác ghi. Hãy cài đúng bản ấy, nhập ở đó, rồi mới nâng cấp; "
            "hoặc nâng cấp máy chủ cũ rồi xuất lại."
        )
    if lacking := [name for name in manifest["keys"] if not keyring().has(str(name))]:
        raise NotTaken(
            f"Máy chủ này thiếu khoá {', '.join(map(str, lacking))} của máy chủ cũ: thêm khoá ấy vào sau khoá đang "
            "dùng trong CHIBO_CRITIQUE_KEYS rồi nhập lại. Không có khoá thì nội dung kiểm điểm, thư không ai mở được."
        )


def _take_in(folder: Path, manifest: dict[str, Any], written: list[str]) -> TakenIn:
    cell = int(manifest["cell"]["id"])
    _is_free(cell, str(manifest["cell"]["name"]))
    here = {*Organisation.objects.values_list("pk", flat=True)}
    there = {model: _Table(label, model, folder) for label, model in going().items()}
    keys: dict[Any, Any] = {model: table.keys() for model, table in there.items()}
    for model, table in there.items():
        pointing = {name: keys.get(target, ()) for name, target in links(model).items()}
        table.insert(pointing, cell)
    connection.check_constraints()
    found = Organisation.objects.cells().filter(pk=cell).first()
    if found is None:
        raise NotTaken("Trong lưu trữ không có chi bộ mà bản kê nói.")
    _is_the_same(found, there)
    _stands_below(keys[Organisation])
    _binds_nobody_else(keys, here)
    book = verify(found)
    told = manifest["book"]
    if (book.links, book.head.hash if book.head else "", book.wrong) != (told["links"], told["head"], told["wrong"]):
        raise NotTaken(f"Sổ biên bản nhập vào không như trong bản kê. {book.wrong}".strip())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(going().values())):
                cursor.execute(statement)
    named, missing = attached(Taken(found)), {*manifest["missing"]}
    _put_files(folder, named - missing, manifest, written)
    _is_missing(named & missing)
    rebuild()
    rows = sum(table.count for table in there.values())
    return TakenIn(found, rows, len(written), book.links, book.wrong)


def _is_free(cell: int, name: str) -> None:
    other = Organisation.objects.filter(pk=cell).first()
    if other is not None and other.name == name:
        raise NotTaken(f"Máy chủ này đã có {name}. Mỗi chi bộ chỉ nhập một lần, vào nơi chưa có chi bộ ấy.")
    if other is not None:
        raise NotTaken(f"Số của {name} ở máy chủ này đã dùng cho {other.name}: hãy nhập vào một cơ sở dữ liệu mới.")
    if Organisation.objects.cells().filter(name=name).exists():
        raise NotTaken(f"Máy chủ này đã có một chi bộ khác mang tên {name}.")


def _stands_below(bodies: Collection[int]) -> None:
    """Who follows a body from above reads what its path begins: a path is nothing that an archive may choose."""
    for body in Organisation.objects.filter(pk__in=bodies).select_related("parent"):
        above = body.parent.path if body.parent is not None else "/"
        if body.path != f"{above}{body.pk}/":
            raise NotTaken(f"Chỗ của {body.name} trong cây tổ chức không đúng: không nhập.")


def _binds_nobody_else(keys: Any, here: Collection[int]) -> None:
    """What a body above has laid down comes along with that body; where it is already, it has said so itself."""
    for label, model in going().items():
        line = line_of(label)
        if line.from_above:
            theirs = model._base_manager.filter(**{f"{line.cell or known(label).cell}__in": here})
            if keys[model].intersection(theirs.values_list("pk", flat=True)):
                raise NotTaken(f"Bảng {label}: có quy định của tổ chức đã có ở máy chủ này: {_ELSEWHERE}")


class _Table:
    """The lines of one table in the folder; `digest` grows as they are read, in the open and in order."""

    def __init__(self, label: str, model: type[models.Model], folder: Path) -> None:
        self.label, self.model = label, model
        self._closed = is_closed(label)
        self._path = folder / ("closed" if self._closed else "rows") / f"{label}.jsonl"
        self.digest, self.count = hashlib.sha256(), 0

    def keys(self) -> set[int]:
        return {json.loads(line)["id"] for line in self._read()}

    def _read(self) -> Iterator[bytes]:
        if not self._path.exists():
            raise NotTaken(f"Lưu trữ thiếu bảng {self.label}.")
        with self._path.open("rb") as source:
            while line := source.readline(LONGEST):
                yield line

    def _opened(self) -> Iterator[bytes]:
        for line in self._read():
            if not self._closed:
                yield line
                continue
            given = json.loads(line)
            try:
                yield keyring().open(given["locked"], place(self.label, given["id"])).encode()
            except Unreadable as error:
                raise NotTaken(f"Một dòng khoá của bảng {self.label} không mở được: bị đổi chỗ hoặc bị sửa.") from error

    def insert(self, pointing: dict[str, Any], cell: int) -> None:
        batch: list[tuple[models.Model, bytes]] = []
        for line in self._opened():
            self.digest.update(line)
            self.count += 1
            row = as_row(self.model, line)
            if not check_links(row, pointing):
                raise NotTaken(f"Bảng {self.label}: mục số {row.pk} dẫn tới mục không có trong lưu trữ.")
            batch.append((row, line))
            if len(batch) == BATCH:
                self._store(batch, cell)
                batch = []
        self._store(batch, cell)

    def _store(self, batch: list[tuple[models.Model, bytes]], cell: int) -> None:
        """What several cells name (bodies above, guests, accounts) may be here already, if it is the same."""
        there = set(self.model._base_manager.filter(pk__in=[row.pk for row, _ in batch]).values_list("pk", flat=True))
        new = [row for row, _ in batch if row.pk not in there]
        if there and self.model not in SHARED:
            raise NotTaken(f"Máy chủ này đã dùng số của bảng {self.label} cho dữ liệu khác: {_ELSEWHERE}")
        for row in new:
            if isinstance(row, User):
                row.set_unusable_password()
        names = [row.username for row in new if isinstance(row, User)]
        if taken := User.objects.filter(username__in=names).first():
            raise NotTaken(f"Tên đăng nhập {taken.username} đã có ở máy chủ này: {_ELSEWHERE}")
        self.model._base_manager.bulk_create(new)


_ELSEWHERE = "hãy nhập vào một cơ sở dữ liệu mới, khi chưa tạo tài khoản nào."


def _is_the_same(cell: Organisation, there: dict[Any, _Table]) -> None:
    """Whether an export from here would hold these very lines: nothing of it belongs to anybody else."""
    taken = Taken(cell)
    for model, table in there.items():
        digest = hashlib.sha256()
        for _, line in taken.lines_of(model):
            digest.update(line)
        if digest.digest() != table.digest.digest():
            if model in (Organisation, Member, User):
                raise NotTaken(
                    f"Tổ chức, người hoặc tài khoản đã có ở máy chủ này khác với trong lưu trữ ({table.label}): "
                    f"{_ELSEWHERE}"
                )
            raise NotTaken(f"Bảng {table.label}: nội dung không phải đúng của chi bộ này, hoặc đã bị sửa.")


# --- Attachments ------------------------------------------------------------------------------


@contextmanager
def _files_too() -> Iterator[list[str]]:
    """What was kept goes again where the transaction does; in the database it has gone with it."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            in_use().remove(name)
        raise


def _is_missing(names: set[str]) -> None:
    """A file that did not come along is not somebody else's that bears its name."""
    for name in sorted(names):
        if not _PLAIN.fullmatch(name) or default_storage.exists(name):
            raise NotTaken(f"Nơi cất tệp đính kèm của máy chủ này đã có {name}.")


def _put_files(folder: Path, names: set[str], manifest: dict[str, Any], written: list[str]) -> None:
    held = folder / "attachments"
    told = {name.removeprefix("attachments/") for name in manifest["files"] if name.startswith("attachments/")}
    if told != names:
        raise NotTaken("Tệp đính kèm trong lưu trữ không đúng như các mục ghi.")
    for name in sorted(names):
        if default_storage.exists(name):
            raise NotTaken(f"Nơi cất tệp đính kèm của máy chủ này đã có {name}.")
        with (held / name).open("rb") as source:
            written.append(default_storage.save(name, File(source)))
        if written[-1] != name:
            raise NotTaken(f"Nơi cất tệp đính kèm của máy chủ này đã có {name}.")
