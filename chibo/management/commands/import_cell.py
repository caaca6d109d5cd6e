"""`manage.py import_cell FILE`: the archive of one cell onto an empty server, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chibo.backup.passphrase import passphrase
from chibo.leaving.box import NotTaken, is_locked, unpack
from chibo.leaving.take_in import take_in
from chibo.management.commands.export_cell import PASSPHRASE


class Command(BaseCommand):
    help = "Nhập lưu trữ của một chi bộ vào máy chủ mới, rồi đối chiếu từng dòng và sổ biên bản."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            secret = passphrase(new=False, **PASSPHRASE) if is_locked(path) else None
            with TemporaryDirectory() as folder:
                done = take_in(Path(folder), unpack(path, secret, Path(folder)))
        except NotTaken as error:
            raise CommandError(f"{error} Chưa ghi gì.") from error
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}. Chưa ghi gì.") from error
        self.stdout.write(f"Đã nhập {done.cell} (số {done.cell.pk}): {done.rows} mục, {done.files} tệp đính kèm.")
        self.stdout.write(f"Sổ biên bản: {done.links} mục, {done.wrong or 'còn nguyên như ở máy chủ cũ'}.")
        self.stdout.write(
            "Tạo tài khoản quản trị bằng createsuperuser, phát phiếu cho bí thư; mọi tài khoản khác nhận phiếu mới. "
            "Chạy rotate_keys để khoá lại bằng khoá của máy chủ này, rồi bỏ khoá của máy chủ cũ."
        )
