"""`manage.py restore FILE`: a backup onto an empty server, then compared with its manifest and the books."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chibo.backup.archive import differences, put_back, unpack
from chibo.backup.crypt import NotOpened
from chibo.backup.passphrase import passphrase
from search.keeping import rebuild


class Command(BaseCommand):
    help = "Khôi phục một tệp sao lưu vào máy chủ trống, rồi đối chiếu từng bảng, từng tệp, từng sổ biên bản."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        secret = passphrase(new=False)
        with TemporaryDirectory() as folder:
            try:
                with options["file"].open("rb") as source:
                    manifest = unpack(source, secret, Path(folder))
            except NotOpened as error:
                raise CommandError("Sai mật khẩu, hoặc tệp hỏng, thiếu, bị sửa. Chưa ghi gì.") from error
            except OSError as error:
                raise CommandError(f"Không đọc được {options['file']}: {error.strerror}.") from error
            if sentence := put_back(Path(folder), manifest):
                raise CommandError(f"{sentence} Chưa ghi gì.")
        if wrong := _older() or differences(manifest):
            raise CommandError("Đã ghi, nhưng chưa khớp: " + " ".join(wrong))
        rebuild()
        rows = sum(manifest["counts"].values())
        self.stdout.write(f"Đã khôi phục và đối chiếu: {rows} dòng, {len(manifest['heads'])} sổ biên bản còn nguyên.")
        self.stdout.write(f"Bản sao lưu ghi lúc {manifest['made_at']}. Mọi người đăng nhập lại.")


def _older() -> list[str]:
    """SQLite's copy brings its own tables along: an older version's have to be brought up to date first."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return ["Bản sao lưu do bản cũ hơn ghi: chạy bring_up_to_date, rồi verify_book."] if waiting else []
