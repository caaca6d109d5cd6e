"""`manage.py export_cell CELL FILE`: one cell's record as an archive, while the server runs."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chibo.backup.passphrase import passphrase
from chibo.leaving.actions import exported
from chibo.leaving.export import write
from members.models import Organisation

#: Where the passphrase of an archive comes from and what it is called at the keyboard.
PASSPHRASE = {"name": "CHIBO_ARCHIVE_PASSPHRASE", "of": "lưu trữ"}


class Command(BaseCommand):
    help = "Xuất mọi dữ liệu của một chi bộ ra một tệp lưu trữ (JSON, PDF, Word, tệp đính kèm); máy chủ vẫn chạy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cell", type=int, help="số của chi bộ, như verify_book ghi ở đầu dòng")
        parser.add_argument("file", type=Path)
        parser.add_argument("--plain", action="store_true", help="không mã hoá; ai cầm tệp cũng đọc được biên bản")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        cell = Organisation.objects.cells().filter(pk=options["cell"]).first()
        if cell is None:
            raise CommandError(f"Không có chi bộ số {options['cell']}.")
        if target.exists():
            raise CommandError(f"{target} đã có; hãy chọn tên khác.")
        secret = None if options["plain"] else passphrase(new=True, **PASSPHRASE)
        made = target.with_name(f"{target.name}.dang-ghi")
        try:
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                manifest = write(out, secret, cell, timezone.now())
                out.flush()
                os.fsync(out.fileno())
            exported(cell, by=None, at=timezone.now())
            made.rename(target)  # a name that ends well stands only on a file that is whole
        except OSError as error:
            raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error
        finally:
            made.unlink(missing_ok=True)
        self._tell(target, manifest)

    def _tell(self, target: Path, manifest: dict[str, Any]) -> None:
        rows, files = sum(manifest["counts"].values()), len(manifest["files"])
        self.stdout.write(f"{target}: {rows} mục, {files} tệp, {manifest['book']['links']} mục trong sổ biên bản.")
        if manifest["missing"]:
            lacking = ", ".join(manifest["missing"])
            self.stdout.write(f"Không có trong lưu trữ (tệp đính kèm đã mất, bản in quá lớn): {lacking}")
        if manifest["book"]["wrong"]:
            self.stdout.write(f"Sổ biên bản không còn nguyên: {manifest['book']['wrong']}")
        self.stdout.write(
            "Nội dung kiểm điểm, thư trong tệp này vẫn khoá bằng CHIBO_CRITIQUE_KEYS "
            f"(khoá {', '.join(manifest['keys'])}): giao khoá cho máy chủ mới bằng đường khác, không để cùng tệp."
        )
