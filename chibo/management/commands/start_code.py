"""Say on the console how a server without any account is started, and with which code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from members.entry import start


class Command(BaseCommand):
    help = "Prints the code of the first start; says nothing more once there is an account."

    def handle(self, *args: Any, **options: Any) -> None:
        if not start.is_to_come():
            self.stdout.write("Máy chủ này đã có tài khoản; trang bắt đầu không còn mở.")
            return
        self.stdout.write(f"Máy chủ chưa có tài khoản nào. Mở trang {reverse('start')} và gõ mã khởi đầu:")
        self.stdout.write(f"\n    {start.start_code()}\n")
        self.stdout.write("Ai có mã này thì lập được tài khoản đầu tiên: đừng gửi cho người khác.")
