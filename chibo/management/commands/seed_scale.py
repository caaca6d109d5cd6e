"""Fill a database with a province to measure on: 2,000 cells, 40,000 members, three years of meetings."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chibo.scale.build import MOST_MEMBERS, build, know_sizes
from members.models import Member
from search.keeping import rebuild

MOST_CELLS, MOST_YEARS = 250_000, 5  # the oldest guideline that has numbers began in 2018


class Command(BaseCommand):
    help = "Lập số liệu đo: một tỉnh với hàng nghìn chi bộ. Chỉ để đo, không dùng cho nơi làm việc thật."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cells", type=int, default=2000, help="số chi bộ (mặc định 2000)")
        parser.add_argument("--members-per-cell", type=int, default=20, help="số đảng viên mỗi chi bộ (mặc định 20)")
        parser.add_argument("--years", type=int, default=3, help="số năm đã qua (mặc định 3)")
        parser.add_argument("--add", action="store_true", help="thêm vào cơ sở dữ liệu đã có đảng viên")
        parser.add_argument("--without-search", action="store_true", help="không lập chỗ tìm kiếm (nhanh hơn)")

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = {"cells": options["cells"], "members": options["members_per_cell"], "years": options["years"]}
        most = {"cells": (1, MOST_CELLS), "members": (3, MOST_MEMBERS), "years": (1, MOST_YEARS)}
        for name, (least, limit) in most.items():
            if not least <= sizes[name] <= limit:
                told = {"cells": "Số chi bộ", "members": "Số đảng viên mỗi chi bộ", "years": "Số năm"}[name]
                raise CommandError(f"{told} phải từ {least} đến {limit}.")
        if Member.objects.exists() and not options["add"]:
            raise CommandError(
                "Cơ sở dữ liệu đã có đảng viên. Số liệu đo chỉ đưa vào cơ sở dữ liệu trống; nếu chắc chắn đây không "
                "phải nơi làm việc thật, hãy thêm --add."
            )
        made = build(**sizes, now=timezone.now(), tell=self._tell)
        know_sizes()
        found = 0 if options["without_search"] else rebuild()
        self._tell(f"Đã ghi {made.rows:,} dòng, {found:,} chỗ tìm được.")
        accounts = f"theodoi{made.top} (tỉnh), theodoi{made.body} (xã), chibo{made.cell} (bí thư)"
        self._tell(f"Tài khoản: {accounts}; chưa có mật khẩu.")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
