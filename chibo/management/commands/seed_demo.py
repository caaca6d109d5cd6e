"""Fill an empty database with the demonstration and say how to sign in."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chibo.demo.build import build
from members.models import Organisation

ACCOUNTS = (
    ("bithu", "bí thư Chi bộ Văn phòng"),
    ("thuky", "đảng viên, thư ký các buổi họp"),
    ("baocao", "đảng viên, người chuẩn bị chuyên đề"),
    ("dangvien", "đảng viên"),
    ("captren", "cấp uỷ viên cấp trên theo dõi chi bộ"),
    ("bithu2", "bí thư một chi bộ khác"),
)


def _is_writable(file: Path) -> bool:
    """The program's folder belongs to another account where it has been installed."""
    return os.access(file if file.exists() else file.parent, os.W_OK)


class Command(BaseCommand):
    help = "Builds the demonstration data through the same actions that people use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are organisations already")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = settings.VAR / "demo-password"
        if Organisation.objects.exists():
            if not options["if_empty"]:
                raise CommandError("Cơ sở dữ liệu đã có tổ chức; dữ liệu mẫu chỉ đưa vào cơ sở dữ liệu trống.")
            if os.access(kept, os.R_OK):
                self._tell(kept.read_text(encoding="utf-8").strip())
            return
        chosen = os.environ.get("DEMO_PASSWORD")
        keeps = _is_writable(kept)
        if not (chosen or keeps):
            raise CommandError(
                f"Không ghi được mật khẩu dùng thử vào {kept}, nên chưa đưa gì vào cơ sở dữ liệu. Xin đặt một mật "
                "khẩu: DEMO_PASSWORD=… trước lệnh này."
            )
        password = chosen or "-".join(secrets.token_hex(2) for _ in range(4))
        build(password=password, today=timezone.localdate())
        if keeps:
            kept.touch(mode=0o600)
            kept.write_text(password + "\n", encoding="utf-8")
        self._tell(password)

    def _tell(self, password: str) -> None:
        self.stdout.write("\nTài khoản dùng thử (mật khẩu chung: " + password + ")")
        for name, who in ACCOUNTS:
            self.stdout.write(f"  {name:<10} {who}")
        self.stdout.write("")
