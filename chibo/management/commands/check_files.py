"""`manage.py check_files`: attached files that rows name and are missing, and files that no row names any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chibo.files import strays
from chibo.files.places import in_use


class Command(BaseCommand):
    help = (
        "Đếm tệp đính kèm, tệp mà bản ghi có nêu nhưng thiếu, tệp không bản ghi nào nêu (còn lại sau sự cố, để đã hơn "
        "một ngày)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="xoá tệp không bản ghi nào nêu, để đã hơn một ngày")

    def handle(self, *args: Any, **options: Any) -> None:
        found = strays.Kept.at(timezone.now())
        told = [
            f"{found.files} tệp, cất trong {in_use().WORD}.",
            *(f"Không bản ghi nào nêu: {name}" for name in found.strays),
        ]
        if options["remove"]:
            told.append(f"Đã xoá {strays.remove(found.strays)} tệp không bản ghi nào nêu.")
        self.stdout.write("\n".join(told))
        if found.missing:
            raise CommandError("\n".join(f"Thiếu tệp mà bản ghi có nêu: {name}" for name in found.missing))
