"""`manage.py move_files database` or `folder`: attached files into the other place, each compared by its hash."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chibo.files.moving import move
from chibo.files.places import Database, Folder
from chibo.server.sign import size


class Command(BaseCommand):
    help = (
        "Chép tệp đính kèm sang nơi cất kia (database: cơ sở dữ liệu, folder: thư mục), đối chiếu SHA-256 từng tệp; "
        "máy chủ vẫn chạy. Chạy lại được; không ghi đè tệp nào."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", choices=["database", "folder"])
        parser.add_argument("--remove", action="store_true", help="đối chiếu xong thì xoá bản ở nơi cũ")

    def handle(self, *args: Any, **options: Any) -> None:
        to = options["to"]
        if options["remove"] and to != settings.FILES:
            raise CommandError(
                f"Máy chủ này còn đọc tệp ở nơi cũ: đặt CHIBO_FILES={to}, khởi động lại, rồi mới xoá bản cũ (--remove)."
            )
        source, target = (Folder(), Database()) if to == "database" else (Database(), Folder())
        try:
            with Folder().alone() as alone:
                if not alone:
                    raise CommandError("Đang có một lệnh move_files khác chạy: chờ lệnh ấy xong rồi chạy lại.")
                told = move(source, target, remove=options["remove"])
        except OSError as error:
            raise CommandError(f"Không đọc hoặc ghi được tệp {error.filename}: {error.strerror}.") from error
        self.stdout.write(
            f"{told.there} tệp ({size(told.bytes)}) đã ở {target.WORD} và đúng từng byte; lần này chép {told.copied}, "
            f"xoá ở {source.WORD} {told.removed}."
        )
        if told.other or told.broken:
            raise CommandError(
                " ".join(
                    [
                        *(f"{name}: ở {target.WORD} đã có tệp khác cùng tên, không ghi đè." for name in told.other),
                        *(f"{name}: chép sang không đúng." for name in told.broken),
                    ]
                )
            )
        if to != settings.FILES:
            self.stdout.write(
                f"Đặt CHIBO_FILES={to}, khởi động lại, rồi chạy: manage.py move_files {to} --remove "
                "(mang nốt tệp vừa đính kèm và dọn nơi cũ)."
            )
