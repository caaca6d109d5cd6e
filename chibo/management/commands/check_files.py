"""`manage.py check_files`: attached files that rows name and are missing, and files that no row names any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from chibo.files import strays
from chibo.files.places import in_use
from members.models import Organisation


class Command(BaseCommand):
    help = (
        "Đếm tệp đính kèm, tệp đã đính kèm mà không tìm thấy, tệp không còn dùng đến (còn lại sau sự cố, để đã hơn một "
        "ngày)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="xoá tệp không còn dùng đến, để đã hơn một ngày")
        parser.add_argument(
            "--even-most",
            action="store_true",
            help="cùng --remove: xoá cả khi phần lớn tệp không còn dùng đến (đã xem đúng là cơ sở dữ liệu của máy này)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = strays.Kept.at(timezone.now())
        self.stdout.write(f"{found.files} tệp, cất trong {in_use().WORD}.")
        for name in found.strays:
            self.stdout.write(f"Không còn dùng đến: {name}")
        if options["remove"]:
            if found.is_doubtful and not options["even_most"]:
                raise CommandError(_doubt(found))
            self.stdout.write(f"Đã xoá {strays.remove(found.strays)} tệp không còn dùng đến.")
        if found.missing:
            raise CommandError("\n".join(f"Đã đính kèm mà không tìm thấy: {name}" for name in found.missing))


def _doubt(found: strays.Kept) -> str:
    """An empty or wrong database beside the right folder would take away what another one still names."""
    return (
        f"Chưa xoá tệp nào. Trong {in_use().WORD} có {found.files} tệp, nhưng cơ sở dữ liệu đang mở "
        f"chỉ dùng đến {found.used} tệp. Cơ sở dữ liệu ấy là {connection.settings_dict['NAME']} "
        f"({connection.display_name}), có {Organisation.objects.count()} tổ chức. Có thể lệnh này đang mở nhầm cơ sở "
        "dữ liệu, hoặc thư mục là của nơi khác. Xin kiểm tra DATABASE_URL và CHIBO_MEDIA_ROOT; vừa khôi phục thì chờ "
        "khôi phục xong. Đúng là không cần những tệp ấy nữa thì sao lưu trước, rồi thêm --even-most."
    )
