"""One cell into one file: every row as it is at one moment, its sealed papers, its attachments, and what is in it."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from book.kinds import KINDS
from book.models import Link
from book.proof import sealed_paper
from book.verify import verify
from chibo.backup.tables import migrations
from chibo.leaving.box import PIECE, Writer, written
from chibo.leaving.rows import as_line, schema
from chibo.leaving.taken import Taken
from chibo.leaving.travels import going, is_closed, staying
from critique.sealing.bound import Bound
from critique.sealing.crypto import keyring
from documents.apart import TooMuch
from documents.docx import to_docx
from documents.sealed import pdf_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from members.models import Organisation

FORM, VERSION = "chibo-cell", 1
READ_FIRST = """\
LƯU TRỮ CỦA MỘT CHI BỘ

rows/         mỗi tệp là một bảng, mỗi dòng là một mục (JSON); giờ theo UTC; cột nghĩa gì thì xem schema.json
closed/       như rows/, nhưng mỗi dòng khoá bằng khoá của máy chủ cũ (CHIBO_CRITIQUE_KEYS): thư, đề nghị, nhật ký
papers/       mọi giấy tờ đã ký, PDF và Word, theo số mục trong sổ biên bản
attachments/  tệp đính kèm
manifest.json lập lúc nào, của chi bộ nào, mã cuối của sổ biên bản, SHA-256 của từng tệp, điều gì không mang theo

Nội dung kiểm điểm, góp ý, thư nằm trong cột khoá (bắt đầu bằng "v2."): chỉ mở được bằng khoá của máy chủ cũ.
Đưa vào máy chủ mới: manage.py import_cell
"""


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is of one moment, whatever others write meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def write(out: IO[bytes], passphrase: str | None, cell: Organisation, now: datetime) -> dict[str, Any]:
    """Gives the manifest. No event is written by this: what is read here is what stood before."""
    with written(out, passphrase) as box:
        with one_moment():
            taken = Taken(cell)
            manifest = _manifest(cell, now)
            manifest["counts"] = _rows(box, taken, manifest)
        manifest["missing"] = [*_papers(box, cell), *_attachments(box, taken)]
        labels = [(label, model, is_closed(label)) for label, model in going().items()]
        box.add("schema.json", _json(schema(labels)))
        box.add("DOC-TRUOC.txt", READ_FIRST.encode())
        box.close_with(manifest)
    return manifest


def _manifest(cell: Organisation, now: datetime) -> dict[str, Any]:
    found = verify(cell)
    return {
        "form": FORM,
        "version": VERSION,
        "made_at": now.isoformat(timespec="seconds"),
        "cell": {"id": cell.pk, "name": cell.name},
        "book": {"links": found.links, "head": found.head.hash if found.head else "", "wrong": found.wrong},
        "keys": [],
        "migrations": program(),
        "left_behind": staying(),
    }


def program() -> list[list[str]]:
    """Which shape the tables have: what has been run of the migrations that lay down what travels."""
    ours = {label.split(".")[0] for label in going()}
    connection.ensure_connection()
    return [[app, name] for app, name in migrations(connection.connection) if app in ours]


def _rows(box: Writer, taken: Taken, manifest: dict[str, Any]) -> dict[str, int]:
    keys: set[str] = set()
    for label, model in going().items():
        if is_closed(label):
            box.add_lines(f"closed/{label}.jsonl", _locked(label, taken.lines_of(model)))
            keys.add(keyring().current)
        else:
            box.add_lines(f"rows/{label}.jsonl", (line for _, line in taken.lines_of(model)))
        keys |= _keys_of(model, taken)
    manifest["keys"] = sorted(keys)
    return {label: len(taken.keys[model]) for label, model in going().items()}


def _locked(label: str, lines: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """Bound to its place: a line that is moved to another row does not open."""
    for key, line in lines:
        yield as_line({"id": key, "locked": keyring().seal(line.decode(), place(label, key))})


def place(label: str, key: int) -> str:
    """What a locked line is bound to."""
    return f"archive|{label}|{key}"


def _keys_of(model: type[models.Model], taken: Taken) -> set[str]:
    """By which keys the sealed columns of these rows are locked."""
    if not issubclass(model, Bound) or not taken.keys[model]:
        return set()
    names = [field.attname for field in model.sealed_fields()]
    rows = model._base_manager.filter(pk__in=taken.keys[model]) if len(taken.keys[model]) < 500 else model._base_manager
    found: set[str] = set()
    for row in rows.values_list("pk", *names).iterator(chunk_size=500):
        if row[0] in taken.keys[model]:  # what is damaged names no key, and goes along as it is
            found |= {value.split(".")[1] for value in row[1:] if value and "." in value}
    return found


def _papers(box: Writer, cell: Organisation) -> Iterator[str]:
    """What is encrypted at rest is written out for nobody: it goes along as it is kept. Gives the names of prints that
    are too much for this server to write; nobody is held back by them, for the Word file and the rows are there.
    """
    for link in Link.objects.of_kinds(cell, paper_kinds()):
        row: Any = KINDS[link.kind].table._base_manager.filter(pk=link.thing_pk).first()
        if row is None:
            continue  # the book says so, in the manifest
        paper = sealed_paper(link.kind, row)
        stem = f"papers/{link.number:05d}-{_PLAIN.sub('-', paper.document.name.lower())[:80]}"
        try:
            box.add(f"{stem}.pdf", pdf_of(paper))
        except TooMuch:
            yield f"{stem}.pdf"
        box.add(f"{stem}.docx", to_docx(paper.document, paper.proof))


_PLAIN = re.compile(r"[^a-z0-9-]+")


def paper_kinds() -> list[str]:
    """What is sealed as a paper and not encrypted at rest: printed into the archive."""
    return [kind.name for kind in KINDS.values() if kind.text and not kind.closed]


def _attachments(box: Writer, taken: Taken) -> Iterator[str]:
    """Gives the names of those that are gone."""
    for name in sorted(attached(taken)):
        if not default_storage.exists(name):
            yield name
        else:
            with default_storage.open(name) as held:
                box.add_lines(f"attachments/{name}", iter(lambda: held.read(PIECE), b""))


def attached(taken: Taken) -> set[str]:
    """The files that rows name."""
    found: set[str] = set()
    for model in going().values():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                rows: Any = model._base_manager.exclude(**{field.name: ""}).values_list("pk", field.name)
                found |= {name for key, name in rows if key in taken.keys[model]}
    return found


def _json(what: Any) -> bytes:
    return json.dumps(what, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
