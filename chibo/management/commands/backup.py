"""`manage.py backup FILE`: database and attachments in one encrypted file, while the server runs."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chibo.backup.archive import write
from chibo.backup.passphrase import passphrase
from chibo.server.health import note_backup


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp mã hoá bằng mật khẩu; máy chủ vẫn chạy."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if target.exists():
            raise CommandError(f"{target} đã có; hãy chọn tên khác.")
        secret = passphrase(new=True)
        made = target.with_name(f"{target.name}.dang-ghi")
        with TemporaryDirectory(dir=target.parent) as folder:
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "wb") as out:
                    manifest = write(out, secret, Path(folder), timezone.now())
                    out.flush()
                    os.fsync(out.fileno())
                made.rename(target)  # a name that ends well stands only on a file that is whole
            finally:
                made.unlink(missing_ok=True)
        try:
            note_backup(target, timezone.now())
        except OSError as why:
            self.stderr.write(f"Không ghi được lần sao lưu này cho trang Tình trạng máy chủ: {why}")
        rows, files = sum(manifest["counts"].values()), len(manifest["sha256"])
        self.stdout.write(f"{target}: {rows} dòng, {files} tệp, {len(manifest['heads'])} sổ biên bản.")
        self.stdout.write(
            "Khoá CHIBO_CRITIQUE_KEYS và CHIBO_SECRET_KEY không nằm trong tệp này: cất riêng, ở nơi khác. "
            "Mất khoá ấy thì không ai đọc lại được nội dung kiểm điểm."
        )
