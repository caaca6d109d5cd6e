"""`manage.py verify_book`: whether the books of all cells are whole; the exit code says it too."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from book.verify import compare, verify
from members.models import Organisation


class Command(BaseCommand):
    help = "Đối chiếu sổ biên bản của mọi chi bộ với nội dung đang lưu; nêu chỗ đầu tiên không đúng của mỗi sổ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cell", type=int, help="chỉ chi bộ có số này")
        parser.add_argument("--code", default="", help="mã trên giấy phải có trong sổ của chi bộ ấy (cùng --cell)")

    def handle(self, *args: Any, **options: Any) -> None:
        cells = Organisation.objects.order_by("pk")
        if options["cell"]:
            cells = cells.filter(pk=options["cell"])
            if not cells:
                raise CommandError(f"Không có chi bộ số {options['cell']}.")
        elif options["code"]:
            raise CommandError("Ghi --cell cùng --code.")
        wrong = 0
        for cell in cells:
            found = verify(cell)
            said = found.wrong or (compare(cell, options["code"], found).wrong if options["code"] else "")
            wrong += bool(said)
            if said or found.head:
                state = said or f"còn nguyên, {found.links} mục, mã {found.head.code}"  # type: ignore[union-attr]
                self.stdout.write(f"{cell.pk} {cell}: {state}")
        if wrong:
            raise CommandError(f"{wrong} sổ không còn nguyên.")
        self.stdout.write("Mọi sổ còn nguyên.")
